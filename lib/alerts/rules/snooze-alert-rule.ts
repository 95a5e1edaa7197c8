import * as z from 'zod';
import type { App } from '../../platform/app.ts';
import { isoTime } from '../../platform/clock.ts';
import { InvalidFieldsError, NotFoundError } from '../../platform/errors.ts';
import { orRefuse } from '../../platform/or-refuse.ts';
import { type AlertRule, snoozeRule } from '../alert-rule-store.ts';
import { messages, ruleMessages } from '../messages.ts';
import { deletePersonalSnooze, putPersonalSnooze } from './rule-snooze-store.ts';

/** Who is told nothing. */
export const snoozeTargets = ['me', 'everyone'] as const;

/** Who is told nothing: the person who wants it so, by direct message; or nobody at all. */
export type SnoozeTarget = (typeof snoozeTargets)[number];

/** Whose snooze an address means; everybody’s and the caller’s own when it does not say. */
export const snoozeTargetChoice = z.enum(snoozeTargets, ruleMessages.snoozeTarget).optional();

/** The body that asks for a snooze. */
export const snoozeBody = z.object({
  target: z.enum(snoozeTargets, ruleMessages.snoozeTarget).meta({
    description: '`me` stops direct messages to the caller; `everyone` stops all messages about the rule.',
  }),
  until: z.iso
    .datetime({ offset: true, error: ruleMessages.snoozeUntil })
    .nullish()
    .meta({ description: 'When it ends by itself; without it, when somebody ends it.' }),
});

/** A snooze as the API shows it. */
export const snoozeJson = z
  .object({
    alertRuleId: z.string(),
    ownerId: z.string().meta({ description: 'Who wanted it so.' }),
    userId: z.string().meta({ description: '`everyone`, or the ID of the person.' }),
    until: z.string().nullable(),
    dateAdded: z.string(),
  })
  .meta({ id: 'AlertRuleSnooze' });

interface SnoozeWish {
  readonly rule: Pick<AlertRule, 'id'>;
  readonly userId: string;
  readonly target: SnoozeTarget;
}

type SnoozeApp = Pick<App, 'table' | 'clock'>;

/**
 * Stops messages about a rule; what it finds is found and kept all the same. A new snooze takes the place of the one before.
 * @throws InvalidFieldsError when it would be over already, NotFoundError when the rule was deleted meanwhile
 */
export async function snoozeAlertRule(
  app: SnoozeApp,
  { rule, userId, target, until: sent }: SnoozeWish & { readonly until?: string | null | undefined },
): Promise<z.infer<typeof snoozeJson>> {
  const nowMs = app.clock.now();
  const until = sent == null ? null : isoTime(Date.parse(sent));
  if (until !== null && Date.parse(until) <= nowMs) throw new InvalidFieldsError({ until: [ruleMessages.snoozeOver] });
  const at = isoTime(nowMs);
  if (target === 'me') await app.table.write([putPersonalSnooze({ ruleId: rule.id, userId, until, at })]);
  else await setSnooze(app, rule, { until, by: userId, at });
  return {
    alertRuleId: rule.id,
    ownerId: userId,
    userId: target === 'me' ? userId : 'everyone',
    until,
    dateAdded: at,
  };
}

/** Ends a snooze, if there is one. @throws NotFoundError when the rule was deleted meanwhile */
export async function endSnooze(app: SnoozeApp, { rule, userId, target }: SnoozeWish): Promise<void> {
  if (target === 'me') await app.table.write([deletePersonalSnooze({ ruleId: rule.id, userId })]);
  else await setSnooze(app, rule, null);
}

async function setSnooze(app: SnoozeApp, { id }: Pick<AlertRule, 'id'>, snooze: AlertRule['snooze']): Promise<void> {
  await orRefuse(app.table.write([snoozeRule(id, snooze)]), (why) => new NotFoundError(messages.ruleUnknown, why));
}
