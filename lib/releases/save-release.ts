import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { InvalidFieldsError, NotFoundError, UnavailableError } from '../platform/errors.ts';
import { saveWithSnowflakeId } from '../platform/save-with-snowflake-id.ts';
import type { WriteAction } from '../platform/table.ts';
import { projectActivityTypes, tellActivity } from '../projects/index.ts';
import { messages } from './messages.ts';
import { applyChange, planChange, type ReleaseWish } from './plan-change.ts';
import type { Release } from './release-record.ts';
import { changeRelease, insertRelease, type ReleaseAddress } from './release-store.ts';

/** Each failed attempt means that somebody else's write succeeded, so that few are ever needed. */
const maxAttempts = 10;

/** A transaction has 100 actions: the release and its ID, and for each project its link and what is told of it. */
export const maxProjectsOfRelease = 48;

/** A wish with what only matters for a new release, and of whom a release is told. */
export interface SaveWish extends ReleaseWish {
  readonly userAgent?: string;
  /** Whether projects that get a release which is out already are told so. */
  readonly tellAttached?: boolean;
  /** Whether a release that has vanished stays so instead of being created again. */
  readonly mustExist?: boolean;
}

/** A release as it stands after a wish was fulfilled. */
export interface SavedRelease {
  readonly release: Release;
  /** Whether it was created, or got a project. */
  readonly isNew: boolean;
  readonly isCreated: boolean;
}

/**
 * Creates the release, or changes the one that stands there, so that the wish holds. Parallel builds of one version end
 * in one release that has what each of them wished, and one of them is told that it is new:
 *
 *   A: insert ✓ (new)
 *   B: insert ✗, told what A wrote → plan the rest → update, if there is any
 */
export async function saveRelease(
  app: Pick<App, 'table' | 'ids' | 'clock'>,
  at: ReleaseAddress,
  lastSeen: Release | undefined,
  wish: SaveWish,
): Promise<SavedRelease> {
  let standing = lastSeen;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const now = isoTime(app.clock.now());
    if (standing === undefined) {
      if (wish.mustExist === true) throw new NotFoundError(messages.releaseNotFound);
      const { release, outcome } = await saveWithSnowflakeId(app.ids, 'release', async (id) => {
        const created = newRelease(at, id, now, wish);
        return {
          release: created,
          outcome: await insertRelease(app.table, created, activities(undefined, created, wish, now)),
        };
      });
      if (outcome.done) return { release, isNew: true, isCreated: true };
      standing = outcome.standing;
    } else {
      const change = planChange(standing, wish);
      if (change === undefined) return { release: standing, isNew: false, isCreated: false };
      const before: Release = standing;
      const after = applyChange(before, change);
      if ((after.projectIds?.size ?? 0) > maxProjectsOfRelease) {
        throw new InvalidFieldsError({ projects: [messages.tooManyProjects(maxProjectsOfRelease)] });
      }
      const outcome = await changeRelease(app.table, { before, after, change }, activities(before, after, wish, now));
      if (outcome.done) return { release: after, isNew: change.attach.length > 0, isCreated: false };
      standing = outcome.standing;
    }
  }
  throw new UnavailableError(messages.tooBusy, 1);
}

/** Every project is told once that a release is out: when it comes out, or when the project gets it later. */
function activities(
  before: Release | undefined,
  after: Release,
  { tellAttached }: SaveWish,
  at: string,
): WriteAction[] {
  if (after.dateReleased === undefined) return [];
  const { organization, version } = after;
  const projects = [...(after.projectIds ?? [])];
  const told = before?.dateReleased === undefined ? [] : projects.filter((id) => before.projectIds?.has(id));
  const mayBeTold = before?.dateReleased === undefined || tellAttached === true ? projects : [];
  return mayBeTold
    .filter((projectId) => !told.includes(projectId))
    .map((projectId) =>
      tellActivity({
        organization,
        projectId,
        type: projectActivityTypes.release,
        subject: version,
        version,
        at,
        data: { version },
      }),
    );
}

function newRelease(
  at: ReleaseAddress,
  id: string,
  dateAdded: string,
  { fill, set, status = 'open', projectIds = [], userAgent }: SaveWish,
): Release {
  const said = Object.fromEntries(Object.entries({ ...fill, ...set }).filter(([, value]) => value !== null));
  return {
    id,
    ...at,
    status,
    ...said,
    ...(userAgent !== undefined && { userAgent }),
    dateAdded,
    heads: {},
    ...(projectIds.length > 0 && { projectIds: new Set(projectIds) }),
  };
}
