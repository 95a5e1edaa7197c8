import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertRule } from '../lib/alerts/alert-rule-store.ts';
import type { Destination } from '../lib/alerts/destination.ts';
import { type ChartJob, renderAlert, sendIncidentChart } from '../lib/alerts/index.ts';
import { loadNotifications } from '../lib/alerts/notification-store.ts';
import type { NotificationAddress } from '../lib/alerts/queue-messages.ts';
import { isoTime } from '../lib/platform/clock.ts';
import type { Slack } from '../lib/slack/index.ts';
import { alertTitle } from './support/alert-titles.ts';
import { createRule, sendErrors } from './support/alerting-app.ts';
import { createDrawingApp, type DrawingApp, delivery } from './support/drawing-app.ts';
import { slackChannels, slackWorkspace } from './support/slack-server.ts';
import { storeTelling } from './support/telling.ts';

// An incident is told and resolved, with its charts; the process dies right behind each of its calls to the world outside, one
// after the other. What the queues bring again ends in the same: one message, one answer, one chart to be seen.

type Work = (app: DrawingApp) => Promise<void>;

const { teamId } = slackWorkspace;
const channel: Destination = {
  ...{ kind: 'channel', teamId },
  ...{ channelId: slackChannels.alerts.id, channelName: slackChannels.alerts.name },
};
const longerThanAClaim = 120_000;

let app: DrawingApp;
let rule: AlertRule;
let incident = 0;
beforeAll(async () => {
  app = await createDrawingApp();
  rule = await createRule(app);
  await sendErrors(app, 12);
});
afterAll(() => app.slackServer.stop());

/** The app of a process that dies behind its n-th call to the world outside. */
function mortal(dies: number): { readonly app: DrawingApp; readonly calls: () => number } {
  let calls = 0;
  const call = async (made: () => Promise<unknown>): Promise<unknown> => {
    calls += 1;
    if (calls > dies) throw new Error('the process died');
    const result = await made();
    if (calls >= dies) throw new Error('the process died');
    return result;
  };
  const through = <T extends object>(world: T): T =>
    new Proxy(world, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name === 'within') return () => through(target);
        if (name === 'queryAll') return value.bind(target);
        return (...given: unknown[]) => call(() => value.apply(target, given) as Promise<unknown>);
      },
    });
  return {
    app: { ...app, table: through(app.table), charts: through(app.charts), slack: through<Slack>(app.slack) },
    calls: () => calls,
  };
}

async function tell(status: 'critical' | 'closed'): Promise<NotificationAddress> {
  const startedAt = isoTime(app.clock.now() - 60_000);
  const told = {
    rule,
    change: status === 'critical' ? 3 : 4,
    status,
    incident: { identifier: incident, projectId: rule.projectId, startedAt },
  };
  const [address] = await storeTelling(app, told, [channel]);
  if (address === undefined) throw new TypeError('nothing is told');
  return address;
}

const chart = (job: ChartJob) => async (world: DrawingApp) => {
  if (job.kind === 'incident-chart') await sendIncidentChart(world, job, delivery);
};

/** Works through an incident; each piece of work comes again until it is done. */
async function live(run: (work: Work) => Promise<void>): Promise<void> {
  incident += 1;
  for (const status of ['critical', 'closed'] as const) {
    const address = await tell(status);
    await run((world) => renderAlert(world, address));
    for (const job of app.charts.takeAll()) await run(chart(job));
  }
}

async function outcome() {
  const messages = app.slackServer.messages().filter(({ text }) => text.includes(`alert=${incident}&`));
  const stored = await loadNotifications(app, { organization: 'acme', incident });
  return {
    titles: messages.map(({ text }) => alertTitle(text)),
    charts: messages.map(({ attachments = [] }) => JSON.stringify(attachments).split('"slack_file"').length - 1),
    states: stored.map(({ state }) => state),
  };
}

const whole = { titles: ['Resolved', 'Resolved'], charts: [1, 0], states: ['sent', 'sent'] };

describe('an incident whose process dies behind any of its calls', () => {
  it('is told as if it had not', async () => {
    const all = mortal(Number.POSITIVE_INFINITY);
    await live((work) => work(all.app));
    expect(await outcome()).toEqual(whole);
    for (let dies = 1; dies <= all.calls(); dies += 1) {
      let world = mortal(dies).app;
      await live(async (work) => {
        await work(world).catch(async (error: unknown) => {
          if (!String(error).includes('the process died')) throw error;
          world = app;
          app.clock.advance(longerThanAClaim);
          await work(world);
        });
        app.clock.advance(2_000);
      });
      expect(await outcome(), `at call ${dies} of ${all.calls()}`).toEqual(whole);
    }
  }, 60_000);
});
