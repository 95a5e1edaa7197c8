import * as z from 'zod';
import type { App } from '../../platform/app.ts';
import { happened } from '../../platform/happened.ts';
import { itemType } from '../../platform/item-type.ts';
import { notThere } from '../../platform/table.ts';
import { type ClaimTimes, changePending, claimPending, neverSent, sendingFields } from '../../slack/index.ts';

const keptSeconds = 90 * 86_400;
/** What is shown of the past of a digest. */
const shownSendings = 10;

const sending = itemType({
  name: 'digest sending',
  schema: z.object({
    digestId: z.string(),
    /** When it was due, or asked for: a digest is sent once for each. */
    scheduledAt: z.string(),
    /** Whether it was due by its schedule, or somebody wanted to see it. */
    reason: z.enum(['schedule', 'request']),
    state: z.enum(['pending', 'sent', 'failed', 'skipped']),
    ...sendingFields,
    createdAt: z.string(),
    endedAt: z.string().optional(),
    messageTs: z.string().optional(),
    /** Why it failed for good, or was skipped, and what to do about it. */
    error: z.object({ code: z.string(), detail: z.string() }).optional(),
  }),
  key: (at: SendingAddress) => ({ pk: `DIGEST#${at.digestId}`, sk: `SENDING#${at.scheduledAt}#${at.reason}` }),
  address: (value): SendingAddress => value,
  expiresAt: ({ createdAt }) => Math.floor(Date.parse(createdAt) / 1_000) + keptSeconds,
});

/** Which sending of which digest. */
export interface SendingAddress {
  readonly digestId: string;
  readonly scheduledAt: string;
  readonly reason: 'schedule' | 'request';
}

/** One time that a digest was to be sent, and what became of it. */
export type DigestSending = ReturnType<typeof sending.fromItem>;

/** The sending, which begins with the first call. */
export async function beginSending(
  app: Pick<App, 'table'>,
  at: SendingAddress,
  createdAt: string,
): Promise<DigestSending> {
  const { digestId, scheduledAt, reason } = at;
  const begun: DigestSending = { digestId, scheduledAt, reason, state: 'pending', createdAt, ...neverSent };
  if (await insert(app, begun)) return begun;
  return (await loadSending(app, at)) ?? begun;
}

/** Records that some were skipped, once. */
export async function recordSkipped(
  app: Pick<App, 'table'>,
  at: SendingAddress,
  { error, endedAt }: { readonly error: { readonly code: string; readonly detail: string }; readonly endedAt: string },
): Promise<void> {
  const { digestId, scheduledAt, reason } = at;
  const end = { state: 'skipped', endedAt, error } as const;
  await insert(app, { digestId, scheduledAt, reason, createdAt: endedAt, ...end, ...neverSent });
}

/** The sending as the last write left it. */
export async function loadSending(
  { table }: Pick<App, 'table'>,
  at: SendingAddress,
): Promise<DigestSending | undefined> {
  const item = await table.get(sending.key(at), { consistent: true });
  return item && sending.fromItem(item);
}

/** The last sendings of a digest, the newest first. */
export async function loadSendings({ table }: Pick<App, 'table'>, digestId: string): Promise<DigestSending[]> {
  const { pk } = sending.key({ digestId, scheduledAt: '', reason: 'schedule' });
  const query = { partition: pk, beginsWith: 'SENDING#', descending: true, limit: shownSendings };
  return (await table.query(query)).items.map(sending.fromItem);
}

/** Takes a pending sending; undefined when somebody else was faster. */
export async function claimSending(
  app: Pick<App, 'table'>,
  seen: DigestSending,
  times: ClaimTimes,
): Promise<DigestSending | undefined> {
  return claimPending(app, sending.key(seen), { seen, times });
}

/** Gives a sending back that was taken, to be tried again. */
export async function releaseSending(
  app: Pick<App, 'table'>,
  taken: DigestSending,
  left: { readonly mayBePosted: boolean; readonly notBefore?: string },
): Promise<void> {
  await changePending(app, sending.key(taken), taken, { ...left, claimedUntil: undefined });
}

/** Records how a sending ended that was taken. */
export async function finishSending(
  app: Pick<App, 'table'>,
  taken: DigestSending,
  end: Pick<DigestSending, 'state' | 'messageTs' | 'error'> & { readonly endedAt: string },
): Promise<void> {
  await changePending(app, sending.key(taken), taken, { ...end, claimedUntil: undefined });
}

async function insert({ table }: Pick<App, 'table'>, value: DigestSending): Promise<boolean> {
  return happened(table.put(sending.toItem(value), notThere));
}
