import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { happened } from '../platform/happened.ts';
import { itemType } from '../platform/item-type.ts';
import type { Lookup } from '../platform/lookup.ts';
import type { PageSource } from '../platform/pagination.ts';
import { sortableNumber } from '../platform/sortable-number.ts';
import { notThere, type Table, type WriteAction } from '../platform/table.ts';
import { type ClaimTimes, changePending, claimPending, sendingFields } from '../slack/index.ts';
import { destinationSchema } from './destination.ts';
import { deedSchema } from './incident-deed.ts';
import { incidentEndings, toldStatuses } from './incident-status.ts';
import { incidentPartition } from './incident-store.ts';
import type { NotificationAddress } from './queue-messages.ts';

const notificationSchema = z.object({
  organization: z.string(),
  incident: z.number(),
  change: z.number(),
  target: z.string(),
  /** Names the change; part of the link. */
  notificationId: z.string(),
  status: z.enum(toldStatuses),
  destination: destinationSchema,
  /** What was decided then, so that later edits of the rule do not change what is told. */
  subject: z.object({
    ruleId: z.string(),
    ruleName: z.string(),
    projectId: z.string(),
    aggregate: z.string(),
    windowSeconds: z.number(),
    comparisonSeconds: z.number().nullish(),
    thresholdType: z.enum(['above', 'below']).optional(),
    environment: z.string().nullish(),
    owner: z.object({ type: z.enum(['user', 'team']), id: z.string() }).nullish(),
    description: z.string().optional(),
    startedAt: z.string(),
    closedAt: z.string().nullish(),
    value: z.number().nullable(),
    /** The value furthest beyond the thresholds while the incident lasted. */
    worst: z.number().nullish(),
  }),
  /** Why the incident ended, when it was not by the metric. */
  ending: z.enum(incidentEndings).optional(),
  /** Whether it answers in the thread of the first message, or is a message of its own. */
  threads: z.enum(['thread', 'messages']).default('thread'),
  /** Whether an answer that says critical is shown in the channel too. */
  broadcast: z.boolean().default(false),
  /** What people had done about the incident by then. */
  deeds: z.array(deedSchema).optional(),
  /** The change is shown on the first message, and nothing is posted for it. */
  onlyOnFirst: z.literal(true).optional(),
  createdAt: z.string(),
  /** When it could be told at the earliest, of what the metric did: an evaluation that was missed comes later. */
  dueAt: z.string().optional(),
  state: z.enum(['pending', 'sent', 'failed', 'skipped']),
  ...sendingFields,
  messageTs: z.string().optional(),
  /** The channel of the message: what it is for a person is known only then. */
  messageChannel: z.string().optional(),
  /** The picture that the message shows, and the change that it was drawn for. */
  chart: z.object({ fileId: z.string(), altText: z.string(), change: z.number() }).optional(),
  sentAt: z.string().optional(),
  failedAt: z.string().optional(),
  /** Why it failed for good, or was skipped, and what to do about it. */
  error: z.object({ code: z.string(), detail: z.string() }).optional(),
});

const notification = itemType({
  name: 'notification',
  schema: notificationSchema,
  key: (at: NotificationAddress) => ({
    pk: incidentPartition({ organization: at.organization, identifier: at.incident }),
    sk: `NOTIFICATION#${notificationOrder(at)}`,
  }),
  address: (value): NotificationAddress => value,
  index: (value) => (value.state === 'skipped' ? unsentIndex(value, 'skipped', value.createdAt) : {}),
});

/** Where a notification stands among those of its incident: in the order of the changes. */
export function notificationOrder({ change, target }: Pick<NotificationAddress, 'change' | 'target'>): string {
  return `${sortableNumber(change)}#${target}`;
}

/** The intent to tell one target about one change of an incident, and what became of it. */
export type Notification = z.infer<typeof notificationSchema>;

/** Where a notification is. */
export function addressOf({ organization, incident, change, target }: Notification): NotificationAddress {
  return { organization, incident, change, target };
}

/** The write that records the intent; there is one per change and target. */
export function insertNotification(value: Notification): WriteAction {
  return { put: notification.toItem(value), onlyIf: notThere };
}

/** Asks for the notifications at these addresses, in their order; what is not there is left out. */
export function notificationsLookup(addresses: readonly NotificationAddress[]): Lookup<Notification[]> {
  const keys = new Map(addresses.map((at) => [`${at.incident}#${notificationOrder(at)}`, notification.key(at)]));
  return {
    keys: [...keys.values()],
    read: (itemAt) => [...keys.values()].flatMap((key) => itemAt(key) ?? []).map(notification.fromItem),
  };
}

/** The notifications of an incident, in the order of its changes. */
export async function loadNotifications(
  { table }: Pick<App, 'table'>,
  at: { readonly organization: string; readonly incident: number },
): Promise<Notification[]> {
  const items = table.queryAll({
    partition: incidentPartition({ organization: at.organization, identifier: at.incident }),
    beginsWith: 'NOTIFICATION#',
    consistent: true,
  });
  return Array.fromAsync(items, notification.fromItem);
}

/** Takes a pending notification; undefined when somebody else was faster. */
export async function claimNotification(
  app: Pick<App, 'table'>,
  seen: Notification,
  times: ClaimTimes,
): Promise<Notification | undefined> {
  return claimPending(app, notification.key(seen), { seen, times });
}

/** Gives a claimed notification back, to be tried again: with or without a message that may have been posted. */
export async function releaseNotification(
  app: Pick<App, 'table'>,
  taken: Notification,
  left: { readonly mayBePosted: boolean; readonly notBefore?: string },
): Promise<void> {
  await changePending(app, notification.key(taken), taken, { ...left, claimedUntil: undefined });
}

/**
 * Records how a notification ended: with its message, or with the error that stopped it for good. Says false when another
 * sender has taken or ended it since it was seen.
 */
export async function finishNotification(
  app: Pick<App, 'table'>,
  seen: Notification,
  end:
    | {
        readonly state: 'sent';
        readonly messageTs?: string;
        readonly messageChannel?: string;
        readonly sentAt: string;
      }
    | {
        readonly state: 'failed';
        readonly failedAt: string;
        readonly error: { readonly code: string; readonly detail: string };
      },
): Promise<boolean> {
  const index = end.state === 'failed' ? unsentIndex(seen, 'failed', end.failedAt) : {};
  return changePending(app, notification.key(seen), seen, { ...end, ...index, claimedUntil: undefined });
}

/** What became of a notification that did not reach anybody. */
export type UnsentState = 'failed' | 'skipped';

/** One more than a full page, so that whether there is another one is known without another request. */
const unsentPerRequest = 101;

/** The notifications of an organization that failed, or that were skipped, newest first. */
export function unsentSource(
  table: Table,
  { organization, state }: { readonly organization: string; readonly state: UnsentState },
): PageSource<Notification> {
  const list = { index: 'gsi2', partition: unsentIn(organization, state), limit: unsentPerRequest } as const;
  return async function* ({ after, backwards }) {
    const from = after === undefined ? {} : { after };
    for await (const item of table.queryAll({ ...list, ...from, descending: !backwards })) {
      const value = notification.fromItem(item);
      yield { position: unsentPosition(value, value.failedAt ?? value.createdAt), item: value };
    }
  };
}

/** Only what did not reach anybody is in this index: an operator looks for it across all incidents. */
function unsentIndex(at: NotificationAddress, state: UnsentState, since: string): Record<'gsi2pk' | 'gsi2sk', string> {
  return { gsi2pk: unsentIn(at.organization, state), gsi2sk: unsentPosition(at, since) };
}

function unsentIn(organization: string, state: UnsentState): string {
  return `ORG#${organization}#NOTIFICATIONS#${state}`;
}

function unsentPosition(at: NotificationAddress, since: string): string {
  return `${since}#${sortableNumber(at.incident)}#${notificationOrder(at)}`;
}

/** Keeps the picture that the message of a notification shows, unless it shows a newer one by now. */
export async function keepChart(
  { table }: Pick<App, 'table'>,
  at: NotificationAddress,
  chart: NonNullable<Notification['chart']>,
): Promise<void> {
  const set = { expression: 'SET #chart = :chart', names: { '#chart': 'chart' }, values: { ':chart': chart } };
  const isNewest = {
    expression: 'attribute_exists(pk) AND (attribute_not_exists(#shown) OR #shown.#change < :change)',
    names: { '#shown': 'chart', '#change': 'change' },
    values: { ':change': chart.change },
  };
  await happened(table.update(notification.key(at), set, isNewest));
}
