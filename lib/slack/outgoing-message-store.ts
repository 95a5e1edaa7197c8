import type { KnownBlock } from '@slack/types';
import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { happened } from '../platform/happened.ts';
import { itemType } from '../platform/item-type.ts';
import { notThere, type Table, type WriteAction } from '../platform/table.ts';
import { type ClaimTimes, changePending, claimPending, neverSent, sendingFields } from './sending-claim.ts';

const destination = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('channel'), channelId: z.string(), threadTs: z.string().optional() }),
  /** A direct message. */
  z.object({ kind: z.literal('user'), slackUserId: z.string() }),
  /** Seen by one person in a channel. */
  z.object({ kind: z.literal('ephemeral'), channelId: z.string(), slackUserId: z.string() }),
  /** Seen by the one who typed a command; a direct message when Slack takes no more answers to it. */
  z.object({ kind: z.literal('response'), responseUrl: z.string(), slackUserId: z.string() }),
]);

/** Where a message goes. */
export type Destination = z.infer<typeof destination>;

const blocks = z.array(z.custom<KnownBlock>((value) => typeof value === 'object' && value !== null)).readonly();

const outgoingSchema = z.object({
  id: z.string(),
  teamId: z.string(),
  destination,
  /** Forgotten when it was sent or refused. */
  content: z
    .object({
      text: z.string(),
      blocks: blocks.optional(),
      box: z.object({ color: z.string(), blocks, fallback: z.string() }).optional(),
    })
    .default({ text: '' }),
  /** An earlier message that it carries on: it waits while that one is on its way, and is not sent when that one was refused. */
  follows: z.object({ id: z.string(), inThread: z.boolean() }).optional(),
  createdAt: z.string(),
  state: z.enum(['pending', 'sent', 'refused']),
  /** Nobody but its sender needs to look after a pending message before then. */
  dueAt: z.string(),
  ...sendingFields,
  place: z.object({ channel: z.string(), ts: z.string() }).optional(),
  sentAt: z.string().optional(),
  error: z.object({ code: z.string(), advice: z.string() }).optional(),
});

/** The intent to say something in Slack, and what became of it. */
export type OutgoingMessage = z.infer<typeof outgoingSchema>;

/** What is to be said, to whom. `id` names the fact that it tells of: for one fact, one message. */
export type NewOutgoing = Pick<OutgoingMessage, 'id' | 'teamId' | 'destination' | 'content' | 'follows' | 'createdAt'>;

/** Whoever stored a message sends it at once; a minute later it has been left behind. */
const leftBehindAfterMs = 60_000;
const keptDays = 30;
const pendingPartition = 'OUTGOING_MESSAGES';

const outgoing = itemType({
  name: 'outgoing Slack message',
  schema: outgoingSchema,
  key: (id: string) => ({ pk: `OUTGOING#${id}`, sk: 'OUTGOING' }),
  address: ({ id }) => id,
  index: ({ id, state, dueAt }): Record<string, string> =>
    state === 'pending' ? { gsi2pk: pendingPartition, gsi2sk: `${dueAt}#${id}` } : {},
  expiresAt: ({ createdAt }) => Math.floor(Date.parse(createdAt) / 1_000) + keptDays * 86_400,
});

/** The step of a transaction that stores an intent; it fails when there is one of this name. */
export function outgoingWrite(message: NewOutgoing): WriteAction {
  return { put: outgoing.toItem(pending(message)), onlyIf: notThere };
}

function pending(message: NewOutgoing): OutgoingMessage {
  const dueAt = new Date(Date.parse(message.createdAt) + leftBehindAfterMs).toISOString();
  return { ...message, ...neverSent, state: 'pending', dueAt };
}

/** Stores an intent on its own; `false` when there is one of this name, which then counts. */
export async function saveOutgoing(table: Table, message: NewOutgoing): Promise<boolean> {
  return happened(table.write([outgoingWrite(message)]));
}

/** Stores an intent anew that Slack refused before; `false` when it is not there, on its way, or was sent. */
export async function saveOutgoingAgain(app: Pick<App, 'table'>, message: NewOutgoing): Promise<boolean> {
  const before = await loadOutgoing(app, message.id);
  if (before?.state !== 'refused') return false;
  // The count goes on, so that whatever an earlier sender still has to say is not taken for the end of this one.
  const { attempts } = before;
  return happened(
    app.table.put(outgoing.toItem({ ...pending(message), attempts }), {
      expression: '#state = :refused AND attempts = :attempts',
      names: { '#state': 'state' },
      values: { ':refused': 'refused', ':attempts': attempts },
    }),
  );
}

/** The message with this name, as the last write left it. */
export async function loadOutgoing({ table }: Pick<App, 'table'>, id: string): Promise<OutgoingMessage | undefined> {
  const item = await table.get(outgoing.key(id), { consistent: true });
  return item && outgoing.fromItem(item);
}

/** What became of these messages, by their names; those that are not stored, or not any more, are missing. */
export async function readOutgoing(
  table: Table,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Pick<OutgoingMessage, 'state' | 'place' | 'error'>>> {
  const items = await table.batchGet(ids.map(outgoing.key), { consistent: true });
  return new Map(items.map(outgoing.fromItem).map((message) => [message.id, message]));
}

/** Which of these messages are stored, whatever became of them. */
export async function readStoredOutgoing(table: Table, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await readOutgoing(table, ids)).keys());
}

/** Forgets messages, whatever became of them: what is pending is not sent any more. */
export async function forgetOutgoing(table: Table, ids: readonly string[]): Promise<void> {
  await table.batchWrite(ids.map((id) => ({ delete: outgoing.key(id) })));
}

/** Names of messages that nobody seems to be sending, the oldest first. */
export async function readDueOutgoing(table: Table, { now, limit }: { now: string; limit: number }): Promise<string[]> {
  const { items } = await table.query({ index: 'gsi2', partition: pendingPartition, between: ['0', now], limit });
  return items.map((item) => outgoing.fromItem(item).id);
}

/** Takes a pending message; undefined when somebody else was faster. */
export async function claimOutgoing(
  app: Pick<App, 'table'>,
  seen: OutgoingMessage,
  times: ClaimTimes,
): Promise<OutgoingMessage | undefined> {
  return claimPending(app, outgoing.key(seen.id), { seen, times, more: due(seen, times.until) });
}

/** Gives a taken message back, to be tried again at `dueAt`: with or without one that may have been posted. */
export async function releaseOutgoing(
  app: Pick<App, 'table'>,
  taken: OutgoingMessage,
  left: { readonly mayBePosted: boolean; readonly dueAt: string; readonly notBefore?: string | undefined },
): Promise<void> {
  const { mayBePosted, notBefore, dueAt } = left;
  await changePending(app, outgoing.key(taken.id), taken, {
    mayBePosted,
    notBefore,
    claimedUntil: undefined,
    ...due(taken, dueAt),
  });
}

/** Has a taken message go elsewhere, where nobody can have posted it yet. */
export async function redirectOutgoing(
  app: Pick<App, 'table'>,
  taken: OutgoingMessage,
  to: Destination,
): Promise<OutgoingMessage> {
  await changePending(app, outgoing.key(taken.id), taken, { destination: to });
  return { ...taken, destination: to };
}

/**
 * Records how a taken message ended. What it said and the address of a command are forgotten: whoever looks into it needs to
 * know where it went and what became of it, and links in it may still be good.
 */
export async function finishOutgoing(
  app: Pick<App, 'table'>,
  taken: OutgoingMessage,
  end:
    | { readonly state: 'sent'; readonly sentAt: string; readonly place?: OutgoingMessage['place'] }
    | { readonly state: 'refused'; readonly error: NonNullable<OutgoingMessage['error']> },
): Promise<void> {
  const { destination: to } = taken;
  const destination = to.kind === 'response' ? { ...to, responseUrl: '' } : to;
  const gone = { content: undefined, claimedUntil: undefined, gsi2pk: undefined, gsi2sk: undefined };
  await changePending(app, outgoing.key(taken.id), taken, { ...end, destination, ...gone });
}

function due({ id }: OutgoingMessage, dueAt: string): Record<string, string> {
  return { dueAt, gsi2sk: `${dueAt}#${id}` };
}
