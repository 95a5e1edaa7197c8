import { beforeEach, describe, expect, it } from 'vitest';
import type { Destination } from '../lib/alerts/destination.ts';
import type { AlertRule, NotificationAddress } from '../lib/alerts/index.ts';
import { claimNotification, finishNotification } from '../lib/alerts/notification-store.ts';
import { isoTime } from '../lib/platform/clock.ts';
import { type Acme, createAcme, people } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { cursorOf } from '../tests/support/api-pages.ts';
import { slackChannels, slackWorkspace } from '../tests/support/slack-server.ts';
import { storeIncident, storeRule } from '../tests/support/stored-incident.ts';
import { notificationAt, storeTelling } from '../tests/support/telling.ts';

const ofIncident = '/api/0/organizations/acme/incidents/1/notifications/';
const unsent = '/api/0/organizations/acme/notifications/';
const { teamId } = slackWorkspace;
const { id: channelId, name: channelName } = slackChannels.alerts;
const channel: Destination = { kind: 'channel', teamId, channelId, channelName };
const webhook: Destination = {
  ...{ kind: 'webhook', url: 'https://hooks.example.com/secret-path', sealedSecret: 'sealed-secret' },
};
const nobody: Destination = { kind: 'nobody', action: { type: 'team', id: 'backend' }, reason: 'It has no channel.' };

let acme: Acme;
let rule: AlertRule;
let ada: ApiClient;
let mia: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  rule = await storeRule(acme.app, { project: 'web', name: 'Errors' });
  await storeIncident(acme.app, rule);
  ada = apiClient(acme.app, await acme.token(['alerts:read'], people.ada));
  mia = apiClient(acme.app, await acme.token(['alerts:read'], people.mia));
});

async function tell(change: number, ...destinations: Destination[]): Promise<NotificationAddress[]> {
  acme.app.clock.advance(1_000);
  return storeTelling(acme.app, { rule, change, status: 'critical' }, destinations);
}

async function end(at: NotificationAddress | undefined, how: 'sent' | 'failed'): Promise<void> {
  const seen = at && (await notificationAt(acme.app, at));
  const now = isoTime(acme.app.clock.now());
  const taken = seen && (await claimNotification(acme.app, seen, { now, until: now }));
  if (taken === undefined) throw new TypeError('There is nothing to end.');
  const ended =
    how === 'sent'
      ? { state: 'sent' as const, sentAt: now, messageTs: '1772442000.000100', messageChannel: channelId }
      : { state: 'failed' as const, failedAt: now, error: { code: 'not_in_channel', detail: 'Invite the app.' } };
  await finishNotification(acme.app, taken, ended);
}

describe('the notifications of an incident', () => {
  it('say of each target whether it was told, where, or why not', async () => {
    const [sent, failed] = await tell(3, channel, webhook, nobody);
    await end(sent, 'sent');
    await end(failed, 'failed');
    await tell(4, channel);
    const { status, body } = await ada.get(ofIncident);
    expect(status).toBe(200);
    const common = { incident: '1', status: 20, alertRule: { id: rule.id, name: 'Errors' }, error: null };
    expect(body).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...common,
          ...{ change: 3, target: `slack:${teamId}:${channelId}`, destination: `#${channelName}`, kind: 'channel' },
          ...{ state: 'sent', attempts: 1, dateSent: expect.any(String) },
          message: { workspace: teamId, channel: channelId, ts: '1772442000.000100' },
        }),
        expect.objectContaining({
          ...{ kind: 'webhook', destination: 'Webhook at hooks.example.com', state: 'failed', message: null },
          ...{ dateSent: null, error: { code: 'not_in_channel', detail: 'Invite the app.' } },
        }),
        expect.objectContaining({
          ...{ kind: 'nobody', destination: 'Team backend', state: 'skipped', attempts: 0 },
          error: { code: 'nobody_to_tell', detail: 'It has no channel.' },
        }),
        expect.objectContaining({ ...common, change: 4, state: 'pending', dateSent: null, message: null }),
      ]),
    );
    expect(body.map(({ change }: { change: number }) => change)).toEqual([3, 3, 3, 4]);
    expect(JSON.stringify(body)).not.toMatch(/sealed-secret|secret-path/);
  });

  it('come in pages, and not to those who do not reach the project', async () => {
    await tell(3, channel, webhook, nobody);
    const page = await ada.get(`${ofIncident}?per_page=2`);
    expect(page.body).toHaveLength(2);
    expect((await ada.get(`${ofIncident}?per_page=2&cursor=${cursorOf(page)}`)).body).toHaveLength(1);
    await openSecret();
    expect((await mia.get(ofIncident.replace('/1/', '/2/'))).status).toBe(404);
    expect((await ada.get(ofIncident.replace('/1/', '/9/'))).status).toBe(404);
  });
});

describe('what did not reach anybody', () => {
  it('is listed across incidents, newest first, failed or skipped', async () => {
    for (const change of [3, 4]) {
      const [first] = await tell(change, channel, nobody);
      await end(first, 'failed');
    }
    const failed = await ada.get(unsent);
    expect(failed.body).toMatchObject([
      { change: 4, state: 'failed', error: { code: 'not_in_channel' } },
      { change: 3, state: 'failed' },
    ]);
    expect((await ada.get(`${unsent}?state=skipped`)).body).toMatchObject([
      { change: 4, kind: 'nobody', state: 'skipped' },
      { change: 3, kind: 'nobody', state: 'skipped' },
    ]);
    const page = await ada.get(`${unsent}?per_page=1&state=failed`);
    expect((await ada.get(`${unsent}?per_page=1&state=failed&cursor=${cursorOf(page)}`)).body).toMatchObject([
      { change: 3 },
    ]);
    const madeUp = Buffer.from(`>2${'9'.repeat(1_400)}`).toString('base64url');
    expect((await ada.get(`${unsent}?cursor=${madeUp}`)).status).toBe(400);
  });

  it('is not what was sent or waits, nor what belongs to teams of others', async () => {
    const [sent] = await tell(3, channel, webhook);
    await end(sent, 'sent');
    expect((await ada.get(unsent)).body).toEqual([]);
    rule = await openSecret();
    const [failed] = await tell(5, channel);
    await end(failed, 'failed');
    expect((await ada.get(unsent)).body).toHaveLength(1);
    expect((await mia.get(unsent)).body).toEqual([]);
    expect((await ada.get(`${unsent}?state=sent`)).status).toBe(400);
  });
});

async function openSecret(): Promise<AlertRule> {
  const secret = await storeRule(acme.app, { project: 'api', name: 'Secret' });
  await storeIncident(acme.app, secret);
  return secret;
}
