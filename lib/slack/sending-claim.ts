import * as z from 'zod';
import type { Condition, UpdateExpression } from '../platform/table.ts';

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
export type Sending = z.infer<typeof sending>;

/** How the sending of something stands that nobody has taken yet. */
export const neverSent: Sending = { attempts: 0, mayBePosted: false };

/** The same after the next sender has taken it. */
export function claimed<Value extends Sending>(
  seen: Value,
  times: { readonly now: string; readonly until: string },
): Value {
  const { notBefore: _, ...rest } = seen;
  return {
    ...rest,
    attempts: seen.attempts + 1,
    claimedUntil: times.until,
    firstClaimedAt: seen.firstClaimedAt ?? times.now,
    mayBePosted: true,
  } as Value;
}

/** Stores some attributes of a sending and takes others away; `undefined` takes an attribute away. */
export function sendingUpdate(changes: Readonly<Record<string, unknown>>): UpdateExpression {
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
export function untakenSince({ attempts }: Sending): Condition {
  return {
    expression: '#state = :pending AND #attempts = :seenAttempts',
    names: { '#state': 'state', '#attempts': 'attempts' },
    values: { ':pending': 'pending', ':seenAttempts': attempts },
  };
}
