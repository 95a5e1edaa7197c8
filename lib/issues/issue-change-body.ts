import * as z from 'zod';
import { InvalidFieldsError } from '../platform/errors.ts';
import type { statusDetailsJson } from './issue-json.ts';
import type { IssueViewer } from './issue-viewer.ts';
import { wantedStatuses } from './issue-words.ts';
import { messages } from './messages.ts';
import type { IssueWish } from './update-issues.ts';

const version = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}]{1,250}$/u, messages.releaseUnusable)
  .refine((text) => text.isWellFormed() && text !== 'latest', messages.releaseUnusable);

const statusDetails = z
  .object({ inNextRelease: z.literal(true).optional(), inRelease: version.optional() })
  .refine(({ inNextRelease, inRelease }) => inNextRelease === undefined || inRelease === undefined, {
    error: messages.detailsOneOf,
  });

/** What clients send to change issues; other fields are not looked at. */
export const issueChangeBody = z
  .object({
    status: z.enum(wantedStatuses, messages.wantedStatusUnknown).optional(),
    statusDetails: statusDetails.nullish(),
    snoozeDuration: z.null(messages.snoozeUnknown).optional(),
    inbox: z.literal(false, messages.inboxOnlyOut).optional(),
    assignedTo: z
      .string()
      .max(300, messages.assigneeUnknown)
      .nullable()
      .optional()
      .meta({ description: 'ID or e-mail address of a member; `null` or an empty text for nobody.' }),
  })
  .refine(({ status, statusDetails: details }) => status === 'resolved' || !hasDetails(details), {
    path: ['statusDetails'],
    error: messages.detailsNeedResolved,
  });

/** What clients send to change issues. */
export type IssueChangeBody = z.infer<typeof issueChangeBody>;

/** What a body asks for. @throws InvalidFieldsError when nobody is who the issues are to be assigned to */
export async function wishOf(body: IssueChangeBody, viewer: IssueViewer): Promise<IssueWish> {
  const { inNextRelease, inRelease } = body.statusDetails ?? {};
  return {
    status: inNextRelease === true ? 'resolvedInNextRelease' : body.status,
    inRelease,
    inbox: body.inbox,
    assignee: await assigneeOf(body.assignedTo, viewer),
  };
}

/** What is the same for all issues that were changed, as the answer tells it. */
export const changedFieldsJson = z.object({
  status: z.enum(['resolved', 'unresolved', 'ignored']).optional(),
  statusDetails: z.object({ inNextRelease: z.literal(true).optional(), inRelease: z.string().optional() }).optional(),
  inbox: z.null().optional(),
  assignedTo: z
    .object({ type: z.literal('user'), id: z.string() })
    .nullable()
    .optional(),
});

/** The fields that a wish changes, as the API shows them. */
export function changedFields({ status, inRelease, inbox, assignee }: IssueWish): z.infer<typeof changedFieldsJson> {
  const details: Omit<z.infer<typeof statusDetailsJson>, 'actor'> = {
    ...(status === 'resolvedInNextRelease' && { inNextRelease: true }),
    ...(inRelease !== undefined && { inRelease }),
  };
  const leavesInbox = inbox === false || (status !== undefined && status !== 'unresolved');
  return {
    ...(status !== undefined && { status: shownStatus(status), statusDetails: details }),
    ...(leavesInbox && { inbox: null }),
    ...(assignee !== undefined && { assignedTo: assignee === null ? null : { type: 'user', id: assignee } }),
  };
}

function shownStatus(status: NonNullable<IssueWish['status']>): 'resolved' | 'unresolved' | 'ignored' {
  if (status === 'resolvedInNextRelease') return 'resolved';
  return status === 'muted' ? 'ignored' : status;
}

async function assigneeOf(sent: string | null | undefined, viewer: IssueViewer): Promise<string | null | undefined> {
  if (sent === undefined || sent === null || sent === '') return sent === undefined ? undefined : null;
  const member = await viewer.findMember(sent.replace(/^user:/, ''));
  if (member === undefined) throw new InvalidFieldsError({ assignedTo: [messages.assigneeUnknown] });
  return member.userId;
}

function hasDetails(details: z.infer<typeof statusDetails> | null | undefined): boolean {
  return details?.inNextRelease !== undefined || details?.inRelease !== undefined;
}
