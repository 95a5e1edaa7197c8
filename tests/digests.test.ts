import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deleteRule } from '../lib/alerts/alert-rule-store.ts';
import { loadSendings } from '../lib/alerts/digests/digest-sending-store.ts';
import { loadDigest } from '../lib/alerts/digests/digest-store.ts';
import { handOutDigests } from '../lib/alerts/digests/hand-out-digests.ts';
import { requestDigest } from '../lib/alerts/digests/request-digest.ts';
import { createDigest, updateDigest } from '../lib/alerts/digests/save-digest.ts';
import { type AlertRule, type DigestJob, digestBody, sendDigest } from '../lib/alerts/index.ts';
import { isoTime } from '../lib/platform/clock.ts';
import type { Delivery } from '../lib/platform/delivery.ts';
import { switchOffWorkspace } from '../lib/slack/index.ts';
import { createRule, drain, schedule, sendErrors } from './support/alerting-app.ts';
import { createDrawingApp, type DrawingApp, delivery } from './support/drawing-app.ts';
import { asFunction } from './support/granted-actions.ts';
import { slackChannels, slackWorkspace } from './support/slack-server.ts';

const hourMs = 3_600_000;
const caller = { organization: 'acme' };
const weekly = {
  name: 'Checkout, the week',
  schedule: '0 9 * * 1',
  timeZone: 'Europe/Berlin',
  period: '7d',
  inputChannelId: slackChannels.alerts.id,
  channelName: 'alerts',
};

let app: DrawingApp;
let rule: AlertRule;
beforeEach(async () => {
  app = await createDrawingApp();
  rule = await createRule(app);
});
afterEach(() => app.slackServer.stop());

async function create(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const body = digestBody.parse({ ...weekly, rules: [rule.id], ...changes });
  const { digest } = await asFunction('alert-rules', () => createDigest(app, { caller, body }));
  return digest.id;
}

function advanceTo(iso: string): void {
  app.clock.advance(Date.parse(iso) - app.clock.now());
}

async function handOut(): Promise<DigestJob[]> {
  await asFunction('schedule-alerts', () => handOutDigests(app, isoTime(app.clock.now())));
  return app.charts.takeAll().filter((job) => job.kind === 'digest');
}

async function work(jobs: readonly DigestJob[], over: DrawingApp = app, how: Partial<Delivery> = {}): Promise<void> {
  for (const job of jobs) await asFunction('render-chart', () => sendDigest(over, job, { ...delivery, ...how }));
}

const run = async (): Promise<void> => work(await handOut());
const said = () => app.slackServer.messages();
const blocks = (index = 0) => said()[index]?.attachments?.[0]?.blocks ?? [];
const spoken = (index = 0) => JSON.stringify(blocks(index));
const sendings = async (id: string) =>
  (await loadSendings(app, id)).map(({ scheduledAt, state, error }) => [scheduledAt, state, error?.code]);

/** The world starts on Monday, 2 March 2026, at 9:00 UTC. */
const monday = '2026-03-09T08:00:00.000Z';
const mondayAfter = '2026-03-16T08:00:00.000Z';

describe('a digest', () => {
  it('comes at its time with the numbers and the chart of each rule, once', async () => {
    const id = await create();
    await sendErrors(app, 5);
    app.clock.advance(2 * hourMs);
    await sendErrors(app, 12);
    advanceTo('2026-03-09T07:59:59.999Z');
    expect(await handOut()).toEqual([]);
    advanceTo(monday);
    const jobs = await handOut();
    expect(jobs).toEqual([{ kind: 'digest', organization: 'acme', digestId: id }]);
    await work([...jobs, ...jobs]);
    await run();
    expect(said()).toHaveLength(1);
    expect(said()[0]).toMatchObject({
      channel: slackChannels.alerts.id,
      text: '*Checkout, the week*: the last 7 days',
    });
    const [section, image, context, ...others] = blocks();
    expect(section).toMatchObject({
      text: {
        text: [
          `<https://postflow.example/organizations/acme/alerts/rules/details/${rule.id}/?referrer=digest_slack|*Checkout errors*> in *web*`,
          'No data for sum(checkout.errors) in the last minute.',
          'The last 7 days: 17; lowest 0, highest 12 over 1 hour. No incidents.',
        ].join('\n'),
      },
    });
    expect(image).toMatchObject({ type: 'image', alt_text: expect.stringMatching(/over 1 hour.*highest 12/u) });
    expect(JSON.stringify(context)).toMatch(/From <!date.*next one <!date/u);
    expect(others).toEqual([]);
    expect(await sendings(id)).toEqual([[monday, 'sent', undefined]]);
    expect(await loadDigest(app, id)).toMatchObject({ nextAt: mondayAfter });
    expect(app.counted.get('integrations.slack.digest.success')).toBe(1);
  });

  it('says what is wrong now, how it was, and how often, in the colour of the worst', async () => {
    await create({ schedule: '0 11 * * *', timeZone: 'UTC', period: '24h' });
    await sendErrors(app, 12);
    app.clock.advance(60_000);
    await schedule(app);
    await drain(app);
    const before = said().length;
    advanceTo('2026-03-02T11:00:00.000Z');
    await run();
    expect(said()[before]?.attachments?.[0]?.color).toBe('#FA4747');
    expect(spoken(before)).toContain('?alert=1&amp;referrer=digest_slack|*Checkout errors*>');
    expect(spoken(before)).toContain('*Critical* <!date');
    expect(spoken(before)).toContain('1 incident, one not over.');
    expect(spoken(before)).toContain('lowest 0, highest 12 over 5 minutes');
  });

  it('is no good news of a rule whose metric cannot be read for alerts', async () => {
    await create();
    Object.assign(app, { evaluationLimits: { partitions: 0, buckets: 0, numbers: 0 } });
    app.clock.advance(60_000);
    await schedule(app);
    await drain(app);
    advanceTo(monday);
    await run();
    expect(said()[0]?.attachments?.[0]?.color).toBe('#FFC227');
    expect(spoken()).toContain('*Cannot be read, so that no incidents are found,* <!date^1772442060^since');
  });

  it('comes once, whatever two schedules and two workers do at once', async () => {
    await create();
    advanceTo(monday);
    const jobs = (await Promise.all([handOut(), handOut()])).flat();
    await Promise.allSettled([work(jobs), work(jobs), work(jobs)]);
    await run();
    expect(said()).toHaveLength(1);
  });

  it('comes at nine in the morning on both sides of a change of clocks', async () => {
    const id = await create();
    for (const at of ['2026-03-23T08:00:00.000Z', '2026-03-30T07:00:00.000Z']) {
      advanceTo(at);
      await run();
    }
    expect((await sendings(id)).map(([at, state]) => [at, state])).toEqual([
      ['2026-03-30T07:00:00.000Z', 'sent'],
      ['2026-03-23T08:00:00.000Z', 'sent'],
      ['2026-03-16T08:00:00.000Z', 'skipped'],
    ]);
  });

  it('is not sent while it is switched off, and later at the next time', async () => {
    const id = await create();
    await asFunction('alert-rules', () => updateDigest(app, { caller, digestId: id, changes: { enabled: false } }));
    advanceTo(mondayAfter);
    await run();
    expect(said()).toEqual([]);
    await asFunction('alert-rules', () => updateDigest(app, { caller, digestId: id, changes: { enabled: true } }));
    expect(await loadDigest(app, id)).toMatchObject({ nextAt: '2026-03-23T08:00:00.000Z' });
  });

  it('is sent at once to whoever wants to see it, once a minute, and at its own time all the same', async () => {
    const id = await create();
    for (const _ of ['once', 'twice']) {
      await asFunction('alert-rules', () => requestDigest(app, { caller, digestId: id }));
    }
    await work(app.charts.takeAll().filter((job) => job.kind === 'digest'));
    expect(said()).toHaveLength(1);
    expect(await loadDigest(app, id)).toMatchObject({ nextAt: monday });
    expect(await sendings(id)).toEqual([['2026-03-02T09:00:00.000Z', 'sent', undefined]]);
  });
});

describe('what was missed', () => {
  it('comes late within a day, and says so; what was before it is left out, and recorded', async () => {
    const id = await create({ schedule: '0 9 * * *', timeZone: 'UTC' });
    advanceTo('2026-03-05T20:00:00.000Z');
    await run();
    expect(said()).toHaveLength(1);
    expect(spoken()).toContain('comes late');
    const [, skipped] = await loadSendings(app, id);
    expect(skipped).toMatchObject({
      state: 'skipped',
      error: { code: 'missed', detail: expect.stringContaining('2') },
    });
    expect(await loadDigest(app, id)).toMatchObject({ nextAt: '2026-03-06T09:00:00.000Z' });
  });

  it('does not come after a day', async () => {
    const id = await create();
    advanceTo('2026-03-10T08:00:00.000Z');
    await run();
    expect(said()).toEqual([]);
    expect(await sendings(id)).toEqual([[monday, 'skipped', 'missed']]);
    expect(await loadDigest(app, id)).toMatchObject({ nextAt: mondayAfter });
  });

  it('is not called late a minute after its time', async () => {
    await create();
    advanceTo('2026-03-09T08:01:00.000Z');
    await run();
    expect(spoken()).not.toContain('comes late');
  });
});

describe('after a crash', () => {
  it('between posting and recording it the message is recognised and not posted again', async () => {
    const id = await create();
    advanceTo(monday);
    const slack = app.slack.within(60_000);
    const postMessage: typeof slack.postMessage = async (teamId, posting) => {
      await slack.postMessage(teamId, posting);
      throw new Error('the process ended');
    };
    const crashing = { ...app, slack: { ...app.slack, within: () => ({ ...slack, postMessage }) } };
    await expect(work(await handOut(), crashing)).rejects.toThrow('ended');
    app.clock.advance(120_000);
    await run();
    expect(said()).toHaveLength(1);
    expect(await sendings(id)).toEqual([[monday, 'sent', undefined]]);
  });

  it('of a worker that took it the next one waits until it must be dead', async () => {
    await create();
    advanceTo(monday);
    const hanging = { ...app, draw: () => Promise.reject(new Error('never')), slack: { ...app.slack } };
    const posting = Promise.withResolvers<void>();
    const postMessage = () => {
      posting.resolve();
      return new Promise<never>(() => undefined);
    };
    hanging.slack.within = () => ({ ...app.slack, postMessage });
    work(await handOut(), hanging).catch(posting.reject);
    await posting.promise;
    await run();
    expect(said()).toEqual([]);
    app.clock.advance(91_000);
    await run();
    expect(said()).toHaveLength(1);
  });
});

describe('Slack', () => {
  it('is left alone for as long as it asks, and the digest comes then', async () => {
    const id = await create();
    advanceTo(monday);
    app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds: 300 });
    await expect(work(await handOut())).rejects.toMatchObject({ code: 'slack_busy' });
    app.clock.advance(60_000);
    await run();
    expect(said()).toEqual([]);
    app.clock.advance(300_000);
    await run();
    expect(said()).toHaveLength(1);
    expect((await sendings(id))[0]?.[1]).toBe('sent');
  });

  it('that fails is asked again a minute later', async () => {
    await create();
    advanceTo(monday);
    app.slackServer.fail('chat.postMessage', { status: 500 });
    await expect(work(await handOut())).rejects.toThrow();
    app.clock.advance(60_000);
    await run();
    expect(said()).toHaveLength(1);
  });

  it.each([
    ['channel_not_found', 'chat.postMessage'],
    ['not_in_channel', 'chat.postMessage'],
  ])('that says %s is not asked again before the next time, and the reason is kept', async (error, method) => {
    const id = await create();
    advanceTo(monday);
    app.slackServer.fail(method, { error });
    await run();
    app.clock.advance(60_000);
    await run();
    expect(said()).toEqual([]);
    expect(await sendings(id)).toEqual([[monday, 'failed', error]]);
    expect(await loadDigest(app, id)).toMatchObject({ nextAt: mondayAfter });
    expect(app.counted.get('integrations.slack.digest.failure')).toBe(1);
  });

  it.each([
    ['cannot take the picture', { upload: 'files.getUploadURLExternal' }],
    ['gets no picture, because it cannot be drawn', {}],
  ])('that %s gets the numbers all the same', async (_, { upload }: { upload?: string }) => {
    await create();
    await sendErrors(app, 5);
    advanceTo(monday);
    if (upload !== undefined) app.slackServer.fail(upload, { error: 'missing_scope' });
    const over = upload === undefined ? { ...app, draw: () => Promise.reject(new RangeError('no')) } : app;
    await work(await handOut(), over);
    expect(spoken()).toContain('The last 7 days: 5');
    expect(spoken()).toContain('charts could not be shown');
    expect(spoken()).not.toContain('"image"');
  });
});

describe('a digest whose rules or channel are gone', () => {
  it('leaves deleted rules out, and says so', async () => {
    const other = await createRule(app, { name: 'Payments' });
    await create({ rules: [other.id, rule.id] });
    await app.table.write([deleteRule(other.id)]);
    advanceTo(monday);
    await run();
    expect(spoken()).toContain('Checkout errors');
    expect(spoken()).not.toContain('Payments');
    expect(spoken()).toContain('One rule of this digest is gone');
  });

  it('stops when none is left, and says why', async () => {
    const id = await create();
    await app.table.write([deleteRule(rule.id)]);
    advanceTo(monday);
    await run();
    expect(await sendings(id)).toEqual([[monday, 'failed', 'no_rules']]);
    expect(await loadDigest(app, id)).toMatchObject({ nextAt: null });
    advanceTo(mondayAfter);
    expect(await handOut()).toEqual([]);
  });

  it('waits for its workspace until the next time', async () => {
    const id = await create();
    advanceTo(monday);
    const loss = { reason: 'app_uninstalled', eventTime: app.clock.now() / 1_000 } as const;
    await switchOffWorkspace(app, { teamId: slackWorkspace.teamId, ...loss });
    await run();
    expect(await sendings(id)).toEqual([[monday, 'failed', 'workspace_gone']]);
    expect(await loadDigest(app, id)).toMatchObject({ nextAt: mondayAfter });
  });

  it('is nothing to whoever still has a message of one that was deleted', async () => {
    await work([{ kind: 'digest', organization: 'acme', digestId: '1' }]);
    const id = await create();
    advanceTo(monday);
    await work([{ kind: 'digest', organization: 'globex', digestId: id }]);
    expect(said()).toEqual([]);
  });
});
