import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StandInFailure } from '../infra/local/slack/failures.ts';
import type { AlertRule } from '../lib/alerts/alert-rule-store.ts';
import type { Destination } from '../lib/alerts/destination.ts';
import { type ChartJob, renderAlert, sendIncidentChart } from '../lib/alerts/index.ts';
import { loadNotifications } from '../lib/alerts/notification-store.ts';
import type { ToldChange } from '../lib/alerts/plan-notifications.ts';
import type { Delivery } from '../lib/platform/delivery.ts';
import { alertTitle } from './support/alert-titles.ts';
import { createRule, sendErrors, slackPerson } from './support/alerting-app.ts';
import { createDrawingApp, type DrawingApp, delivery } from './support/drawing-app.ts';
import { asFunction } from './support/granted-actions.ts';
import { slackChannels, slackWorkspace } from './support/slack-server.ts';
import { storeTelling } from './support/telling.ts';

const { teamId } = slackWorkspace;
const { id: channelId, name: channelName } = slackChannels.alerts;
const channel: Destination = { kind: 'channel', teamId, channelId, channelName };
const person: Destination = { kind: 'person', teamId, slackUserId: slackPerson.id, userId: 'u-1', name: 'Ada' };

let app: DrawingApp;
let rule: AlertRule;
beforeEach(async () => {
  app = await createDrawingApp();
  rule = await createRule(app);
  await sendErrors(app, 12);
  app.clock.advance(60_000);
});
afterEach(() => app.slackServer.stop());

type Told = Pick<ToldChange, 'change' | 'status'> & Partial<ToldChange>;

/** Tells of a change, and gives the chart that it asks for. */
async function tell(told: Told, destination = channel, changes: Partial<AlertRule> = {}): Promise<ChartJob[]> {
  const addresses = await storeTelling(app, { rule: { ...rule, ...changes }, ...told }, [destination]);
  for (const address of addresses) await asFunction('render-alert', () => renderAlert(app, address));
  return app.charts.takeAll();
}

async function chart(jobs: readonly ChartJob[], over: DrawingApp = app, how: Partial<Delivery> = {}): Promise<void> {
  for (const job of jobs) {
    if (job.kind !== 'incident-chart') throw new TypeError('Nobody has asked for that.');
    await asFunction('render-chart', () => sendIncidentChart(over, job, { ...delivery, ...how }));
  }
}

const critical = { change: 3, status: 'critical' } as const;
const resolved = { change: 4, status: 'closed' } as const;

/** What every message says in its title, and the number of the picture that it shows. */
const shown = () =>
  app.slackServer.messages().map(({ text, attachments = [] }) => {
    const image = attachments.flatMap(({ blocks = [] }) => blocks).find(({ type }) => type === 'image');
    const file =
      image?.type === 'image' && image.slack_file !== undefined && 'id' in image.slack_file && image.slack_file.id;
    return `${alertTitle(text)}${file ? ` ${Number(file.slice(1))}` : ''}`;
  });

const logged = () => app.lines.filter(({ level }) => level !== 'info').map(({ message }) => message);

describe('the message of an incident', () => {
  it('stands in its channel before anything is drawn, and shows the chart as soon as there is one, once', async () => {
    const jobs = await tell(critical);
    expect(jobs).toEqual([
      { kind: 'incident-chart', organization: 'acme', incident: 1, change: 3, target: `slack:${teamId}:${channelId}` },
    ]);
    expect(shown()).toEqual(['Critical']);
    await chart(jobs);
    await chart(jobs);
    expect(shown()).toEqual(['Critical 1']);
    expect(app.drawings()).toBe(1);
    expect(app.slackServer.files()).toHaveLength(1);
  });

  it('says the numbers to those who do not see the picture', async () => {
    await chart(await tell(critical));
    const [block] =
      app.slackServer.messages()[0]?.attachments?.[0]?.blocks?.filter(({ type }) => type === 'image') ?? [];
    expect(block).toMatchObject({
      alt_text: expect.stringMatching(/highest 12 .*Above the critical threshold of 10/u),
    });
    expect(app.slackServer.files()[0]?.altText).toContain('highest 12');
  });

  it('is brought up to date with its own picture first, and then with a new one', async () => {
    await chart(await tell(critical));
    const jobs = await tell(resolved);
    expect(shown()).toEqual(['Resolved 1', 'Resolved']);
    await chart(jobs);
    expect(shown()).toEqual(['Resolved 2', 'Resolved']);
    const [first] = await loadNotifications(app, { organization: 'acme', incident: 1 });
    expect(first?.chart).toMatchObject({ fileId: app.slackServer.files()[1]?.id, change: 4 });
  });

  it('has the chart of the newest change when that of an earlier one comes late', async () => {
    const late = await tell(critical);
    const jobs = await tell(resolved);
    await chart(late);
    expect(shown()).toEqual(['Resolved', 'Resolved']);
    await chart(jobs);
    await chart(late);
    expect(shown()).toEqual(['Resolved 1', 'Resolved']);
    expect(app.drawings()).toBe(1);
  });

  it('says what was told while its chart was drawn', async () => {
    const late = await tell(critical);
    let later: ChartJob[] = [];
    const draw = async () => {
      later = await tell(resolved);
      return new Uint8Array(9);
    };
    await chart(late, { ...app, draw });
    expect(shown()).toEqual(['Resolved 1', 'Resolved']);
    await chart(later);
    expect(shown()).toEqual(['Resolved 2', 'Resolved']);
  });

  it('shows a chart to a person too, and on each message where they are messages of their own', async () => {
    await chart(await tell(critical, person));
    await chart(await tell({ ...critical, change: 5 }, channel, { threads: 'messages' }));
    await chart(await tell({ ...resolved, change: 6 }, channel, { threads: 'messages' }));
    expect(shown()).toEqual(['Critical 1', 'Critical 2', 'Resolved 3']);
  });

  it('keeps its chart when the rule was changed or deleted: what that is now is another thing', async () => {
    await chart(await tell(critical));
    expect(await tell({ ...resolved, ending: 'rule-updated' })).toEqual([]);
    expect(shown()).toEqual(['Resolved 1', 'Resolved']);
  });

  it('is brought up to date without its picture when somebody has deleted that', async () => {
    await chart(await tell(critical));
    app.slackServer.fail('chat.update', { error: 'invalid_blocks' });
    await tell(resolved);
    expect(shown()).toEqual(['Resolved', 'Resolved']);
  });
});

describe('a crash', () => {
  it('between the message and its chart leaves the chart to whoever gets the notification again', async () => {
    const [address] = await storeTelling(app, { rule, ...critical }, [channel]);
    if (address === undefined) throw new TypeError('nothing is told');
    const charts = { send: () => Promise.reject(new Error('the process died')) };
    await expect(renderAlert({ ...app, charts }, address)).rejects.toThrow('the process died');
    await renderAlert(app, address);
    await chart(app.charts.takeAll());
    expect(shown()).toEqual(['Critical 1']);
  });

  it.each(['uploadFile', 'keepFile', 'updateMessage'] as const)(
    'after %s is survived: the message shows one chart',
    async (method) => {
      const jobs = await tell(critical);
      const within = (remainingMs: number) => {
        const slack = app.slack.within(remainingMs);
        const dying = async (...given: [never, never, never]) => {
          await (slack[method] as (...all: unknown[]) => Promise<unknown>)(...given);
          throw new Error('the process died');
        };
        return { ...slack, [method]: dying };
      };
      await expect(chart(jobs, { ...app, slack: { ...app.slack, within } })).rejects.toThrow('the process died');
      await chart(jobs);
      expect(shown()).toEqual([method === 'updateMessage' ? 'Critical 1' : 'Critical 2']);
    },
  );

  it('after an old text was written over a new one is mended by the next attempt', async () => {
    const late = await tell(critical);
    const within = (remainingMs: number) => {
      const slack = app.slack.within(remainingMs);
      const updateMessage: typeof slack.updateMessage = async (...given) => {
        await tell(resolved);
        await slack.updateMessage(...given);
        throw new Error('the process died');
      };
      return { ...slack, updateMessage };
    };
    await expect(chart(late, { ...app, slack: { ...app.slack, within } })).rejects.toThrow('the process died');
    expect(shown()).toEqual(['Critical 1', 'Resolved']);
    await chart(late);
    expect(shown()).toEqual(['Resolved', 'Resolved']);
  });
});

describe('Slack in trouble', () => {
  it('looks at a file for some seconds before it shows it, which is waited for', async () => {
    app.slackServer.fail('chat.update', { error: 'invalid_blocks', times: 3 });
    await chart(await tell(critical));
    expect(shown()).toEqual(['Critical 1']);
  });

  it('takes longer than that: the same file is tried again when the job comes again', async () => {
    const jobs = await tell(critical);
    app.slackServer.fail('chat.update', { error: 'invalid_attachments', times: 5 });
    await expect(chart(jobs)).rejects.toMatchObject({ code: 'unavailable' });
    await chart(jobs);
    expect(shown()).toEqual(['Critical 1']);
    expect(app.drawings()).toBe(1);
  });

  it.each<[string, StandInFailure, string]>([
    ['files.getUploadURLExternal', { status: 429, retryAfterSeconds: 300 }, 'slack_busy'],
    ['files.completeUploadExternal', { status: 500 }, 'slack_uncertain'],
    ['chat.update', { status: 503 }, 'slack_uncertain'],
    ['chat.update', { status: 503, afterwards: true }, 'slack_uncertain'],
  ])('with %s and %o gets the chart when the job comes again', async (method, failure, code) => {
    const jobs = await tell(critical);
    app.slackServer.fail(method, failure);
    await expect(chart(jobs)).rejects.toMatchObject({ code });
    expect(await loadNotifications(app, { organization: 'acme', incident: 1 })).toMatchObject([{ state: 'sent' }]);
    await chart(jobs);
    expect(shown().map((one) => one.split(' ')[0])).toEqual(['Critical']);
    expect(shown()[0]).toMatch(/^Critical [12]$/u);
  });

  it.each([
    ['files.getUploadURLExternal', 'missing_scope'],
    ['files.completeUploadExternal', 'file_not_found'],
    ['chat.update', 'message_not_found'],
  ])('that refuses %s with %s leaves the message as it is, and nobody tries again', async (method, error) => {
    const jobs = await tell(critical);
    app.slackServer.fail(method, { error });
    await chart(jobs);
    await chart(jobs);
    expect(shown()).toEqual(['Critical']);
    expect(app.counted.get('integrations.slack.chart.failure')).toBe(1);
    expect(logged()).toContain('an incident is shown without a chart');
  });
});

describe('a chart that cannot be drawn', () => {
  it.each([
    ['because drawing fails', { draw: () => Promise.reject(new RangeError('too much')) }, {}],
    ['and is tried for the last time', { slack: undefined }, { lastAttempt: true }],
  ])('%s changes nothing', async (_, parts, how) => {
    const jobs = await tell(critical);
    if ('slack' in parts) app.slackServer.fail('chat.update', { status: 503 });
    await chart(
      jobs,
      { ...app, ...(parts as Partial<DrawingApp>), ...('slack' in parts && { slack: app.slack }) },
      how,
    );
    expect(shown()).toEqual(['Critical']);
    expect(app.counted.get('integrations.slack.chart.failure')).toBe(1);
  });

  it('of a message that could not be posted is not asked for', async () => {
    app.slackServer.fail('chat.postMessage', { error: 'restricted_action' });
    expect(await tell(critical)).toEqual([]);
  });
});
