import * as z from 'zod';
import { clearPendingResolutions } from '../issues/index.ts';
import { noteTokenUse } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { detachGoneProjects } from './detach-gone-projects.ts';

/** What a release that was created, or got projects, leaves to be done after its answer. */
export const afterReleaseSchema = z.object({
  organization: z.string(),
  version: z.string(),
  /** When the release came to these projects: what was resolved later waits for the next one. */
  addedAt: z.string(),
  projectIds: z.array(z.string()),
  /** The token that was used for it. */
  token: z.object({ id: z.string(), hash: z.string() }),
});

/** One message of the queue behind `createRelease`. */
export type AfterRelease = z.infer<typeof afterReleaseSchema>;

/**
 * Takes projects out of the release that were deleted at the same moment, gives issues that were resolved "in the next
 * release" this one, and notes the use of the token. Doing it again changes nothing more.
 */
export async function afterRelease(
  app: Pick<App, 'table' | 'clock' | 'log'>,
  { organization, version, addedAt, projectIds, token }: AfterRelease,
): Promise<void> {
  await detachGoneProjects(app, { organization, version, projectIds });
  await clearPendingResolutions(app, { organization, projectIds, release: version, addedAt });
  await noteTokenUse(app, { tokenId: token.id, tokenHash: token.hash }, { projectId: projectIds[0] });
}
