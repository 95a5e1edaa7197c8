import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { ConflictError, NotFoundError } from '../platform/errors.ts';
import { orRefuse } from '../platform/or-refuse.ts';
import { slugSchema } from '../platform/slug.ts';
import { emailSchema } from './email.ts';
import { findMember } from './find-member.ts';
import { saveTeamAdmin } from './member-store.ts';
import { messages } from './messages.ts';

/** Who gets which role in which team of theirs. An admin of a team decides for the team, whatever their role elsewhere. */
export const teamRoleInput = z.strictObject({
  organization: z.string(),
  email: emailSchema,
  team: slugSchema,
  role: z.enum(['contributor', 'admin']),
});

/**
 * Makes a member of a team its admin, or an ordinary member of it again; the same twice changes nothing.
 * @throws NotFoundError for who is no member of the organization, ConflictError for who is not in the team
 */
export async function changeTeamRole(
  app: Pick<App, 'table'>,
  { organization, email, team, role }: z.infer<typeof teamRoleInput>,
): Promise<{ readonly userId: string }> {
  const member = await findMember(app, organization, email);
  if (member === undefined) throw new NotFoundError(messages.notMember);
  const { userId } = member;
  await orRefuse(
    saveTeamAdmin(app.table, { organization, userId, team }, role === 'admin'),
    (why) => new ConflictError(messages.notInTeam(team), why),
  );
  return { userId };
}
