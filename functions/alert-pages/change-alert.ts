import * as z from 'zod';
import {
  acknowledgeIncident,
  endSnooze,
  type IncidentOutcome,
  requireReachedRule,
  resolveIncident,
  snoozeAlertRule,
  snoozeTargets,
} from '../../lib/alerts/index.ts';
import { reachLookup } from '../../lib/organizations/index.ts';
import { isoTime } from '../../lib/platform/clock.ts';
import { BadRequestError } from '../../lib/platform/errors.ts';
import type { AlertPagesApp } from '../alert-pages.ts';
import { doerOf } from '../middleware/doer.ts';
import { type OrganizationVisit, organizationForm } from '../middleware/organization-page.ts';
import type { alertMessages } from '../pages/alert-messages.ts';
import { pageMessages } from '../pages/messages.ts';
import { snoozeHours } from '../pages/snooze-section.ts';
import { alertAddress, alertPlace, readAlertQuery } from './alert-address.ts';

const incident = z
  .string()
  .regex(/^[1-9]\d{0,7}$/u)
  .transform(Number);

/** What the buttons of the page send. */
const fields = z.discriminatedUnion('action', [
  z.object({ action: z.enum(['acknowledge', 'resolve']), incident }),
  z.object({ action: z.literal('snooze'), target: z.enum(snoozeTargets), hours: z.enum(snoozeHours) }),
  z.object({ action: z.literal('unsnooze'), target: z.enum(snoozeTargets) }),
]);

type Deed = Extract<z.infer<typeof fields>, { readonly incident: number }>;
type Snooze = Exclude<z.infer<typeof fields>, Deed>;

/** Does what somebody pressed on the page of a rule, and leads back there. */
export const changeAlert = organizationForm<AlertPagesApp>(alertPlace, async (app, visit, sent) => {
  const parsed = fields.safeParse(sent);
  if (!parsed.success) throw new BadRequestError(pageMessages.brokenRequest, { cause: parsed.error });
  const { range, incident: shown } = readAlertQuery(visit.query);
  if ('target' in parsed.data) {
    const said = await changeSnooze(app, visit, parsed.data);
    return alertAddress(visit.address, { incident: shown, range, said });
  }
  const said = await doDeed(app, visit, parsed.data);
  return alertAddress(visit.address, { incident: parsed.data.incident, range, said });
});

async function doDeed(app: AlertPagesApp, visit: OrganizationVisit, { action, incident: identifier }: Deed) {
  const { organization, caller } = visit;
  const request = { organization, identifier, by: await doerOf(app, caller), reach: reachLookup(caller) };
  const act = action === 'acknowledge' ? acknowledgeIncident : resolveIncident;
  return sayingOf(await act(app, request), action);
}

async function changeSnooze(app: AlertPagesApp, { caller, name: ruleId }: OrganizationVisit, wish: Snooze) {
  const rule = await requireReachedRule(app, { caller, ruleId });
  const { userId } = caller;
  if (wish.action === 'unsnooze') {
    await endSnooze(app, { rule, userId, target: wish.target });
    return 'unsnoozed' as const;
  }
  const until = wish.hours === '' ? null : isoTime(app.clock.now() + Number(wish.hours) * 3_600_000);
  await snoozeAlertRule(app, { rule, userId, target: wish.target, until });
  return 'snoozed' as const;
}

function sayingOf({ outcome }: IncidentOutcome, action: 'acknowledge' | 'resolve'): keyof typeof alertMessages.said {
  if (outcome !== 'done') return outcome;
  return action === 'acknowledge' ? 'acknowledged' : 'resolved';
}
