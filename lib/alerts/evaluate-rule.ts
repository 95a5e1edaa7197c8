import { randomUUID } from 'node:crypto';
import { UnavailableError } from '../platform/errors.ts';
import type { AlertRule } from './alert-rule-store.ts';
import type { EvaluationApp } from './evaluation-app.ts';
import { type Judged, judgeUpdate, withoutCounts } from './judge-update.ts';
import { messages } from './messages.ts';
import { planOutage } from './outages/plan-outage.ts';
import type { Occasion } from './plan-transition.ts';
import { queueAgain } from './queue-again.ts';
import type { NotificationAddress } from './queue-messages.ts';
import type { RuleReadings } from './read-windows.ts';
import { isOutOfSight } from './reading-difficulty.ts';
import { recordTransition } from './record-transition.ts';
import { resolveDestinations, resolveSubscribers } from './resolve-destinations.ts';
import { loadState, type RuleState } from './rule-state-store.ts';
import { dueWindows } from './rule-windows.ts';
import { isSnoozed } from './rules/rule-snooze-store.ts';
import { saveEvaluation } from './save-evaluation.ts';
import { stateAfter } from './state-after.ts';
import { stopRule } from './stop-rule.ts';
import { openIncidentOf } from './who-may-hear.ts';
import { actionsToTell } from './whom-to-tell.ts';

/** A rule that is evaluated, as it was read. */
export interface EvaluatedRule {
  readonly rule: AlertRule;
  readonly state: RuleState;
  readonly hasProject: boolean;
  readonly evaluateAtMs: number;
}

/** Counters of evaluations begin with it. */
const namespace = 'incidents.alert_rules';
/** Somebody else can only be faster by having evaluated the same rule; more often than this is not by accident. */
const maxAttempts = 5;

/**
 * Judges the windows of one rule that are due, in order. What changes no status is written once, at the end; what changes it is
 * a transaction of state, incident, activities and notifications.
 * @throws UnavailableError when others keep writing, or the queue or the table do not answer.
 */
export async function evaluateRule(
  app: EvaluationApp,
  { rule, state, hasProject, evaluateAtMs }: EvaluatedRule,
  read: RuleReadings,
): Promise<void> {
  let before: RuleState | undefined = state;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    if (before === undefined) return count(app, ['ignore_deleted_project']);
    if (!hasProject) {
      if (await stopRule(app, rule, before, evaluateAtMs)) return count(app, ['ignore_deleted_project']);
    } else if (await judgeWindows(app, { rule, state: before, hasProject, evaluateAtMs }, read)) return;
    before = await loadState(app, { ruleId: rule.id, projectId: rule.projectId });
  }
  throw new UnavailableError(messages.evaluationContended, 1);
}

/** Says false when somebody else wrote in between: then look again. */
async function judgeWindows(
  app: EvaluationApp,
  { rule, state: stored, evaluateAtMs }: EvaluatedRule,
  read: RuleReadings,
): Promise<boolean> {
  const unconfirmed = await queueAgain(app, stored);
  const due = stored.nextEvaluationAt === null ? undefined : Date.parse(stored.nextEvaluationAt);
  const { endsMs, isGap } = due === undefined ? { endsMs: [], isGap: false } : dueWindows(rule, due, evaluateAtMs);
  if (endsMs.length === 0) {
    count(app, ['skipping_already_processed_update']);
    return true;
  }
  let before = stored;
  let state: RuleState = { ...stored, unconfirmed, ...(isGap && { triggers: withoutCounts(stored.triggers) }) };
  let counters: string[] = [];
  const told: NotificationAddress[] = [];
  for (const endMs of endsMs) {
    const reading = read.readings.get(endMs);
    // Somebody has changed the rule's pace since its metrics were read.
    if (reading === undefined) throw new UnavailableError(messages.evaluationContended, 1);
    const judged = judgeUpdate(rule, state, { timestampMs: endMs, nowMs: app.clock.now(), reading });
    const next = {
      ...stateAfter(rule, state, judged, { endMs, difficulty: read.difficulty, isRead: reading.kind !== 'refused' }),
      revision: before.revision + 1,
    };
    counters.push(...judged.counters);
    if (judged.changes.length === 0) {
      state = next;
      continue;
    }
    const occasion = await occasionOf(app, { rule, open: state.incident, judged, endMs });
    const recorded = await recordTransition(app, { before, open: state.incident, next, judged, occasion });
    if (recorded === undefined) return false;
    count(app, counters);
    counters = [];
    told.push(...recorded.told);
    before = state = recorded.state;
  }
  if (!(await saveLast(app, rule, { before, state }))) return false;
  count(app, counters);
  noteDifficulty(app, rule, { before: stored.difficulty, after: read.difficulty });
  await app.notifications.send(told);
  return true;
}

/** Writes what no transition has written, with what is to be told of the rule itself. Says false when somebody else wrote in between. */
async function saveLast(
  app: EvaluationApp,
  rule: AlertRule,
  { before, state }: { readonly before: RuleState; readonly state: RuleState },
): Promise<boolean> {
  const outage = await planOutage(app, rule, state);
  const next = outage === undefined ? state : { ...outage.state, revision: before.revision + 1 };
  if (next === before) return true;
  if ((await saveEvaluation(app, { before, next }, undefined, outage?.writes)) !== 'saved') return false;
  if (outage !== undefined) await sendSoon(app, outage.messageIds);
  return true;
}

/** What the queue does not take now is swept up from the outbox some minutes later. */
async function sendSoon(app: EvaluationApp, messageIds: readonly string[]): Promise<void> {
  try {
    await app.outgoing.send(messageIds.map((id) => ({ kind: 'outgoing-message', id })));
  } catch (error) {
    app.log.warn('messages about a rule wait for the next sweep', { cause: String(error) });
  }
}

/** An alarm counts what cannot be read for long; a rule that is to tell nobody worries nobody. */
function noteDifficulty(
  app: EvaluationApp,
  { organization, id: ruleId, snooze }: AlertRule,
  { before, after }: { readonly before: RuleState['difficulty']; readonly after: RuleState['difficulty'] },
): void {
  if (after?.reads !== 'nothing') return;
  const { because } = after;
  if (before?.reads !== 'nothing')
    app.log.warn('the metric of a rule cannot be read', { organization, ruleId, because });
  const nowMs = app.clock.now();
  if (isOutOfSight(after, nowMs) && !isSnoozed(snooze, nowMs)) count(app, ['unreadable']);
}

async function occasionOf(
  app: EvaluationApp,
  {
    rule,
    open,
    judged,
    endMs,
  }: Pick<Occasion, 'rule' | 'endMs'> & { readonly open: RuleState['incident']; readonly judged: Judged },
): Promise<Occasion> {
  const { telling } = judged;
  const actions = telling === undefined ? [] : actionsToTell(rule.triggers, telling.whom, JSON.stringify);
  const [named, subscribers] = await Promise.all([
    resolveDestinations(app, rule, actions),
    // Nobody can have wanted to hear of what is only beginning.
    telling === undefined || open === null ? [] : resolveSubscribers(app, openIncidentOf(rule, open)),
  ]);
  const destinations = [...named, ...subscribers];
  return { rule, endMs, nowMs: app.clock.now(), destinations, notificationId: randomUUID() };
}

function count(app: EvaluationApp, counters: readonly Judged['counters'][number][]): void {
  for (const counter of counters) app.metrics.count(`${namespace}.${counter}`);
}
