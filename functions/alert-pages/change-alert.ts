import * as z from 'zod';
import { acknowledgeIncident, type IncidentOutcome, resolveIncident } from '../../lib/alerts/index.ts';
import { reachLookup } from '../../lib/organizations/index.ts';
import { BadRequestError } from '../../lib/platform/errors.ts';
import type { AlertPagesApp } from '../alert-pages.ts';
import { doerOf } from '../middleware/doer.ts';
import { type OrganizationVisit, organizationForm } from '../middleware/organization-page.ts';
import type { alertMessages } from '../pages/alert-messages.ts';
import { pageMessages } from '../pages/messages.ts';
import { alertAddress, alertPlace, readAlertQuery } from './alert-address.ts';
import { changeSnooze, snoozeFields } from './change-snooze.ts';

const deedFields = z.object({
  action: z.enum(['acknowledge', 'resolve']),
  incident: z
    .string()
    .regex(/^[1-9]\d{0,7}$/u)
    .transform(Number),
});

/** What the buttons of the page send. */
const fields = z.discriminatedUnion('action', [deedFields, snoozeFields]);

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

async function doDeed(
  app: AlertPagesApp,
  { organization, caller }: OrganizationVisit,
  { action, incident: identifier }: z.infer<typeof deedFields>,
): Promise<keyof typeof alertMessages.said> {
  const request = { organization, identifier, by: await doerOf(app, caller), reach: reachLookup(caller) };
  const act = action === 'acknowledge' ? acknowledgeIncident : resolveIncident;
  return sayingOf(await act(app, request), action);
}

function sayingOf({ outcome }: IncidentOutcome, action: 'acknowledge' | 'resolve'): keyof typeof alertMessages.said {
  if (outcome !== 'done') return outcome;
  return action === 'acknowledge' ? 'acknowledged' : 'resolved';
}
