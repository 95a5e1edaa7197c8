import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { projectsLookup } from '../projects/index.ts';
import { currentProjectMeta } from './current-project-meta.ts';
import { type ReleaseAddressed, requireRelease, theProject } from './find-release.ts';
import type { ReleaseJson } from './release-json.ts';
import { serializeRelease } from './serialize-release.ts';

/** Which release is to be shown, and among the releases of which project (by slug or ID) its place, if any. */
export interface ReleaseReadRequest extends ReleaseAddressed {
  readonly among?: string | undefined;
}

/** Shows a release. @throws NotFoundError, ForbiddenError */
export async function readRelease(app: Pick<App, 'table'>, request: ReleaseReadRequest): Promise<ReleaseJson> {
  const { release, reached, owner, reach } = await requireRelease(app, request);
  const shown = serializeRelease(release, reached, owner);
  if (request.among === undefined) return shown;
  const [named] = await lookUp(app.table, [projectsLookup(request.organization, [request.among])]);
  const { id } = theProject(named, reach);
  return { ...shown, currentProjectMeta: { ...(await currentProjectMeta(app.table, release, id)) } };
}
