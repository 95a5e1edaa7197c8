import type { SQSEvent } from 'aws-lambda';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { altTextCharacters } from '../lib/alerts/charts/describe-chart.ts';
import { type AlertRule, type ChartApp, chartPng, chartSvg } from '../lib/alerts/index.ts';
import {
  type AlertingApp,
  createAlertingApp,
  createRule,
  drain,
  schedule,
  sendErrors,
} from '../tests/support/alerting-app.ts';
import { asFunction } from '../tests/support/granted-actions.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { queueDoor } from './middleware/queue-door.ts';
import { door } from './render-chart.ts';

type App = AlertingApp & ChartApp;

let app: App;
let rule: AlertRule;
beforeEach(async () => {
  app = { ...(await createAlertingApp()), draw: (input) => chartPng(chartSvg(input), 0.5) };
  rule = await createRule(app);
  for (const count of [3, 11, 12, 0, 5]) {
    await sendErrors(app, count);
    app.clock.advance(60_000);
    await schedule(app);
    await drain(app);
  }
});
afterEach(() => app.slackServer.stop());

let presses = 0;
/** A message of the queue as it comes when somebody presses the button. */
function press(changes: Readonly<Record<string, unknown>> = {}): SQSEvent {
  presses += 1;
  const event = storedEvent<SQSEvent>('render-chart/rule');
  const [record] = event.Records;
  const body = { ...(JSON.parse(record?.body ?? '') as object), ruleId: rule.id, threadTs: threadTs(), ...changes };
  return {
    Records: [
      { ...(record as SQSEvent['Records'][number]), messageId: `press-${presses}`, body: JSON.stringify(body) },
    ],
  };
}

const threadTs = () => app.slackServer.messages()[0]?.ts;
const deliver = (event: SQSEvent, over: App = app) =>
  asFunction('render-chart', () => queueDoor<App, typeof door.message>(door, async () => over)(event, lambdaContext()));
const done = { batchItemFailures: [] };
const waits = (event: SQSEvent) => ({ batchItemFailures: [{ itemIdentifier: event.Records[0]?.messageId }] });
const charts = () =>
  app.slackServer.messages().filter(({ files, thread_ts }) => files?.length === 1 && thread_ts === threadTs());
const texts = () =>
  app.slackServer.messages().filter(({ files, text }) => files === undefined && text.includes('Lowest'));
const logged = () => JSON.stringify(app.lines, (_, value: unknown) => (value instanceof Error ? String(value) : value));

describe('a chart', () => {
  it('comes into the thread of the message with the numbers in words, once, however often its message comes', async () => {
    const event = press();
    expect(await deliver(event)).toEqual(done);
    expect(await deliver(event)).toEqual(done);
    expect(charts()).toEqual([
      expect.objectContaining({
        channel: 'C0ALERTS01',
        text: expect.stringMatching(
          /^Checkout errors: sum\(checkout.errors\) over 1 minute, .* highest 12 .*Above the critical threshold of 10: .*Incident 1: /su,
        ),
        files: [expect.objectContaining({ title: 'Checkout errors' })],
      }),
    ]);
    app.clock.advance(600_000);
    expect(await deliver(event), 'ten minutes later').toEqual(done);
    expect(charts()).toHaveLength(1);
  });

  it('is a picture that Slack shows, described for who does not see it', async () => {
    await deliver(press());
    const address = charts()[0]?.attachments?.[0]?.image_url ?? '';
    const picture = PNG.sync.read(Buffer.from(await (await fetch(address)).arrayBuffer()));
    expect(picture.width).toBe(200);
    const file = app.slackServer.files()[0];
    expect(file?.altText).toContain('highest 12');
    expect(file?.altText.length).toBeLessThanOrEqual(altTextCharacters);
  });

  it('is made once when the button is pressed twice within a minute, and again after that', async () => {
    await deliver(press());
    app.clock.advance(59_000);
    await deliver(press());
    expect(charts()).toHaveLength(1);
    await deliver(press({ hours: 1 }));
    expect(charts(), 'another one').toHaveLength(2);
    app.clock.advance(1_000);
    await deliver(press());
    expect(charts()).toHaveLength(3);
  });

  it('is made once of two workers that get the same message at once', async () => {
    const event = press();
    await Promise.all([deliver(event), deliver(event)]);
    expect(charts()).toHaveLength(1);
  });
});

describe('after a crash', () => {
  const crashed = (message: string) => new Error(`the process ended: ${message}`);

  it('between sharing and recording it the chart is recognised by its file and not shared again', async () => {
    const event = press();
    let crashes = 1;
    const slack = app.slack.within(60_000);
    const shareFile: typeof slack.shareFile = async (teamId, sharing) => {
      await slack.shareFile(teamId, sharing);
      crashes -= 1;
      if (crashes === 0) throw crashed('after sharing');
    };
    const crashing = { ...app, slack: { ...app.slack, within: () => ({ ...slack, shareFile }) } };
    expect(await deliver(event, crashing)).toEqual(waits(event));
    app.clock.advance(360_000);
    expect(await deliver(event)).toEqual(done);
    expect(charts()).toHaveLength(1);
  });

  it('between uploading and sharing it the same file is shared', async () => {
    const event = press();
    app.slackServer.fail('files.completeUploadExternal', { status: 503 });
    expect(await deliver(event)).toEqual(waits(event));
    expect(await deliver(event)).toEqual(done);
    expect([charts().length, app.slackServer.files().length]).toEqual([1, 1]);
  });

  it('between posting the text instead and recording it the text is recognised by its mark', async () => {
    const event = press();
    const undrawable = { ...app, draw: () => Promise.reject(new RangeError('too much')) };
    const slack = app.slack.within(60_000);
    const postMessage: typeof slack.postMessage = async (teamId, posting) => {
      await slack.postMessage(teamId, posting);
      throw crashed('after posting');
    };
    const crashing = { ...undrawable, slack: { ...app.slack, within: () => ({ ...slack, postMessage }) } };
    expect(await deliver(event, crashing)).toEqual(waits(event));
    app.clock.advance(360_000);
    expect(await deliver(event)).toEqual(done);
    expect([texts().length, charts().length]).toEqual([1, 0]);
  });
});

describe('what cannot be', () => {
  it.each([
    ['drawn', { draw: () => Promise.reject(new RangeError('too much')) }, undefined],
    ['uploaded', {}, 'files.getUploadURLExternal'],
  ] as const)('%s becomes the numbers in words, in the same thread', async (_, parts, method) => {
    if (method !== undefined) app.slackServer.fail(method, { status: 500 });
    expect(await deliver(press(), { ...app, ...parts })).toEqual(done);
    expect(charts()).toEqual([]);
    expect(texts()).toEqual([
      expect.objectContaining({ thread_ts: threadTs(), text: expect.stringContaining('highest 12') }),
    ]);
    expect(logged()).toContain('could not be drawn or uploaded');
  });

  it.each([
    ['missing_scope', 'files.getUploadURLExternal', 'The app lacks a permission.'],
    ['posting_to_channel_denied', 'files.completeUploadExternal', 'Invite it there'],
  ])('posted because Slack says %s is told to the one who asked, with the numbers', async (error, method, advice) => {
    app.slackServer.fail(method, { error });
    const path = app.slackServer.openResponseUrl({ team: 'T0ACME001', channel: 'C0ALERTS01', user: 'U0ADA' });
    const responseUrl = new URL(path, app.slackServer.apiUrl).href;
    const event = press({ responseUrl });
    expect(await deliver(event)).toEqual(done);
    expect(await deliver(event)).toEqual(done);
    const told = app.slackServer.messages().filter(({ ephemeral }) => ephemeral);
    expect(told).toEqual([expect.objectContaining({ user: 'U0ADA', text: expect.stringContaining(advice) })]);
    expect(told[0]?.text).toContain('highest 12');
    expect(charts()).toEqual([]);
    expect(logged()).toContain(error);
  });

  it('found, of a rule that is gone or of somebody else, is drawn for nobody', async () => {
    expect(await deliver(press({ ruleId: '0' }))).toEqual(done);
    expect(await deliver(press({ organization: 'globex' }))).toEqual(done);
    expect([charts(), texts()]).toEqual([[], []]);
  });

  it('read as a message comes again, and nothing is drawn', async () => {
    const event = press({ hours: 0 });
    expect(await deliver(event)).toEqual(waits(event));
    expect(charts()).toEqual([]);
  });
});

it('says neither token nor names in its log', async () => {
  app.slackServer.fail('files.completeUploadExternal', { status: 503 });
  await deliver(press());
  expect(logged()).not.toMatch(/xoxb|Checkout errors/u);
});

it('takes digests, and does nothing for one that was deleted', async () => {
  const before = app.slackServer.messages().length;
  expect(await deliver(storedEvent<SQSEvent>('render-chart/digest'))).toEqual(done);
  expect(app.slackServer.messages()).toHaveLength(before);
});

it('takes links, and draws nothing for one to a rule that was deleted', async () => {
  const before = app.slackServer.files().length;
  expect(await deliver(storedEvent<SQSEvent>('render-chart/link'))).toEqual(done);
  expect(app.slackServer.files()).toHaveLength(before);
});

it('is drawn onto the message of an incident, which the job names by what was told', async () => {
  await deliver(storedEvent<SQSEvent>('render-chart/incident'));
  const blocks = app.slackServer.messages()[0]?.attachments?.[0]?.blocks ?? [];
  expect(blocks.map(({ type }) => type)).toContain('image');
});
