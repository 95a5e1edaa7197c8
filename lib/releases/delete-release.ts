import { isFirstRelease } from '../issues/index.ts';
import type { App } from '../platform/app.ts';
import { BadRequestError, ForbiddenError, NotFoundError, UnavailableError } from '../platform/errors.ts';
import { type FoundRelease, type ReleaseAddressed, requireRelease } from './find-release.ts';
import { messages } from './messages.ts';
import { eraseRemoved, removeRelease } from './release-removal-store.ts';
import { versionProblem } from './version-field.ts';

/** Each failed attempt means that somebody else's write succeeded, so that few are ever needed. */
const maxAttempts = 10;

/**
 * Deletes a release and what belongs to it. It disappears at once, and the rest follows; when that is interrupted, asking
 * again finishes it, although the release is not found any more.
 * Because it goes for all of its projects, the caller has to reach all that still are.
 * @throws NotFoundError, ForbiddenError; BadRequestError for one that issues or health data refer to
 */
export async function deleteRelease(app: Pick<App, 'table'>, request: ReleaseAddressed): Promise<void> {
  const { organization, version } = request;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const { release, projects, reach } = await findOrFinish(app, request);
    if (projects.some(({ team }) => !reach(team))) throw new ForbiddenError(messages.releaseOfOthersToo);
    if (await isFirstRelease(app, { organization, version })) throw new BadRequestError(messages.referencedByIssues);
    const outcome = await removeRelease(app.table, release);
    if (outcome === 'has-health-data') throw new BadRequestError(messages.hasHealthData);
    if (outcome === 'removed') return eraseRemoved(app.table, { organization, version });
  }
  throw new UnavailableError(messages.tooBusy, 1);
}

async function findOrFinish(app: Pick<App, 'table'>, request: ReleaseAddressed): Promise<FoundRelease> {
  try {
    return await requireRelease(app, request);
  } catch (error) {
    if (error instanceof NotFoundError && versionProblem(request.version) === undefined)
      await eraseRemoved(app.table, request);
    throw error;
  }
}
