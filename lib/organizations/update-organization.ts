import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { NotFoundError } from '../platform/errors.ts';
import { orRefuse } from '../platform/or-refuse.ts';
import { organizationInput } from './create-organization.ts';
import { requireOrganization } from './find-organization.ts';
import { messages } from './messages.ts';
import { changeOrganization, type Organization } from './organization-store.ts';

/** What of an organization can be changed; its slug stays, because it is part of keys. */
export const organizationChanges = z.strictObject({
  slug: z.string(),
  name: organizationInput.shape.name.optional(),
  /** Whether members who may not change the organization make projects. */
  membersCreateProjects: z.boolean().optional(),
});

/** Changes what is named and leaves the rest. @throws NotFoundError */
export async function updateOrganization(
  app: Pick<App, 'table'>,
  { slug, name, membersCreateProjects }: z.infer<typeof organizationChanges>,
): Promise<Organization> {
  const changes = {
    ...(name !== undefined && { name }),
    ...(membersCreateProjects !== undefined && { membersCreateProjects }),
  };
  await requireOrganization(app, slug);
  if (Object.keys(changes).length > 0)
    await orRefuse(
      changeOrganization(app.table, slug, changes),
      (why) => new NotFoundError(messages.organizationUnknown(slug), why),
    );
  return requireOrganization(app, slug);
}
