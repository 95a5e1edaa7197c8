import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findNewestIncidents } from '../lib/alerts/incident-store.ts';
import {
  type AlertRule,
  type EvaluationMessage,
  evaluateAlert,
  type NotificationAddress,
  renderAlert,
  scheduleAlerts,
} from '../lib/alerts/index.ts';
import { loadNotifications } from '../lib/alerts/notification-store.ts';
import { isoTime } from '../lib/platform/clock.ts';
import { alertTitle } from './support/alert-titles.ts';
import { type AlertingApp, createAlertingApp, createRule, sendErrors } from './support/alerting-app.ts';
import { type Failure, failOnce } from './support/fail-once.ts';

let app: AlertingApp;
beforeAll(async () => {
  app = await createAlertingApp();
});
afterAll(() => app.slackServer.stop());

const minute = 60_000;
/** What comes in each minute of an incident: it becomes too much, stays so for another minute, and is over. */
const life = [11, 11, 0];
/** Time for what failed to come again. */
const afterwards = [0, 0, 0, 0];

/** What is still to be done. */
interface Work {
  evaluations: EvaluationMessage[];
  notifications: NotificationAddress[];
}

/** Lives through an incident as its queues would have it: what fails comes again a minute later. */
async function live(world: AlertingApp, errors: readonly number[]): Promise<void> {
  let left: Work = { evaluations: [], notifications: [] };
  for (const count of errors) {
    if (count > 0) await sendErrors(app, count);
    app.clock.advance(minute - (app.clock.now() % minute));
    await scheduleAlerts(world, { scheduledTime: isoTime(app.clock.now()) }).catch(() => undefined);
    left = await workOff(world, left);
    app.clock.advance(1_000);
  }
}

async function workOff(world: AlertingApp, { evaluations, notifications }: Work): Promise<Work> {
  const failed: Work = { evaluations: [], notifications: [] };
  evaluations.push(...app.evaluations.takeAll());
  for (const message of evaluations) {
    await evaluateAlert(world, message).catch(() => failed.evaluations.push(message));
  }
  notifications.push(...app.notifications.takeAll());
  for (const address of notifications) {
    await renderAlert(world, address).catch(() => failed.notifications.push(address));
  }
  return failed;
}

/** Lives through an incident of a rule of its own, and tells what is seen and stored of it in the end. */
async function liveWith(number: number, failure: Failure, errors = [...life, ...afterwards]) {
  const rule = await createRule(app);
  const trouble = failOnce(number, failure);
  const { table, metricsTable, slack, evaluations, notifications } = app;
  const before = app.slackServer.messages().length;
  const world = {
    ...app,
    table: trouble.over('table', table),
    metricsTable: trouble.over('metrics', metricsTable),
    slack: trouble.over('slack', slack),
    evaluations: trouble.over('evaluations', evaluations),
    notifications: trouble.over('notifications', notifications),
    charts: trouble.over('charts', app.charts),
  };
  await live(world, errors);
  await forget(rule);
  return { trouble, end: await endOf(rule, before) };
}

/** Later lives are not to look at it. */
async function forget({ id, projectId }: AlertRule): Promise<void> {
  const pk = `ALERT_RULE#${id}`;
  await app.table.write([{ delete: { pk, sk: 'RULE' } }, { delete: { pk, sk: `STATE#${projectId}` } }]);
}

async function endOf(rule: AlertRule, before: number) {
  const incidents = await findNewestIncidents(app, rule, 10);
  const told = await Promise.all(
    incidents.map(({ organization, identifier }) => loadNotifications(app, { organization, incident: identifier })),
  );
  return {
    messages: app.slackServer
      .messages()
      .slice(before)
      .map(({ text, thread_ts: thread }) => {
        const title = alertTitle(text);
        return thread === undefined ? title : `→ ${title}`;
      }),
    incidents: incidents.map(({ status }) => status),
    notifications: told.flat().map(({ status, state }) => `${status} ${state}`),
  };
}

const whole = {
  messages: ['Resolved', '→ Resolved'],
  incidents: ['closed'],
  notifications: ['critical sent', 'closed sent'],
};

/** The numbers of the calls that fail; of the partitions that are asked at the same time for what is due, the first. */
function numbersOf(calls: readonly string[]): number[] {
  return calls.flatMap((name, index) => (name === 'table.query' && name === calls[index - 1] ? [] : [index + 1]));
}

describe('the life of an incident', () => {
  it.each<Failure>(['before', 'after'])(
    'ends the same whichever call fails on the way: %s it did something',
    async (failure) => {
      const { trouble, end } = await liveWith(Number.POSITIVE_INFINITY, failure, life);
      expect(end).toEqual(whole);
      for (const number of numbersOf(trouble.calls)) {
        const one = await liveWith(number, failure);
        expect(one.end, `call ${number}, ${one.trouble.failed}`).toEqual(whole);
      }
      expect(new Set(trouble.calls)).toEqual(
        new Set([
          ...[
            'charts.send',
            'evaluations.send',
            'metrics.queryAll',
            'notifications.send',
            'slack.postMessage',
            'slack.updateMessage',
          ],
          ...[
            'table.batchGet',
            'table.get',
            'table.put',
            'table.query',
            'table.queryAll',
            'table.update',
            'table.write',
          ],
        ]),
      );
    },
    120_000,
  );
});
