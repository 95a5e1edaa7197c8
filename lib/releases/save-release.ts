import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { UnavailableError } from '../platform/errors.ts';
import { saveWithSnowflakeId } from '../platform/save-with-snowflake-id.ts';
import { messages } from './messages.ts';
import { applyChange, planChange, type ReleaseWish } from './plan-change.ts';
import { changeRelease, insertRelease, type Release } from './release-store.ts';

/** Each failed attempt means that somebody else's write succeeded, so that few are ever needed. */
const maxAttempts = 10;

/**
 * Creates the release, or changes the one that stands there, so that the wish holds. Parallel builds of one version end
 * in one release that has what each of them wished, and one of them is told that it is new:
 *
 *   A: insert ✓ (new)
 *   B: insert ✗, told what A wrote → plan the rest → update, if there is any
 */
export async function saveRelease(
  app: Pick<App, 'table' | 'ids' | 'clock'>,
  at: { readonly organization: string; readonly version: string },
  lastSeen: Release | undefined,
  wish: ReleaseWish & { readonly userAgent?: string },
): Promise<{ readonly release: Release; readonly isNew: boolean }> {
  let standing = lastSeen;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    if (standing === undefined) {
      const dateAdded = isoTime(app.clock.now());
      const { release, outcome } = await saveWithSnowflakeId(app.ids, 'release', async (id) => {
        const created = newRelease(at, id, dateAdded, wish);
        return { release: created, outcome: await insertRelease(app.table, created) };
      });
      if (outcome.done) return { release, isNew: true };
      standing = outcome.standing;
    } else {
      const change = planChange(standing, wish);
      if (change === undefined) return { release: standing, isNew: false };
      const outcome = await changeRelease(app.table, at, change);
      if (outcome.done) return { release: applyChange(standing, change), isNew: change.attach.length > 0 };
      standing = outcome.standing;
    }
  }
  throw new UnavailableError(messages.tooBusy, 1);
}

function newRelease(
  at: { readonly organization: string; readonly version: string },
  id: string,
  dateAdded: string,
  { fill, status = 'open', projectIds, userAgent }: ReleaseWish & { readonly userAgent?: string },
): Release {
  return {
    id,
    ...at,
    status,
    ...fill,
    ...(userAgent !== undefined && { userAgent }),
    dateAdded,
    ...(projectIds.length > 0 && { projectIds: new Set(projectIds) }),
  };
}
