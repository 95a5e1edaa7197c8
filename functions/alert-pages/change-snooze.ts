import * as z from 'zod';
import { endSnooze, requireReachedRule, snoozeAlertRule, snoozeTargets } from '../../lib/alerts/index.ts';
import { isoTime } from '../../lib/platform/clock.ts';
import type { AlertPagesApp } from '../alert-pages.ts';
import type { OrganizationVisit } from '../middleware/organization-page.ts';
import { snoozeHours } from '../pages/snooze-section.ts';

/** What the buttons send that have people told nothing of a rule for a while, or end that. */
export const snoozeFields = z.discriminatedUnion('action', [
  z.object({ action: z.literal('snooze'), target: z.enum(snoozeTargets), hours: z.enum(snoozeHours) }),
  z.object({ action: z.literal('unsnooze'), target: z.enum(snoozeTargets) }),
]);

/** Begins or ends a snooze of the rule that is looked at, and gives what the page then says. @throws NotFoundError */
export async function changeSnooze(
  app: AlertPagesApp,
  { caller, name: ruleId }: OrganizationVisit,
  wish: z.infer<typeof snoozeFields>,
): Promise<'snoozed' | 'unsnoozed'> {
  const rule = await requireReachedRule(app, { caller, ruleId });
  const { userId } = caller;
  if (wish.action === 'unsnooze') {
    await endSnooze(app, { rule, userId, target: wish.target });
    return 'unsnoozed';
  }
  const until = wish.hours === '' ? null : isoTime(app.clock.now() + Number(wish.hours) * 3_600_000);
  await snoozeAlertRule(app, { rule, userId, target: wish.target, until });
  return 'snoozed';
}
