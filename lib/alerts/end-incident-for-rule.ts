import { randomUUID } from 'node:crypto';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { UnavailableError } from '../platform/errors.ts';
import type { Queue } from '../platform/queue.ts';
import { ConditionFailedError, type WriteAction } from '../platform/table.ts';
import type { AlertRule } from './alert-rule-store.ts';
import type { IncidentEnding } from './incident-status.ts';
import { messages } from './messages.ts';
import { addressOf, loadNotifications } from './notification-store.ts';
import { planEnding } from './plan-ending.ts';
import type { Transition } from './plan-transition.ts';
import type { NotificationAddress } from './queue-messages.ts';
import { queueSoon } from './queue-soon.ts';
import { resolveSubscribers, withoutSnoozed } from './resolve-destinations.ts';
import { deleteState, insertState, loadState, type RuleState, replaceState } from './rule-state-store.ts';
import { nextWindowEnd } from './rule-windows.ts';
import { transitionWrites } from './save-evaluation.ts';
import { openIncidentOf, withoutDeparted } from './who-may-hear.ts';

/** What ending an incident needs of the outside world. */
export type EndingApp = Pick<App, 'table' | 'clock' | 'log'> & { readonly notifications: Queue<NotificationAddress> };

/** Every other attempt means that an evaluation or a person was faster. */
const maxAttempts = 8;

/**
 * Changes or deletes a rule together with what that ends: its open incident is closed, those who were told of it are told, and
 * its judging begins anew – or, of a deleted rule, ends as soon as all is sent. `writes` are what changes the rule itself; all
 * is one transaction.
 * @throws ConditionFailedError when a condition of `writes` fails; UnavailableError when others keep writing
 */
export async function endIncidentForRule(
  app: EndingApp,
  input: {
    /** As it was before. */
    readonly rule: AlertRule;
    /** As it is to be; undefined when it is deleted. */
    readonly edited?: AlertRule | undefined;
    readonly writes: readonly WriteAction[];
  },
): Promise<void> {
  const { rule, edited, writes } = input;
  const because: IncidentEnding = edited === undefined ? 'rule-deleted' : 'rule-updated';
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const state = await loadState(app, { ruleId: rule.id, projectId: rule.projectId });
    if (state === undefined) return app.table.write(writes);
    const end = state.incident === null ? undefined : await endOf(app, rule, state.incident, because);
    const pending = (end?.notifications ?? []).filter((one) => one.state === 'pending').map(addressOf);
    const next = stateFrom(app, { rule, edited, state, pending });
    try {
      const more = end === undefined ? [] : transitionWrites(rule.organization, end);
      await app.table.write([...writes, ...stateWrites(next, state), ...more]);
    } catch (error) {
      if (!(error instanceof ConditionFailedError)) throw error;
      if (error.failed.slice(0, writes.length).some((one) => one !== undefined)) throw error;
      continue;
    }
    return queueSoon(app, pending);
  }
  throw new UnavailableError(messages.incidentContended, 1);
}

/** Those are told who were told of the incident before and still may be, and those who want to hear of it. */
async function endOf(
  app: EndingApp,
  rule: AlertRule,
  open: NonNullable<RuleState['incident']>,
  because: IncidentEnding,
): Promise<Transition> {
  const [told, subscribers] = await Promise.all([
    loadNotifications(app, { organization: rule.organization, incident: open.identifier }),
    resolveSubscribers(app, openIncidentOf(rule, open)),
  ]);
  const before = told.filter((one) => one.state !== 'skipped').map(({ destination }) => destination);
  const allowed = await withoutDeparted(app, rule, rule, before);
  const destinations = [...(await withoutSnoozed(app, rule, allowed)), ...subscribers];
  const nowMs = app.clock.now();
  const notificationId = randomUUID();
  return planEnding({ rule, because, closedAtMs: nowMs, nowMs, destinations, notificationId }, open);
}

function stateFrom(
  app: EndingApp,
  {
    rule,
    edited,
    state,
    pending,
  }: {
    readonly rule: AlertRule;
    readonly edited: AlertRule | undefined;
    readonly state: RuleState;
    readonly pending: readonly NotificationAddress[];
  },
): RuleState {
  const { settledAt: _, difficulty: __, untoldOutage: ___, ...rest } = state;
  const nowMs = app.clock.now();
  return {
    ...rest,
    revision: state.revision + 1,
    // A deleted rule is looked at once more, which brings what is not sent to the queue and then forgets the state.
    projectId: (edited ?? rule).projectId,
    nextEvaluationAt: isoTime(nextWindowEnd(edited ?? { ...rule, resolutionSeconds: 60 }, nowMs)),
    graceSeconds: (edited ?? rule).graceSeconds,
    lastUpdate: null,
    triggers: {},
    incident: null,
    unconfirmed: [...state.unconfirmed, ...pending],
  };
}

/** A rule that watches another project from now on has its state there. */
function stateWrites(next: RuleState, before: RuleState): WriteAction[] {
  const replaced = replaceState(next, before);
  if (next.projectId === before.projectId) return [replaced];
  return [{ ...deleteState(before), onlyIf: replaced.onlyIf }, insertState(next)];
}
