import * as z from 'zod';
import type { MemberProfile } from './member-profile.ts';
import { roles } from './roles.ts';
import { serializeUser, userJson } from './user-json.ts';

/** A member of an organization as our API shows them. */
export const memberJson = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(roles),
    teams: z.array(z.string()).meta({ description: 'Slugs.' }),
    dateCreated: z.string().meta({ description: 'When they joined.' }),
    user: userJson,
  })
  .meta({ id: 'Member' });

/** A member of an organization as our API shows them. */
export type MemberJson = z.infer<typeof memberJson>;

/** Shows a member. */
export function serializeMember(member: MemberProfile): MemberJson {
  const { userId, email, name, role, teams, joinedAt } = member;
  return { id: userId, email, name, role, teams: [...teams], dateCreated: joinedAt, user: serializeUser(member) };
}
