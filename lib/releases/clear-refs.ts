import type { App } from '../platform/app.ts';
import { epochSeconds } from '../platform/clock.ts';
import { NotFoundError, UnavailableError } from '../platform/errors.ts';
import { messages } from './messages.ts';
import type { Release } from './release-record.ts';
import { writeCleared } from './release-refs-store.ts';
import { forgetListAfterSeconds } from './show-commit-list.ts';

const maxAttempts = 10;

/**
 * Takes refs, heads and commits from a release, and calls off what is being fetched for it. Commits themselves stay, and so
 * does what they have resolved.
 * @throws NotFoundError when the release is gone
 */
export async function clearRefsAndCommits(app: Pick<App, 'table' | 'clock'>, release: Release): Promise<Release> {
  let standing: Release | undefined = release;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    if (standing?.id !== release.id) throw new NotFoundError(messages.releaseNotFound);
    if (isClear(standing)) return standing;
    const expiresAt = epochSeconds(app.clock) + forgetListAfterSeconds;
    const outcome = await writeCleared(app.table, standing, expiresAt);
    const { refs: _, fetchId: __, commitList: ___, ...kept }: Release = standing;
    if (outcome.done) return { ...kept, heads: {} };
    standing = outcome.standing;
  }
  throw new UnavailableError(messages.tooBusy, 1);
}

function isClear({ heads, refs, fetchId, commitList }: Release): boolean {
  return Object.keys(heads).length === 0 && refs === undefined && fetchId === undefined && commitList === undefined;
}
