import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { NotFoundError } from '../platform/errors.ts';
import { orRefuse } from '../platform/or-refuse.ts';
import { emailSchema } from './email.ts';
import { findMember } from './find-member.ts';
import type { MemberProfile } from './member-profile.ts';
import { saveRole } from './member-store.ts';
import { messages } from './messages.ts';
import { roles } from './roles.ts';

/** Who gets which role in an organization. */
export const roleInput = z.strictObject({ organization: z.string(), email: emailSchema, role: z.enum(roles) });

/** Gives a member another role; the same twice changes nothing. @throws NotFoundError for who is no member */
export async function changeRole(
  app: Pick<App, 'table'>,
  { organization, email, role }: z.infer<typeof roleInput>,
): Promise<MemberProfile> {
  const member = await findMember(app, organization, email);
  if (member === undefined) throw new NotFoundError(messages.notMember);
  await orRefuse(
    saveRole(app.table, { organization, userId: member.userId }, role),
    (why) => new NotFoundError(messages.notMember, why),
  );
  return { ...member, role };
}
