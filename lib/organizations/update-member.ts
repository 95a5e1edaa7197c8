import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { NotFoundError } from '../platform/errors.ts';
import { emailSchema } from './email.ts';
import { findMember } from './find-member.ts';
import type { MemberProfile } from './member-profile.ts';
import { messages } from './messages.ts';
import { saveSelfAssignment } from './user-store.ts';

/** Which member, and whether issues that they fix become theirs when nobody has them. */
export const memberUpdate = z.strictObject({
  organization: z.string(),
  email: emailSchema,
  selfAssignIssues: z.enum(['on', 'off']),
});

/** Changes what a person has chosen; it holds in every organization of theirs. @throws NotFoundError for who is no member */
export async function updateMember(
  app: Pick<App, 'table'>,
  { organization, email, selfAssignIssues }: z.infer<typeof memberUpdate>,
): Promise<MemberProfile> {
  const member = await findMember(app, organization, email);
  if (member === undefined) throw new NotFoundError(messages.notMember);
  const { selfAssignIssues: _, ...rest } = member;
  await saveSelfAssignment(app.table, member.userId, selfAssignIssues === 'on');
  return { ...rest, ...(selfAssignIssues === 'on' && { selfAssignIssues: true }) };
}
