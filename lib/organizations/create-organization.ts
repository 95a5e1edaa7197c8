import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { ConflictError } from '../platform/errors.ts';
import { saveWithSnowflakeId } from '../platform/save-with-snowflake-id.ts';
import { slugSchema } from '../platform/slug.ts';
import { messages } from './messages.ts';
import { insertOrganization, type Organization, readOrganization } from './organization-store.ts';

/** What a new organization needs. */
export const organizationInput = z.strictObject({ slug: slugSchema, name: z.string().trim().min(1).max(64) });

/** Creates an organization. @throws ConflictError when the slug is taken */
export async function createOrganization(
  app: Pick<App, 'table' | 'ids' | 'clock'>,
  input: z.infer<typeof organizationInput>,
): Promise<Organization> {
  // Looked up first, so that a slug that is taken uses up no ID; the insert asks again.
  if ((await readOrganization(app.table, input.slug)) !== undefined) {
    throw new ConflictError(messages.organizationSlugTaken(input.slug));
  }
  const createdAt = isoTime(app.clock.now());
  return saveWithSnowflakeId(app.ids, 'organization', async (id) => {
    const organization = { id, ...input, createdAt };
    await insertOrganization(app.table, organization);
    return organization;
  });
}
