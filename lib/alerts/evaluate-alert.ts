import { randomUUID } from 'node:crypto';
import { sumOverWindow } from '../metrics/index.ts';
import type { App } from '../platform/app.ts';
import { UnavailableError } from '../platform/errors.ts';
import type { Queue } from '../platform/queue.ts';
import type { Table } from '../platform/table.ts';
import { findProject } from '../projects/index.ts';
import { type AlertRule, loadRule } from './alert-rule-store.ts';
import { messages } from './messages.ts';
import { addressOf, loadNotification } from './notification-store.ts';
import { judgeRule, stateAfter, type Verdict } from './plan-evaluation.ts';
import { planSending } from './plan-sending.ts';
import type { EvaluationMessage, NotificationAddress } from './queue-messages.ts';
import { type RecordingApp, recordVerdict } from './record-verdict.ts';
import { loadState, type RuleState } from './rule-state-store.ts';
import { stopRule } from './stop-rule.ts';
import { watchedCounter } from './watched-counter.ts';

/** What an evaluation needs of the outside world. */
export type EvaluationApp = Pick<App, 'table' | 'clock' | 'metrics'> &
  RecordingApp & {
    readonly metricsTable: Table;
    readonly notifications: Queue<NotificationAddress>;
  };

/** Counters of evaluations begin with it. */
const counter = 'incidents.alert_rules';
/** Somebody else can only be faster by having evaluated the same rule; more often than this is not by accident. */
const maxAttempts = 5;

/**
 * Looks at one rule with the data before `evaluateAt`. Safe to repeat:
 *
 *     project gone? ─ yes → end the rule's evaluation and its open incident, without a word
 *          │ no
 *     read state ─ same or newer data was judged? ─ yes → queue again what is not sent yet
 *          │ no
 *     queue again what is not sent yet (Slack asked to wait, or a crash came between a write and its messages)
 *          │
 *     value → verdict → one transaction: state, incident, activities, notifications ─ state changed → read state again
 *          │                                                                       └ number taken → pause, next number
 *          │
 *     queue the notifications
 *
 * @throws UnavailableError when others keep writing, or the queue or the table do not answer.
 */
export async function evaluateAlert(app: EvaluationApp, message: EvaluationMessage): Promise<void> {
  const evaluateAtMs = Date.parse(message.evaluateAt);
  const rule = await loadRule(app, message.ruleId);
  if (rule === undefined) return app.metrics.count(`${counter}.no_alert_rule_for_subscription`);
  const project = await findProject(app, rule.organization, message.projectId);
  let value: number | null | undefined;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const before = await loadState(app, message);
    if (before === undefined) return app.metrics.count(`${counter}.ignore_deleted_project`);
    if (project === undefined) {
      if (!(await stopRule(app, rule, before, evaluateAtMs))) continue;
      return app.metrics.count(`${counter}.ignore_deleted_project`);
    }
    const unconfirmed = await queueAgain(app, before);
    if (before.lastUpdate !== null && evaluateAtMs <= Date.parse(before.lastUpdate)) {
      return app.metrics.count(`${counter}.skipping_already_processed_update`);
    }
    value ??= await readValue(app, rule, message, evaluateAtMs);
    const verdict = judgeRule(rule, before, value, evaluateAtMs);
    const next = { ...stateAfter(rule, before, verdict, evaluateAtMs), unconfirmed };
    const occasion = {
      rule,
      projectId: message.projectId,
      value,
      actions: verdict.trigger.actions,
      evaluateAtMs,
      nowMs: app.clock.now(),
      notificationId: randomUUID(),
    };
    const told = await recordVerdict(app, { before, next, verdict, occasion });
    if (told === undefined) continue;
    countVerdict(app, verdict);
    return app.notifications.send(told);
  }
  throw new UnavailableError(messages.evaluationContended, 1);
}

/**
 * Queues what the rule has told of and is not sent, so that it waits for a minute and not for the queue to bring it back;
 * says what to look at again next time.
 */
async function queueAgain(app: EvaluationApp, { unconfirmed }: RuleState): Promise<NotificationAddress[]> {
  const told = await Promise.all(unconfirmed.map((address) => loadNotification(app, address)));
  const { open, ready } = planSending(
    told.filter((notification) => notification !== undefined),
    app.clock.now(),
  );
  await app.notifications.send(ready.map(addressOf));
  return open.map(addressOf);
}

async function readValue(
  app: EvaluationApp,
  rule: AlertRule,
  { projectId }: EvaluationMessage,
  endMs: number,
): Promise<number | null> {
  const metric = watchedCounter(rule);
  const startMs = endMs - rule.windowSeconds * 1_000;
  return sumOverWindow(app, { organization: rule.organization, projectId, metric, startMs, endMs });
}

function countVerdict(app: EvaluationApp, { judgement }: Verdict): void {
  if (judgement.counted !== undefined) app.metrics.count(`${counter}.threshold.${judgement.counted}`);
  if (judgement.change !== undefined) app.metrics.count(`${counter}.trigger.${judgement.change}`);
}
