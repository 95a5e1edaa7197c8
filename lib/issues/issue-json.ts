import * as z from 'zod';
import {
  activityNames,
  historyStatuses,
  inboxReasons,
  issueLevels,
  issueStatuses,
  issueSubstatuses,
} from './issue-words.ts';

const version = z.object({ version: z.string() }).nullable();

const person = z.object({ id: z.string(), name: z.string(), email: z.string() });

/** A person beside an issue. */
export type PersonJson = z.infer<typeof person>;

/** How an issue was resolved; empty when nothing more is known, or when it is not. */
export const statusDetailsJson = z.object({
  inNextRelease: z.literal(true).optional(),
  inRelease: z.string().optional(),
  actor: person.optional(),
});

/** An issue as our API shows it. */
export const issueJson = z
  .object({
    id: z.string(),
    shortId: z.string(),
    title: z.string(),
    culprit: z.string().nullable(),
    permalink: z.null(),
    type: z.literal('default'),
    metadata: z.object({ title: z.string() }),
    level: z.enum(issueLevels),
    status: z.enum(issueStatuses),
    substatus: z.enum(issueSubstatuses).nullable(),
    statusDetails: statusDetailsJson,
    dateResolved: z.string().nullable(),
    firstSeen: z.string(),
    lastSeen: z.string(),
    firstRelease: version,
    lastRelease: version,
    project: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
    inbox: z.object({ reason: z.enum(inboxReasons), dateAdded: z.string() }).nullable(),
    assignedTo: person.extend({ type: z.literal('user') }).nullable(),
    isSubscribed: z.boolean().meta({ description: 'Whether the person who asks hears of this issue.' }),
    subscribers: z.array(person),
  })
  .meta({ id: 'Issue' });

/** An issue as our API shows it. */
export type IssueJson = z.infer<typeof issueJson>;

/** Something that was done about an issue. */
export const issueActivityJson = z
  .object({
    id: z.string(),
    type: z.enum(activityNames),
    typeId: z.number(),
    user: person.nullable(),
    data: z.record(z.string(), z.string()),
    dateCreated: z.string(),
  })
  .meta({ id: 'IssueActivity' });

/** A state that an issue went through. */
export const issueHistoryJson = z
  .object({
    id: z.string(),
    status: z.enum(historyStatuses),
    user: person.nullable(),
    release: version,
    dateCreated: z.string(),
  })
  .meta({ id: 'IssueHistoryEntry' });
