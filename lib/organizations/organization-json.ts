import * as z from 'zod';
import type { Organization } from './organization-store.ts';

/** The picture of something that has none: its first letter. */
export const letterAvatar = { avatarType: 'letter_avatar', avatarUuid: null } as const;

/** The schema of `letterAvatar`. */
export const avatarJson = z
  .object({ avatarType: z.literal('letter_avatar'), avatarUuid: z.null() })
  .meta({ id: 'Avatar' });

/** An organization as our API shows it. Clients read the switches without asking whether they are there. */
export const organizationJson = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    dateCreated: z.string(),
    status: z.object({ id: z.literal('active'), name: z.literal('active') }),
    isEarlyAdopter: z.boolean(),
    require2FA: z.boolean(),
    requireEmailVerification: z.boolean(),
    features: z.array(z.string()),
    avatar: avatarJson,
    membersCreateProjects: z
      .boolean()
      .meta({ description: 'Whether who may not change the organization makes projects.' }),
  })
  .meta({ id: 'Organization' });

/** An organization as our API shows it. */
export type OrganizationJson = z.infer<typeof organizationJson>;

/** Shows an organization. */
export function serializeOrganization(organization: Organization): OrganizationJson {
  return {
    id: organization.id,
    slug: organization.slug,
    name: organization.name,
    dateCreated: organization.createdAt,
    status: { id: 'active', name: 'active' },
    isEarlyAdopter: false,
    require2FA: false,
    requireEmailVerification: false,
    features: [],
    avatar: letterAvatar,
    membersCreateProjects: organization.membersCreateProjects ?? true,
  };
}
