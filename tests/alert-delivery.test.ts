import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertAction, AlertRule } from '../lib/alerts/alert-rule-store.ts';
import type { Destination } from '../lib/alerts/destination.ts';
import { renderAlert } from '../lib/alerts/index.ts';
import { loadNotifications } from '../lib/alerts/notification-store.ts';
import type { NotificationAddress } from '../lib/alerts/queue-messages.ts';
import { resolveDestinations } from '../lib/alerts/resolve-destinations.ts';
import { sealWebhookSecret } from '../lib/alerts/webhook-secret.ts';
import { addMember } from '../lib/organizations/index.ts';
import { postOutside } from '../lib/platform/post-outside.ts';
import { alertTitle } from './support/alert-titles.ts';
import { type AlertingApp, createAlertingApp, slackPerson } from './support/alerting-app.ts';
import { linkPersonAndTeam } from './support/people-in-slack.ts';
import { type ScriptedAnswer, startScriptedServer } from './support/scripted-server.ts';
import { slackChannels, slackWorkspace } from './support/slack-server.ts';
import { aRule, notificationAt, storeTelling } from './support/telling.ts';

const { teamId } = slackWorkspace;
const channel: Destination = {
  kind: 'channel',
  teamId,
  channelId: slackChannels.alerts.id,
  channelName: slackChannels.alerts.name,
};
const person: Destination = { kind: 'person', teamId, slackUserId: slackPerson.id, userId: 'u-1', name: 'Ada' };

let app: AlertingApp;
let rule: AlertRule;
beforeEach(async () => {
  app = await createAlertingApp();
  rule = aRule({ projectId: app.project.id });
});
afterEach(() => app.slackServer.stop());

type Status = 'warning' | 'critical' | 'closed';

/** Tells of one change after the other, each to this destination. */
async function tell(statuses: readonly Status[], destination: Destination, changes: Partial<AlertRule> = {}) {
  for (const [index, status] of statuses.entries()) {
    const told = { rule: { ...rule, ...changes }, change: 3 + index, status };
    for (const address of await storeTelling(app, told, [destination])) await renderAlert(app, address);
  }
}

const said = () =>
  app.slackServer.messages().map(({ channel: where, text, thread_ts: thread, reply_broadcast: broadcast }) => ({
    where,
    title: alertTitle(text),
    ...(thread !== undefined && { thread }),
    ...(broadcast && { broadcast }),
  }));

const stored = () => loadNotifications(app, { organization: 'acme', incident: 1 });

describe('a person', () => {
  it('is told by direct message, answers stand in its thread, and the first message is brought up to date', async () => {
    await tell(['critical', 'closed'], person);
    const [first, reply] = app.slackServer.messages();
    expect(said()).toEqual([
      { where: first?.channel, title: 'Resolved' },
      { where: first?.channel, title: 'Resolved', thread: first?.ts },
    ]);
    expect(first?.channel).toMatch(/^D/u);
    expect(await stored()).toMatchObject([
      { state: 'sent', messageTs: first?.ts, messageChannel: first?.channel },
      { state: 'sent', messageTs: reply?.ts },
    ]);
  });
});

describe('whom the actions of a rule mean', () => {
  const resolve = (actions: readonly AlertAction[]) =>
    resolveDestinations(app, { id: '1', organization: 'acme' }, actions);

  it('is a channel as it is, a linked person by direct message, and a team in its channel', async () => {
    const { user, team } = await linkPersonAndTeam(app);
    const actions: AlertAction[] = [
      { type: 'slack', teamId, channelId: 'C1', channelName: 'one' },
      user,
      team,
      { type: 'webhook', url: 'https://a.example/', sealedSecret: 's' },
    ];
    expect(await resolve(actions)).toEqual([
      { kind: 'channel', teamId, channelId: 'C1', channelName: 'one' },
      { ...person, userId: user.userId },
      { ...channel, channelName: 'backend-alerts' },
      { kind: 'webhook', url: 'https://a.example/', sealedSecret: 's' },
    ]);
  });

  it('is nobody, with the reason, when a person is not linked or gone and a team has no channel', async () => {
    const { userId } = await addMember(app, {
      organization: 'acme',
      email: slackPerson.email,
      name: 'Ada',
      role: 'member',
    });
    const nobody = await resolve([
      { type: 'user', userId },
      { type: 'user', userId: 'somebody-else' },
      { type: 'team', team: 'backend' },
    ]);
    expect(nobody).toEqual([
      { kind: 'nobody', action: { type: 'user', id: userId }, reason: expect.stringContaining('Ada is not linked') },
      { kind: 'nobody', action: { type: 'user', id: 'somebody-else' }, reason: expect.stringContaining('not in the') },
      { kind: 'nobody', action: { type: 'team', id: 'backend' }, reason: expect.stringContaining('no Slack channel') },
    ]);
    for (const destination of nobody) await tell(['critical'], destination);
    expect(said()).toEqual([]);
    expect(await stored()).toMatchObject(nobody.map(() => ({ state: 'skipped', error: { code: 'nobody_to_tell' } })));
  });
});

describe('a rule that is snoozed for everybody', () => {
  it.each([
    [null, []],
    ['2100-01-01T00:00:00.000Z', []],
    ['2026-01-01T00:00:00.000Z', ['Critical']],
  ])('until %s tells %j', async (until, titles) => {
    await tell(['critical'], channel, { snooze: { until, by: 'u-1', at: '2026-01-01T00:00:00.000Z' } });
    expect(said().map(({ title }) => title)).toEqual(titles);
    expect((await stored()).map(({ state }) => state)).toEqual([titles.length === 0 ? 'skipped' : 'sent']);
  });
});

describe('what comes after the first message', () => {
  it('answers in its thread, and what is critical is shown in the channel too, whatever came after', async () => {
    const first = await storeTelling(app, { rule, change: 3, status: 'warning' }, [channel]);
    const second = await storeTelling(app, { rule, change: 4, status: 'critical' }, [channel]);
    const third = await storeTelling(app, { rule, change: 5, status: 'warning' }, [channel]);
    for (const address of [...first, ...second, ...third]) await renderAlert(app, address);
    const thread = app.slackServer.messages()[0]?.ts;
    const where = channel.kind === 'channel' ? channel.channelId : '';
    expect(said()).toEqual([
      { where, title: 'Warning' },
      { where, title: 'Critical', thread, broadcast: true },
      { where, title: 'Warning', thread },
    ]);
  });

  it.each([
    ['thread', [2, 0]],
    ['messages', [2, 2]],
  ] as const)('can be acted upon where it is brought up to date, and no reply is: %s', async (threads, buttons) => {
    await tell(['warning', 'critical'], channel, { threads });
    const offered = app.slackServer
      .messages()
      .map(({ attachments }) => JSON.stringify(attachments).match(/incident\.(?:acknowledge|resolve)/gu) ?? []);
    expect(offered.map(({ length }) => length)).toEqual(buttons);
  });

  it('is shown in the thread alone where the rule says so', async () => {
    await tell(['warning', 'critical'], channel, { broadcast: false });
    expect(said()[1]).not.toHaveProperty('broadcast');
  });

  it('is a message of its own where the rule says so, and the ones before stay as they were', async () => {
    await tell(['warning', 'critical', 'closed'], channel, { threads: 'messages' });
    expect(said().map(({ title, ...more }) => [title, Object.keys(more)])).toEqual([
      ['Warning', ['where']],
      ['Critical', ['where']],
      ['Resolved', ['where']],
    ]);
  });
});

describe('a webhook', () => {
  const secret = 'pfwh_secret';
  let server: Awaited<ReturnType<typeof startScriptedServer>>;
  let answers: ScriptedAnswer[];
  let webhook: Destination;
  let address: NotificationAddress;
  beforeEach(async () => {
    answers = [];
    server = await startScriptedServer(() => answers.shift() ?? { status: 200, body: '' });
    const url = `${server.url}/hook`;
    webhook = { kind: 'webhook', url, sealedSecret: sealWebhookSecret(app, url, secret) };
    const [told] = await storeTelling(app, { rule, change: 3, status: 'critical' }, [webhook]);
    if (told === undefined) throw new TypeError('nothing is told');
    address = told;
  });
  afterEach(() => server.stop());

  it('is told in JSON, signed with its secret, and once', async () => {
    await renderAlert(app, address);
    await renderAlert(app, address);
    expect(server.received).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: '' }] = server.received;
    const [, time = '', signature] = /^t=(\d+),v1=([0-9a-f]{64})$/u.exec(String(headers['postflow-signature'])) ?? [];
    expect(Number(time) * 1_000).toBe(app.clock.now());
    expect(signature).toBe(createHmac('sha256', secret).update(`${time}.${body}`).digest('hex'));
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'postflow-delivery': 'acme/1/3' });
    expect(JSON.parse(body)).toEqual({
      version: 1,
      event: 'incident.critical',
      id: 'acme/1/3',
      at: '2026-03-02T09:00:00.000Z',
      lateSince: null,
      organization: 'acme',
      project: 'web',
      rule: { id: '7', name: 'My Rule', aggregate: 'count()', windowSeconds: 600, environment: null },
      incident: { identifier: 1, startedAt: '2026-03-02T08:59:00.000Z', closedAt: null, ending: null },
      value: 101,
      worst: null,
      text: '101 events in the last 10 minutes',
      url: 'https://postflow.example/organizations/acme/alerts/rules/details/7/?alert=1&referrer=metric_alert_webhook&notification_uuid=u-3',
    });
    expect(await notificationAt(app, address)).toMatchObject({ state: 'sent' });
  });

  it('is told since when it could have been told when that is more than five minutes ago', async () => {
    app.clock.advance(300_001);
    await renderAlert(app, address);
    const [{ body } = { body: '' }] = server.received;
    expect(JSON.parse(body)).toMatchObject({ lateSince: '2026-03-02T09:00:00.000Z' });
  });

  it('can check the signature with what docs/alerts.md says', async () => {
    const guide = readFileSync(new URL('../docs/alerts.md', import.meta.url), 'utf8');
    const [, code = ''] = /```js\n(.*?)```/su.exec(guide) ?? [];
    const source = `data:text/javascript,${encodeURIComponent(`${code}\nexport { isFromPostflow };`)}`;
    const { isFromPostflow } = (await import(source)) as {
      isFromPostflow: (header: string, body: string, secret: string, nowSeconds: number) => boolean;
    };
    await renderAlert(app, address);
    const [{ headers, body } = { headers: {}, body: '' }] = server.received;
    const header = String(headers['postflow-signature']);
    const now = app.clock.now() / 1_000;
    expect(isFromPostflow(header, body, secret, now)).toBe(true);
    const others: [string, string, string, number][] = [
      [header, `${body} `, secret, now],
      [header, body, 'another', now],
      [header, body, secret, now + 301],
      ['', body, secret, now],
    ];
    expect(others.map((given) => isFromPostflow(...given))).toEqual([false, false, false, false]);
  });

  it.each([
    [{ status: 500, body: '' }, 30],
    [{ status: 429, body: '' }, 30],
    [{ status: 408, body: '' }, 30],
  ] as const)('that answers %o is told later, with growing pauses', async (answer, firstPause) => {
    answers = [answer, answer];
    for (const pause of [firstPause, firstPause * 2]) {
      await expect(renderAlert(app, address)).rejects.toMatchObject({ retryAfterSeconds: pause });
      await expect(renderAlert(app, address)).rejects.toThrow('asked to wait');
      app.clock.advance(pause * 1_000);
    }
    await renderAlert(app, address);
    expect(server.received.map(({ headers }) => headers['postflow-delivery'])).toEqual(Array(3).fill('acme/1/3'));
    expect(await notificationAt(app, address)).toMatchObject({ state: 'sent' });
  });

  it.each([400, 404, 410, 301, 307])('that answers %d is not told again, and the reason is stored', async (status) => {
    answers = [{ status, body: '' }];
    await renderAlert(app, address);
    await renderAlert(app, address);
    expect(server.received).toHaveLength(1);
    expect(await notificationAt(app, address)).toMatchObject({
      state: 'failed',
      error: { code: 'webhook_refused', detail: expect.stringContaining(String(status)) },
    });
    expect(app.counted.get('integrations.webhook.metric_alert.failure')).toBe(1);
  });

  it('that is away for a day is given up, with the reason', async () => {
    answers = Array.from({ length: 40 }, () => ({ status: 503, body: '' }));
    for (let hours = 0; hours < 24; hours += 1) {
      await expect(renderAlert(app, address)).rejects.toMatchObject({ code: 'unavailable' });
      app.clock.advance(3_600_000);
    }
    app.clock.advance(1);
    await renderAlert(app, address);
    expect(server.received).toHaveLength(24);
    expect(await notificationAt(app, address)).toMatchObject({ state: 'failed', error: { code: 'too_late' } });
  });

  it('is never told at an address that is not on the public internet, whatever name leads there', async () => {
    const urls = [
      'https://127.0.0.1',
      'https://localhost',
      'https://169.254.169.254/latest/meta-data',
      'https://[::1]',
      server.url,
    ];
    for (const [index, url] of urls.entries()) {
      const inside: Destination = { ...webhook, url, sealedSecret: sealWebhookSecret(app, url, secret) } as Destination;
      const [told] = await storeTelling(app, { rule, change: 10 + index, status: 'critical' }, [inside]);
      if (told === undefined) throw new TypeError('nothing is told');
      await renderAlert({ ...app, post: postOutside() }, told);
      expect(await notificationAt(app, told), url).toMatchObject({
        state: 'failed',
        error: { code: 'webhook_address' },
      });
    }
    expect(server.received).toEqual([]);
  });

  it('is not told with a secret that was sealed for another address', async () => {
    const other = { ...webhook, url: `${server.url}/other` } as Destination;
    const [told] = await storeTelling(app, { rule, change: 4, status: 'critical' }, [other]);
    if (told === undefined) throw new TypeError('nothing is told');
    await renderAlert(app, told);
    expect(server.received).toEqual([]);
    expect(await notificationAt(app, told)).toMatchObject({ state: 'failed', error: { code: 'webhook_secret' } });
  });
});
