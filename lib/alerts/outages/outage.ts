import * as z from 'zod';
import { isoTime } from '../../platform/clock.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import { type SlackDestination, slackDestinationSchema, targetOf } from '../destination.ts';
import { isOutOfSight, type ReadingDifficulty } from '../reading-difficulty.ts';
import { isSnoozed } from '../rules/rule-snooze-store.ts';

/** That people were told that the metric of a rule cannot be read; kept until they are told that it can. */
export const outageSchema = z.object({
  /** The end of the first window that could not be read. Names the outage: what is told of it is told once. */
  since: z.string(),
  /** The revision of the rule when they were told: one that was changed since may name others. */
  ruleRevision: z.number(),
  told: z.array(slackDestinationSchema),
  /** The end of the first window that could be read again, while nobody is told of that yet. */
  until: z.string().optional(),
});

/** That people were told that the metric of a rule cannot be read. */
export type Outage = z.infer<typeof outageSchema>;

/** Of the last outage that not everybody could be told of: of whom, in words, and why. What the rule names may still be wrong. */
export const untoldOutageSchema = z.object({
  since: z.string(),
  until: z.string(),
  untold: z.array(z.object({ destination: z.string(), error: z.object({ code: z.string(), detail: z.string() }) })),
});

/** Of the last outage that not everybody could be told of: of whom, in words, and why. */
export type UntoldOutage = z.infer<typeof untoldOutageSchema>;

/** One more window that was looked at. */
interface SeenWindow {
  readonly endMs: number;
  readonly difficulty: ReadingDifficulty | undefined;
  /** Of whole hours, those that began before are not read: then there is nothing to judge, either. */
  readonly isRead: boolean;
}

/** What is kept of an outage when one more window was looked at. */
export function outageAfter(before: Outage, { difficulty, endMs, isRead }: SeenWindow): Outage {
  const { until, ...rest } = before;
  if (difficulty?.reads === 'nothing') return rest;
  return isRead ? { ...rest, until: until ?? isoTime(endMs) } : before;
}

/** Names the message that tells a destination of an outage: there is one, whoever plans it how often. */
export function outageMessageName(ruleId: string, since: string, destination: SlackDestination): string {
  return `outage:${ruleId}:${since}:${targetOf(destination)}`;
}

/** How a rule was read at its last look, and what people know of that. */
export interface Sight {
  readonly rule: Pick<AlertRule, 'revision' | 'snooze'>;
  readonly difficulty: ReadingDifficulty | undefined;
  readonly outage: Outage | undefined;
}

/**
 * What people are to hear now of whether a rule can be read. It follows from what they were told and how things are, not from
 * what changed at this look: whatever a crash or a snooze left untold is told at the next one.
 */
export function newsOfOutage({ rule, difficulty, outage }: Sight, nowMs: number): 'begun' | 'over' | undefined {
  if (isSnoozed(rule.snooze, nowMs)) return undefined;
  if (difficulty?.reads !== 'nothing') return outage?.until === undefined ? undefined : 'over';
  const isTold = outage?.ruleRevision === rule.revision;
  return !isTold && isOutOfSight(difficulty, nowMs) ? 'begun' : undefined;
}
