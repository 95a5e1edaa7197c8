import { epochSeconds } from '../platform/clock.ts';
import { NotFoundError, UnavailableError } from '../platform/errors.ts';
import { hexDigits } from '../platform/random-text.ts';
import { forgetAfterSeconds } from './commit-list-store.ts';
import { messages } from './messages.ts';
import { hashOfCommits } from './prepare-commits.ts';
import type { CommitList, Release } from './release-record.ts';
import { writeCleared } from './release-refs-store.ts';
import { generationLength, type SetCommitsApp } from './set-commits.ts';
import { settleListings } from './settle-listings.ts';
import { finishCommitList, openLists } from './show-commit-list.ts';

const maxAttempts = 10;

/**
 * Takes refs, heads and commits from a release, and calls off what is being fetched for it. Commits themselves stay, and so
 * does what they have resolved; they only forget the release. An empty list comes in the place of the one before, so that a
 * request that ends in between is completed by the next one.
 * @throws NotFoundError when the release is gone
 */
export async function clearRefsAndCommits(
  app: Pick<SetCommitsApp, 'table' | 'clock' | 'randomText'>,
  release: Release,
): Promise<Release> {
  let standing: Release | undefined = release;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    if (standing?.id !== release.id) throw new NotFoundError(messages.releaseNotFound);
    if (isClear(standing)) return standing;
    const list = emptyList(app.randomText(hexDigits, generationLength), standing.commitList);
    const outcome = await writeCleared(app.table, standing, list, epochSeconds(app.clock) + forgetAfterSeconds);
    if (outcome.done) {
      const { refs: _, fetchId: __, ...kept }: Release = standing;
      const cleared = { ...kept, heads: {}, commitList: list };
      await settleListings(app, cleared, [], { wasAlone: true });
      return finishCommitList(app, cleared);
    }
    standing = outcome.standing;
  }
  throw new UnavailableError(messages.tooBusy, 1);
}

function emptyList(generation: string, replaced: CommitList | undefined): CommitList {
  return {
    generation,
    hash: hashOfCommits([]),
    count: 0,
    chunks: 0,
    authors: [],
    ...(replaced !== undefined && { replaced: openLists(replaced) }),
    finished: false,
  };
}

function isClear({ heads, refs, fetchId, commitList }: Release): boolean {
  const isEmpty = commitList === undefined || (commitList.count === 0 && commitList.finished);
  return Object.keys(heads).length === 0 && refs === undefined && fetchId === undefined && isEmpty;
}
