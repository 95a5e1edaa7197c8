import * as z from 'zod';
import { acknowledgeIncident, type Doer, type IncidentOutcome, resolveIncident } from '../../lib/alerts/index.ts';
import { memberProfileLookup, reachLookup } from '../../lib/organizations/index.ts';
import { BadRequestError, UnauthenticatedError } from '../../lib/platform/errors.ts';
import { lookUp } from '../../lib/platform/lookup.ts';
import type { AlertPagesApp } from '../alert-pages.ts';
import { type OrganizationVisit, organizationForm } from '../middleware/organization-page.ts';
import type { alertMessages } from '../pages/alert-messages.ts';
import { pageMessages } from '../pages/messages.ts';
import { alertAddress, alertPlace, readAlertQuery } from './alert-address.ts';

const incident = z
  .string()
  .regex(/^[1-9]\d{0,7}$/u)
  .transform(Number);

/** What the buttons of the page send. */
const fields = z.object({ action: z.enum(['acknowledge', 'resolve']), incident });

/** Does what somebody pressed on the page of a rule, and leads back there. */
export const changeAlert = organizationForm<AlertPagesApp>(alertPlace, async (app, visit, sent) => {
  const parsed = fields.safeParse(sent);
  if (!parsed.success) throw new BadRequestError(pageMessages.brokenRequest, { cause: parsed.error });
  const { action, incident: identifier } = parsed.data;
  const { organization, caller } = visit;
  const request = { organization, identifier, by: await doerOf(app, visit), reach: reachLookup(caller) };
  const act = action === 'acknowledge' ? acknowledgeIncident : resolveIncident;
  const said = sayingOf(await act(app, request), action);
  const { range } = readAlertQuery(visit.query);
  return alertAddress(visit.address, { incident: identifier, range, said });
});

/** @throws UnauthenticatedError for who has left the organization */
async function doerOf(app: AlertPagesApp, { organization, caller }: OrganizationVisit): Promise<Doer> {
  const [member] = await lookUp(app.table, [memberProfileLookup(organization, caller.userId)]);
  if (member === undefined) throw new UnauthenticatedError(pageMessages.unknownAddress);
  return { userId: member.userId, name: member.name };
}

function sayingOf({ outcome }: IncidentOutcome, action: 'acknowledge' | 'resolve'): keyof typeof alertMessages.said {
  if (outcome !== 'done') return outcome;
  return action === 'acknowledge' ? 'acknowledged' : 'resolved';
}
