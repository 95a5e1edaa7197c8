import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { happened } from '../platform/happened.ts';
import type { Condition, Key, UpdateExpression } from '../platform/table.ts';

/**
 * What an item keeps of the senders that took it, so that of several only one sends, and a sender that died is recognised.
 *
 *   pending → claimed (until a moment) → finished, or given back → claimed …
 */
export const sendingFields = {
  /** How many senders have taken it; each one's writes are refused once the next has taken it. */
  attempts: z.number(),
  /** Until then the sender that took it may be alive. */
  claimedUntil: z.string().optional(),
  /** When the first sender took it: a message can have been posted since then. */
  firstClaimedAt: z.string().optional(),
  /** Whether a sender took it whose end is unknown: then the message may stand in the channel already. */
  mayBePosted: z.boolean(),
  /** Slack asked to wait until then. */
  notBefore: z.string().optional(),
} as const;

const sending = z.object(sendingFields);

/** The part of an item that says how its sending stands. */
type Sending = z.infer<typeof sending>;

/** Attributes to be stored with a sending; `undefined` takes one away. */
type Changes = Readonly<Record<string, unknown>>;

/** How the sending of something stands that nobody has taken yet. */
export const neverSent: Sending = { attempts: 0, mayBePosted: false };

/** When a sender takes something, and until when it may be alive. */
export interface ClaimTimes {
  readonly now: string;
  readonly until: string;
}

/** Takes something pending, and stores `more` with that; undefined when somebody else was faster. */
export async function claimPending<Value extends Sending>(
  app: Pick<App, 'table'>,
  key: Key,
  { seen, times, more }: { readonly seen: Value; readonly times: ClaimTimes; readonly more?: Changes },
): Promise<Value | undefined> {
  const taken = claimed(seen, times);
  const { attempts, claimedUntil, firstClaimedAt, mayBePosted, notBefore } = taken;
  const changes = { attempts, claimedUntil, firstClaimedAt, mayBePosted, notBefore, ...more };
  return (await changePending(app, key, seen, changes)) ? taken : undefined;
}

/** Changes something pending unless another sender has taken it since it was seen; says whether it did. */
export async function changePending(
  { table }: Pick<App, 'table'>,
  key: Key,
  seen: Sending,
  changes: Changes,
): Promise<boolean> {
  return happened(table.update(key, updateOf(changes), untakenSince(seen)));
}

/** The same after the next sender has taken it. */
export function claimed<Value extends Sending>(seen: Value, times: ClaimTimes): Value {
  const { notBefore: _, ...rest } = seen;
  return {
    ...rest,
    attempts: seen.attempts + 1,
    claimedUntil: times.until,
    firstClaimedAt: seen.firstClaimedAt ?? times.now,
    mayBePosted: true,
  } as Value;
}

function updateOf(changes: Changes): UpdateExpression {
  const set = Object.entries(changes).filter(([, value]) => value !== undefined);
  const gone = Object.keys(changes).filter((name) => changes[name] === undefined);
  const parts = [
    ...(set.length > 0 ? [`SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`] : []),
    ...(gone.length > 0 ? [`REMOVE ${gone.map((name) => `#${name}`).join(', ')}`] : []),
  ];
  return {
    expression: parts.join(' '),
    names: Object.fromEntries(Object.keys(changes).map((name) => [`#${name}`, name])),
    ...(set.length > 0 && { values: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])) }),
  };
}

/** Holds while something is pending and nobody has taken it since it was seen. */
function untakenSince({ attempts }: Sending): Condition {
  return {
    expression: '#state = :pending AND #attempts = :seenAttempts',
    names: { '#state': 'state', '#attempts': 'attempts' },
    values: { ':pending': 'pending', ':seenAttempts': attempts },
  };
}
