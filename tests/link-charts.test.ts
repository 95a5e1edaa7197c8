import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertRule } from '../lib/alerts/alert-rule-store.ts';
import type { ChartInput } from '../lib/alerts/charts/chart-input.ts';
import { type LinkChartApp, type LinkChartJob, sendLinkChart, showAlert } from '../lib/alerts/index.ts';
import type { Delivery } from '../lib/platform/delivery.ts';
import { switchOffWorkspace } from '../lib/slack/index.ts';
import { createRule, drain, schedule, sendErrors, slackPerson } from './support/alerting-app.ts';
import { createDrawingApp, type DrawingApp, delivery } from './support/drawing-app.ts';
import { asFunction } from './support/granted-actions.ts';
import { linkedMember } from './support/people-in-slack.ts';
import { slackChannels, slackWorkspace } from './support/slack-server.ts';

type App = DrawingApp & LinkChartApp;

const { teamId } = slackWorkspace;
const channelId = slackChannels.alerts.id;
const minute = 60_000;

let app: App;
let rule: AlertRule;
let userId: string;
let drawn: ChartInput[];
beforeEach(async () => {
  drawn = [];
  const drawing = await createDrawingApp();
  const draw = (input: ChartInput) => {
    drawn.push(input);
    return drawing.draw(input);
  };
  app = { ...drawing, draw };
  userId = await linkedMember(app, slackPerson);
  rule = await createRule(app);
});
afterEach(() => app.slackServer.stop());

/** Somebody shares a link, which is told in words; gives the job of its chart. */
async function share(incident?: number): Promise<LinkChartJob> {
  const page = `${app.publicUrl}/organizations/acme/alerts/rules/details/${rule.id}/`;
  const url = incident === undefined ? page : `${page}?alert=${incident}`;
  const { ts: messageTs } = await app.slack.postMessage(teamId, {
    channel: channelId,
    message: { text: `look: ${url}` },
    mark: { eventType: 'test', id: url },
  });
  const about = { organization: 'acme', ruleId: rule.id, ...(incident !== undefined && { incident }) };
  const job: LinkChartJob = {
    ...{ kind: 'link-chart', ...about, userId, teamId, channelId, messageTs, url, eventId: 'Ev1' },
  };
  await tell(job);
  return job;
}

/** Shows a link in words. */
async function tell({ organization, ruleId, incident, channelId: channel, messageTs: ts, url }: LinkChartJob) {
  const box = await showAlert(app, { caller: { organization, userId }, ruleId, incident });
  if (box === undefined) throw new TypeError('the rule is not shown');
  await app.slack.unfurl(teamId, { channel, ts }, { [url]: box });
}

const chart = (job: LinkChartJob, over: App = app, how: Partial<Delivery> = {}) =>
  asFunction('render-chart', () => sendLinkChart(over, job, { ...delivery, ...how }));

/** What stands below the message: the words, and the picture if there is one. */
function below({ messageTs }: LinkChartJob) {
  const attachments = app.slackServer.messages().find(({ ts }) => ts === messageTs)?.attachments ?? [];
  const blocks = attachments.flatMap((one) => one.blocks ?? []);
  const picture = blocks.find(({ type }) => type === 'image');
  const words = JSON.stringify(blocks.filter((block) => block !== picture));
  return { boxes: attachments.length, words, picture };
}

async function openIncident(): Promise<void> {
  await sendErrors(app, 12);
  app.clock.advance(minute);
  await schedule(app);
  await drain(app);
}

const logged = () => app.lines.filter(({ level }) => level !== 'info').map(({ message }) => message);

describe('a link to a rule', () => {
  it('gets the chart of the last day beside its words, once, when nothing is wrong', async () => {
    const job = await share();
    const { words } = below(job);
    await chart(job);
    await chart(job);
    expect(below(job)).toEqual({
      boxes: 1,
      words,
      picture: expect.objectContaining({ slack_file: { id: app.slackServer.files()[0]?.id } }),
    });
    expect(drawn.map(({ fromMs, untilMs }) => [fromMs, untilMs])).toEqual([
      [app.clock.now() - 1_440 * minute, app.clock.now()],
    ]);
  });

  it('stays in words when its metric cannot be read', async () => {
    Object.assign(app, { evaluationLimits: { partitions: 0, buckets: 0, numbers: 0 } });
    app.clock.advance(minute);
    await schedule(app);
    await drain(app);
    const job = await share();
    const { words } = below(job);
    expect(words).toContain('Cannot be read');
    await chart(job);
    expect(below(job)).toEqual({ boxes: 1, words, picture: undefined });
    expect(drawn).toEqual([]);
  });

  it('gets the chart of the incident that is open, and of the one that it names', async () => {
    await openIncident();
    const startedAt = app.clock.now() - minute;
    const [open, named] = [await share(), await share(1)];
    await chart(open);
    app.clock.advance(2 * minute);
    await schedule(app);
    await drain(app);
    app.clock.advance(200 * minute);
    await chart(named);
    expect(below(named).words).toContain('Resolved');
    expect(below(named).picture).toMatchObject({ alt_text: expect.stringMatching(/highest 12 .*Incident 1: /u) });
    expect(drawn).toMatchObject([
      { fromMs: startedAt - 75 * minute, incidents: [{ identifier: 1, endMs: null }] },
      { fromMs: startedAt - 75 * minute, incidents: [{ identifier: 1, endMs: expect.any(Number) }] },
    ]);
    expect(drawn[1]?.untilMs).toBeLessThan(app.clock.now());
  });

  it('has its picture again when whoever told it in words died before that was recorded, and told it once more', async () => {
    const job = await share();
    await chart(job);
    const picture = below(job).picture;
    await tell(job);
    expect(below(job).picture).toBeUndefined();
    await chart(job);
    expect(below(job).picture).toEqual(picture);
    expect(drawn).toHaveLength(1);
  });

  it('is shown anew, with a picture, when Slack tells of it once more', async () => {
    const job = await share();
    await chart(job);
    await chart({ ...job, eventId: 'Ev2' });
    expect(below(job).picture).toMatchObject({ slack_file: { id: app.slackServer.files()[1]?.id } });
  });

  it('keeps its words alone when nobody may be shown more', async () => {
    const job = await share();
    for (const changes of [{ userId: 'somebody who has left' }, { ruleId: '1' }, { organization: 'globex' }]) {
      await chart({ ...job, ...changes, eventId: JSON.stringify(changes) });
    }
    await switchOffWorkspace(app, { teamId, reason: 'app_uninstalled', eventTime: app.clock.now() / 1_000 + 60 });
    await chart(job);
    expect([below(job).picture, drawn]).toEqual([undefined, []]);
    expect(logged()).toEqual([]);
  });
});

describe('in trouble', () => {
  it.each<[string, (job: LinkChartJob) => [App, Partial<Delivery>]]>([
    ['that cannot be drawn', () => [{ ...app, draw: () => Promise.reject(new RangeError('too much')) }, {}]],
    ['that Slack does not take', () => [failing('files.getUploadURLExternal', { error: 'missing_scope' }), {}]],
    ['below a message that is gone', () => [failing('chat.unfurl', { error: 'cannot_find_message' }), {}]],
    ['at its last attempt', () => [failing('chat.unfurl', { status: 503 }), { lastAttempt: true }]],
  ])('a chart %s leaves the words as they are, for good', async (_, given) => {
    const job = await share();
    const { words } = below(job);
    await chart(job, ...given(job));
    await chart(job);
    expect(below(job)).toEqual({ boxes: 1, words, picture: undefined });
    expect(logged()).toContain('a link to a rule is shown without a chart');
  });

  it.each(['invalid_blocks', 'cannot_parse_attachment'])(
    'a file that Slack has not looked at yet is waited for: %s',
    async (error) => {
      const job = await share();
      await chart(job, failing('chat.unfurl', { error, times: 3 }));
      expect(below(job).picture).toBeDefined();
    },
  );

  it('a picture that was uploaded is used by the next attempt', async () => {
    const job = await share();
    await expect(chart(job, failing('chat.unfurl', { status: 503 }))).rejects.toThrow();
    expect(below(job).picture).toBeUndefined();
    await chart(job);
    expect(below(job).picture).toMatchObject({ slack_file: { id: app.slackServer.files()[0]?.id } });
    expect(drawn).toHaveLength(1);
  });
});

function failing(...given: Parameters<App['slackServer']['fail']>): App {
  app.slackServer.fail(...given);
  return app;
}
