import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { ConflictError } from '../platform/errors.ts';
import type { RandomText } from '../platform/random-text.ts';
import { saveWithSnowflakeId } from '../platform/save-with-snowflake-id.ts';
import { findProject } from './find-projects.ts';
import { messages } from './messages.ts';
import { nameField, platformField, slugField } from './project-fields.ts';
import { newPublicKey } from './project-key.ts';
import { insertProject, type Project, SlugTakenError } from './project-store.ts';
import { slugCandidates } from './slug-candidates.ts';

/** What a new project needs. Without a slug one is made from the name. */
export const projectInput = z.strictObject({
  organization: z.string(),
  name: nameField,
  slug: slugField.optional(),
  team: z.string().optional(),
  platform: platformField.optional(),
});

/**
 * Creates a project, with one key, in an existing organization and for an existing team, if any.
 * @throws ConflictError when the wanted slug is taken
 */
export async function createProject(
  app: Pick<App, 'table' | 'ids' | 'clock'> & { readonly randomText: RandomText },
  input: z.infer<typeof projectInput>,
): Promise<Project> {
  const { organization, name, slug: wanted, team, platform } = input;
  const candidates = wanted === undefined ? [...slugCandidates(name, app.randomText)] : [wanted];
  const nextFreeSlug = async (): Promise<string> => {
    for (let slug = candidates.shift(); slug !== undefined; slug = candidates.shift()) {
      if ((await findProject(app, organization, slug)) === undefined) return slug;
    }
    throw new ConflictError(wanted === undefined ? messages.noSlugLeft : messages.slugTaken(wanted));
  };
  // Looked up before an ID is taken, so that a slug that is taken uses up none.
  let slug = await nextFreeSlug();
  const project = {
    organization,
    name,
    ...(team !== undefined && { team }),
    ...(platform !== undefined && { platform }),
    status: 'active' as const,
    createdAt: isoTime(app.clock.now()),
  };
  return saveWithSnowflakeId(app.ids, 'project', async (id) => {
    for (;;) {
      const saved = { id, slug, publicKey: newPublicKey(app.randomText), ...project };
      try {
        await insertProject(app.table, saved);
        return saved;
      } catch (error) {
        if (!(error instanceof SlugTakenError)) throw error;
        // Somebody took it since it was looked up; the ID is still ours.
        slug = await nextFreeSlug();
      }
    }
  });
}
