import { randomUUID } from 'node:crypto';
import type { Reach } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { NotFoundError, UnavailableError } from '../platform/errors.ts';
import { type Lookup, lookUp } from '../platform/lookup.ts';
import type { Queue } from '../platform/queue.ts';
import { ConditionFailedError } from '../platform/table.ts';
import { projectsLookup } from '../projects/index.ts';
import { type AlertRule, loadRule } from './alert-rule-store.ts';
import { insertActivity, loadActivities } from './incident-activity-store.ts';
import type { Doer, IncidentDeed } from './incident-deed.ts';
import { type Incident, loadIncident, recordDeeds } from './incident-store.ts';
import { messages } from './messages.ts';
import { addressOf, insertNotification, loadNotifications, type Notification } from './notification-store.ts';
import { type DeedOccasion, planDeed, planLateEnd } from './plan-deed.ts';
import type { NotificationAddress } from './queue-messages.ts';
import { queueSoon } from './queue-soon.ts';
import { resolveSubscribers, withoutSnoozed } from './resolve-destinations.ts';
import { loadState, replaceState } from './rule-state-store.ts';
import { withoutDeparted } from './who-may-hear.ts';

/** What changing an incident needs of the outside world. */
export type IncidentApp = Pick<App, 'table' | 'clock' | 'log'> & {
  readonly notifications: Queue<NotificationAddress>;
};

/** Which incident, who changes it, and what they reach. */
export interface IncidentRequest {
  readonly organization: string;
  readonly identifier: number;
  readonly by: Doer;
  readonly reach: Lookup<Reach>;
}

/**
 * What became of a wish: it is done, somebody had done it before (`deed` says who and when), the incident is over,
 * which nobody in particular may have caused, or its rule follows it no more, so that all that is left is to resolve it.
 */
export type IncidentOutcome =
  | { readonly outcome: 'done'; readonly deed: IncidentDeed }
  | { readonly outcome: 'before'; readonly deed: IncidentDeed }
  | { readonly outcome: 'over' }
  | { readonly outcome: 'unfollowed' };

/** Every other attempt means that an evaluation or another person was faster, which happens now and then. */
const maxAttempts = 8;

/** The incident, if it is within reach. @throws NotFoundError, UnauthenticatedError for who has left the organization */
export async function requireReachedIncident(
  app: Pick<App, 'table'>,
  { organization, identifier, reach }: Omit<IncidentRequest, 'by'>,
): Promise<Incident> {
  const incident = await loadIncident(app, { organization, identifier });
  const [reaches, { found }] = await lookUp(app.table, [
    reach,
    projectsLookup(organization, incident === undefined ? [] : [incident.projectId]),
  ]);
  const [project] = found;
  if (incident === undefined || project === undefined || !reaches(project.team)) {
    throw new NotFoundError(messages.incidentUnknown(identifier));
  }
  return incident;
}

/**
 * Does to an incident what a person wants, once: incident, activity, the rule's state and whom to tell are one transaction.
 * Of several people at the same moment one does it, and the others hear who it was.
 * @throws NotFoundError, UnauthenticatedError, UnavailableError
 */
export async function changeIncident(
  app: IncidentApp,
  kind: IncidentDeed['kind'],
  request: IncidentRequest,
): Promise<IncidentOutcome> {
  let incident = await requireReachedIncident(app, request);
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const settled = alreadySettled(incident, kind);
    if (settled !== undefined) return settled;
    const deed = { kind, at: isoTime(app.clock.now()), by: request.by };
    const attempted = await attemptDeed(app, incident, deed);
    if (typeof attempted !== 'string') {
      await queueSoon(app, attempted);
      return { outcome: 'done', deed };
    }
    const now = await loadIncident(app, request);
    if (now === undefined) throw new NotFoundError(messages.incidentUnknown(request.identifier));
    // Its end would have been seen now: the state was read before, and both are written at once.
    if (attempted === 'unfollowed' && now.status !== 'closed') return { outcome: 'unfollowed' };
    incident = now;
  }
  throw new UnavailableError(messages.incidentContended, 1);
}

function alreadySettled({ status, deeds = [] }: Incident, kind: IncidentDeed['kind']): IncidentOutcome | undefined {
  const before = deeds.find((deed) => deed.kind === kind) ?? deeds.find((deed) => deed.kind === 'resolved');
  if (before !== undefined) return { outcome: 'before', deed: before };
  return status === 'closed' ? { outcome: 'over' } : undefined;
}

/** Says whom to tell; or that something was written in between, or that the rule follows the incident no more. */
async function attemptDeed(
  app: IncidentApp,
  incident: Incident,
  deed: IncidentDeed,
): Promise<NotificationAddress[] | 'changed' | 'unfollowed'> {
  const { identifier } = incident;
  const [state, rule] = await Promise.all([loadState(app, incident), loadRule(app, incident.ruleId)]);
  const [told, subscribers] = await Promise.all([
    toldBefore(app, { incident, rule, deed }),
    subscribersOf(app, { incident, rule, deed }),
  ]);
  const open = state?.incident;
  const isFollowed = open?.identifier === identifier;
  if (!isFollowed && deed.kind !== 'resolved') return 'unfollowed';
  const before = (isFollowed ? open.deeds : incident.deeds) ?? [];
  if (before.some((one) => one.kind === deed.kind)) return 'changed';
  const notificationId = randomUUID();
  const { next, activity, notifications } =
    isFollowed && state !== undefined
      ? planDeed({ deed, state, open, told, rule, subscribers, notificationId })
      : planLateEnd({
          ...{ deed, state, incident, told, rule, subscribers, notificationId },
          activities: await loadActivities(app, incident),
        });
  try {
    await app.table.write([
      ...(state === undefined || next === undefined ? [] : [replaceState(next, state)]),
      recordDeeds(incident, [...before, deed]),
      insertActivity(activity),
      ...notifications.map(insertNotification),
    ]);
    return notifications.filter((one) => one.state === 'pending').map(addressOf);
  } catch (error) {
    if (error instanceof ConditionFailedError) return 'changed';
    throw error;
  }
}

/** A deed, with the rule of its incident, which may be gone. */
interface Deeded {
  readonly incident: Incident;
  readonly rule: AlertRule | undefined;
  readonly deed: IncidentDeed;
}

/**
 * What was told of an incident to those who may still hear of it; of its end, nothing more is told to people who have snoozed
 * the rule since.
 */
async function toldBefore(app: IncidentApp, { incident, rule, deed }: Deeded): Promise<Notification[]> {
  const { organization, identifier, ruleId } = incident;
  const told = await loadNotifications(app, { organization, incident: identifier });
  const destinations = told.map(({ destination }) => destination);
  const allowed = await withoutDeparted(app, incident, rule, destinations);
  const reached = deed.kind === 'resolved' ? await withoutSnoozed(app, { id: ruleId }, allowed) : allowed;
  return told.filter(({ destination }, index) => reached[index]?.kind === destination.kind);
}

/** Who wants to hear of an incident hears how it ends; who has ended it knows. */
async function subscribersOf(app: IncidentApp, { incident, rule, deed }: Deeded): Promise<DeedOccasion['subscribers']> {
  if (deed.kind !== 'resolved' || rule === undefined) return [];
  return resolveSubscribers(app, incident, { except: deed.by.userId });
}
