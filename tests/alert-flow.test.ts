import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evaluateAlert, renderAlert, scheduleAlerts } from '../lib/alerts/index.ts';
import { ingestEnvelope } from '../lib/metrics/index.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { deleteProject } from '../lib/projects/index.ts';
import {
  type AlertingApp,
  countPoints,
  createAlertingApp,
  createRule,
  drain,
  schedule,
  sendErrors,
} from './support/alerting-app.ts';
import { arrayQueue } from './support/array-queue.ts';
import { slackChannels } from './support/slack-server.ts';
import { testStart } from './support/test-app.ts';

const minute = 60_000;

let app: AlertingApp;
beforeEach(async () => {
  app = await createAlertingApp();
});
afterEach(() => app.slackServer.stop());

/** Lets so much time pass, then runs the schedule and all that follows from it. */
async function passAndRun(milliseconds: number): Promise<void> {
  app.clock.advance(milliseconds);
  await schedule(app);
  await drain(app);
}

/** The first lines of all messages, with the colours of their boxes. */
function said() {
  return app.slackServer.messages().map(({ text, attachments, thread_ts }) => ({
    title: /\|\*(.*)\*>/u.exec(text)?.[1],
    color: attachments?.[0]?.color,
    ...(thread_ts !== undefined && { thread: true }),
  }));
}

const critical = { title: 'Critical: Checkout errors', color: '#FA4747' };
const resolved = { title: 'Resolved: Checkout errors', color: '#4DC771' };
const resolvedInThread = { ...resolved, thread: true };

describe('from points to a message in Slack', () => {
  it('one message tells that there were too many', async () => {
    const rule = await createRule(app);
    await sendErrors(app, 4);
    app.clock.advance(20_000);
    await sendErrors(app, 7);
    await passAndRun(15_000);
    const startedAt = Date.parse(testStart);
    const [message, ...others] = app.slackServer.messages();
    expect(others).toEqual([]);
    const link = `https://postflow.example/organizations/acme/alerts/rules/details/${rule.id}/?alert=1&referrer=metric_alert_slack&notification_uuid=`;
    expect(message).toMatchObject({ channel: slackChannels.alerts.id });
    expect(message?.text).toMatch(
      new RegExp(`^<${link.replace(/[/?.]/gu, '\\$&')}[0-9a-f-]{36}\\|\\*Critical: Checkout errors\\*>$`, 'u'),
    );
    expect(message?.attachments).toEqual([
      {
        color: '#FA4747',
        fallback: 'Critical: Checkout errors (sum(checkout.errors) is 11 over the last minute)',
        blocks: [
          {
            type: 'section',
            text: {
              type: 'mrkdwn',
              text: `sum(checkout.errors) is 11 over the last minute\n<!date^${startedAt / 1_000}^Started {date_pretty} at {time}|Started 2026-03-02 09:00 UTC>`,
            },
          },
          { type: 'context', elements: [{ type: 'mrkdwn', text: 'Rule *Checkout errors* in project *web*' }] },
          expect.objectContaining({ type: 'actions' }),
        ],
      },
    ]);
    expect(Object.fromEntries(app.counted)).toEqual({
      'metrics.points.accepted': 2,
      'metrics.points.stored': 2,
      'incidents.alert_rules.threshold.alert': 1,
      'incidents.alert_rules.trigger.fire': 1,
      'integrations.slack.metric_alert.success': 1,
    });
  });

  it('nothing is told at exactly the threshold', async () => {
    await createRule(app);
    await sendErrors(app, 10);
    await passAndRun(1_000);
    expect(said()).toEqual([]);
    await sendErrors(app, 11);
    await passAndRun(1_000);
    expect(said()).toEqual([critical]);
  });

  it('points are seen by the next run of the schedule, however soon it comes', async () => {
    await createRule(app);
    await passAndRun(0);
    await sendErrors(app, 11);
    await passAndRun(1_000);
    expect(said()).toEqual([critical]);
  });

  it('an alert goes on without a word, its end is told in the thread and on the first message, and another follows after ten minutes', async () => {
    await createRule(app);
    await sendErrors(app, 11);
    await passAndRun(1_000);
    await sendErrors(app, 20);
    await passAndRun(minute);
    expect(said()).toEqual([critical]);
    await passAndRun(2 * minute);
    expect(said()).toEqual([resolved, resolvedInThread]);
    const [first, reply] = app.slackServer.messages();
    expect(reply?.thread_ts).toBe(first?.ts);
    expect(reply?.attachments?.[0]?.fallback).toBe(
      'Resolved: Checkout errors (No data for sum(checkout.errors) in the last minute)',
    );
    await sendErrors(app, 12);
    await passAndRun(minute);
    expect(said()).toEqual([resolved, resolvedInThread]);
    await passAndRun(10 * minute);
    await sendErrors(app, 12);
    await passAndRun(minute);
    expect(said()).toEqual([resolved, resolvedInThread, critical]);
    expect(app.slackServer.messages()[2]?.text).toContain('?alert=2&');
  });

  it('two rules of an organization open incidents with numbers of their own', async () => {
    await createRule(app);
    await createRule(app, { name: 'Again', threshold: 3 });
    await createRule(app, { name: 'Not yet', threshold: 30 });
    await sendErrors(app, 11);
    app.clock.advance(1_000);
    await schedule(app);
    await Promise.all(app.evaluations.takeAll().map((message) => evaluateAlert(app, message)));
    await drain(app);
    const texts = app.slackServer.messages().map(({ text }) => text);
    expect(new Set(texts.map((text) => /alert=(\d+)/u.exec(text)?.[1]))).toEqual(new Set(['1', '2']));
    expect(texts).toHaveLength(2);
  });
});

describe('a total beyond what a number holds exactly', () => {
  it('alerts, and its end is told', async () => {
    await createRule(app);
    const lines = async (count: number, value: string) => {
      const item = Array(count).fill(`checkout.errors:${value}|c`).join('\n');
      const body = Buffer.from(`{}\n{"type":"statsd","length":${item.length}}\n${item}\n`);
      const answer = await ingestEnvelope(app, { organization: 'acme', projectId: app.project.id, body });
      await countPoints(app);
      return answer;
    };
    for (const _ of [1, 2]) expect(await lines(9_000, '1000000000000')).toMatchObject({ accepted: 9_000, dropped: [] });
    await lines(1, '0.5');
    await passAndRun(1_000);
    expect(said()).toEqual([critical]);
    expect(app.slackServer.messages()[0]?.attachments?.[0]?.fallback).toContain('is 18,000,000,000,000,000 over');
    await passAndRun(2 * minute);
    expect(said()).toEqual([resolved, resolvedInThread]);
  });
});

describe('what is stored of an incident', () => {
  it('says when it began, was seen and ended, and what happened to it', async () => {
    const rule = await createRule(app);
    await sendErrors(app, 11);
    await passAndRun(30_000);
    await passAndRun(2 * minute);
    const partition = 'INCIDENT#acme#1';
    const items = await Array.fromAsync(app.table.queryAll({ partition, consistent: true }));
    const { pk: _, sk: __, ...incident } = items.find(({ itemType }) => itemType === 'incident') ?? {};
    expect(incident).toEqual({
      itemType: 'incident',
      organization: 'acme',
      identifier: 1,
      ruleId: rule.id,
      projectId: app.project.id,
      status: 'closed',
      startedAt: '2026-03-02T09:00:00.000Z',
      detectedAt: '2026-03-02T09:01:00.000Z',
      createdAt: '2026-03-02T09:01:00.000Z',
      closedAt: '2026-03-02T09:01:00.000Z',
      worstValue: 11,
      lastValue: null,
      gsi1pk: `ALERT_RULE#${rule.id}#INCIDENTS`,
      gsi1sk: '00000001',
      gsi2pk: 'ORG#acme#INCIDENTS',
      gsi2sk: '00000001',
    });
    const activities = items.filter(({ itemType }) => itemType === 'incident activity');
    expect(activities.map(({ type, at, from, to }) => [type, at, from, to])).toEqual([
      ['detected', '2026-03-02T09:00:00.000Z', undefined, undefined],
      ['created', '2026-03-02T09:01:00.000Z', undefined, undefined],
      ['status_change', '2026-03-02T09:01:00.000Z', 'open', 'critical'],
      ['status_change', '2026-03-02T09:03:00.000Z', 'critical', 'closed'],
    ]);
    const notifications = items.filter(({ itemType }) => itemType === 'notification');
    expect(notifications.map(({ status, state, change }) => [status, state, change])).toEqual([
      ['critical', 'sent', 3],
      ['closed', 'sent', 4],
    ]);
  });
});

describe('a rule whose project is deleted', () => {
  const remove = () =>
    deleteProject({ ...app, randomText, deletions: arrayQueue() }, { organization: 'acme', project: 'web' });

  it('does not alert, and is never due again', async () => {
    await createRule(app);
    await sendErrors(app, 11);
    await remove();
    await passAndRun(1_000);
    expect(said()).toEqual([]);
    expect(app.counted.get('incidents.alert_rules.ignore_deleted_project')).toBe(1);
    expect(await Array.fromAsync(app.table.queryAll({ partition: 'INCIDENT#acme#1', consistent: true }))).toEqual([]);
    await schedule(app);
    app.clock.advance(minute);
    await schedule(app);
    expect(app.evaluations.takeAll()).toEqual([]);
  });

  it('has its open incident closed without a word, however often it is evaluated', async () => {
    await createRule(app);
    await sendErrors(app, 11);
    await passAndRun(1_000);
    await remove();
    app.clock.advance(minute);
    await schedule(app);
    const [message] = app.evaluations.takeAll();
    if (message === undefined) throw new TypeError('the rule was not due');
    await Promise.all([evaluateAlert(app, message), evaluateAlert(app, message)]);
    await evaluateAlert(app, message);
    await drain(app);
    expect(said()).toEqual([critical]);
    const items = await Array.fromAsync(app.table.queryAll({ partition: 'INCIDENT#acme#1', consistent: true }));
    expect(items.find(({ itemType }) => itemType === 'incident')).toMatchObject({
      status: 'closed',
      closedAt: '2026-03-02T09:02:00.000Z',
    });
    expect(items.filter(({ to }) => to === 'closed')).toHaveLength(1);
  });
});

describe('doing it twice', () => {
  it('two schedulers at once cause one evaluation', async () => {
    await createRule(app);
    await sendErrors(app, 11);
    app.clock.advance(1_000);
    await Promise.all([schedule(app), schedule(app)]);
    const messages = app.evaluations.takeAll();
    expect(messages).toHaveLength(2);
    await Promise.all(messages.map((message) => evaluateAlert(app, message)));
    await drain(app);
    expect(said()).toEqual([critical]);
    expect(app.counted.get('incidents.alert_rules.trigger.fire')).toBe(1);
    expect(app.counted.get('incidents.alert_rules.skipping_already_processed_update')).toBe(1);
  });

  it('the schedule hands out a rule again only for a later time', async () => {
    await createRule(app);
    await passAndRun(1_000);
    expect(await scheduleAlerts(app, { scheduledTime: testStart })).toMatchObject({ due: 0 });
    await schedule(app);
    expect(app.evaluations.takeAll()).toEqual([]);
    app.clock.advance(1_000);
    await schedule(app);
    expect(app.evaluations.takeAll()).toHaveLength(1);
  });

  it('an evaluation that comes again, late or out of order changes nothing and sends nothing new', async () => {
    await createRule(app);
    await sendErrors(app, 11);
    app.clock.advance(1_000);
    await schedule(app);
    const [early] = app.evaluations.takeAll();
    if (early === undefined) throw new TypeError('the rule was not due');
    await evaluateAlert(app, { ...early, evaluateAt: '2026-03-02T09:00:30.000Z' });
    await evaluateAlert(app, early);
    await drain(app);
    await evaluateAlert(app, early);
    await drain(app);
    expect(said()).toEqual([critical]);
  });

  it('a notification that comes again, or twice at once, is sent once', async () => {
    await createRule(app);
    await sendErrors(app, 11);
    app.clock.advance(1_000);
    await schedule(app);
    for (const message of app.evaluations.takeAll()) await evaluateAlert(app, message);
    const [address] = app.notifications.takeAll();
    if (address === undefined) throw new TypeError('nothing was to be told');
    await Promise.allSettled([renderAlert(app, address), renderAlert(app, address), renderAlert(app, address)]);
    await renderAlert(app, address);
    expect(said()).toEqual([critical]);
  });

  it('a rule that is gone is not evaluated', async () => {
    await evaluateAlert(app, {
      organization: 'acme',
      projectId: app.project.id,
      evaluateAt: testStart,
      ruleIds: ['1'],
    });
    expect(app.counted.get('incidents.alert_rules.no_alert_rule_for_subscription')).toBe(1);
  });
});
