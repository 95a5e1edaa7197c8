import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Destination } from '../lib/alerts/destination.ts';
import { type NotificationMessage, tellInTurn } from '../lib/alerts/index.ts';
import { sealWebhookSecret } from '../lib/alerts/webhook-secret.ts';
import { alertTitles } from './support/alert-titles.ts';
import { type AlertingApp, createAlertingApp } from './support/alerting-app.ts';
import { type ScriptedAnswer, startScriptedServer } from './support/scripted-server.ts';
import { slackChannels, slackWorkspace } from './support/slack-server.ts';
import { aRule, notificationAt, storeTelling } from './support/telling.ts';

const channel: Destination = {
  ...{ kind: 'channel', teamId: slackWorkspace.teamId },
  ...{ channelId: slackChannels.alerts.id, channelName: slackChannels.alerts.name },
};

/** A message in the queue, and when it is handed out. */
interface Waiting {
  readonly message: NotificationMessage;
  readonly atMs: number;
}

let app: AlertingApp;
let waiting: Waiting[];
beforeEach(async () => {
  app = await createAlertingApp();
  waiting = [];
});
afterEach(() => app.slackServer.stop());

/** A queue that holds back as it is told. */
const notifications = {
  async send(messages: readonly NotificationMessage[], { delaySeconds = 0 } = {}) {
    waiting.push(...messages.map((message) => ({ message, atMs: app.clock.now() + delaySeconds * 1_000 })));
  },
};

const tell = (message: NotificationMessage) => tellInTurn({ ...app, notifications }, message);

/** Lets time pass until the next message is handed out, and works on it; says how many seconds that took. */
async function next(): Promise<number> {
  const [first, ...rest] = waiting.toSorted((one, other) => one.atMs - other.atMs);
  if (first === undefined) throw new TypeError('nothing waits');
  waiting = rest;
  const passMs = Math.max(0, first.atMs - app.clock.now());
  app.clock.advance(passMs);
  await tell(first.message);
  return passMs / 1_000;
}

async function store(change: number, status: 'critical' | 'closed', destination = channel) {
  const rule = aRule({ projectId: app.project.id });
  const [address] = await storeTelling(app, { rule, change, status }, [destination]);
  if (address === undefined) throw new TypeError('nothing is told');
  return address;
}

const titles = () => alertTitles(app);
const busy = (retryAfterSeconds: number) =>
  app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds });

describe('a notification whose target asks to wait', () => {
  it('comes again when that is over, and no sooner', async () => {
    const address = await store(3, 'critical');
    busy(100);
    await tell(address);
    expect(await next()).toBe(100);
    expect(titles()).toEqual(['Critical']);
    expect(waiting).toEqual([]);
    expect(await notificationAt(app, address)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('is held back again where the pause is longer than a queue can hold a message', async () => {
    const address = await store(3, 'critical');
    busy(2_000);
    await tell(address);
    expect([await next(), await next(), await next()]).toEqual([900, 900, 200]);
    expect(titles()).toEqual(['Critical']);
    expect(await notificationAt(app, address)).toMatchObject({ attempts: 2 });
  });

  it('has one message that goes on, however many came', async () => {
    const address = await store(3, 'critical');
    busy(100);
    await tell(address);
    app.clock.advance(50_000);
    await expect(tell(address), 'of an evaluation: the queue brings it back').rejects.toThrow('asked to wait');
    await tell({ ...address, attempts: 1 });
    expect(waiting).toHaveLength(2);
    busy(100);
    expect([await next(), await next()]).toEqual([50, 0]);
    expect(waiting).toHaveLength(1);
    expect(await next()).toBe(100);
    expect(waiting).toEqual([]);
    expect(titles()).toEqual(['Critical']);
  });

  it('comes back by the queue when Slack did not answer', async () => {
    const address = await store(3, 'critical');
    app.slackServer.fail('chat.postMessage', { status: 503 });
    await expect(tell(address)).rejects.toMatchObject({ code: 'slack_uncertain' });
    expect(waiting).toEqual([]);
  });

  it('is given up after a day, and nothing goes on', async () => {
    const answer: ScriptedAnswer = { status: 503, body: '' };
    const server = await startScriptedServer(() => answer);
    try {
      const url = `${server.url}/hook`;
      const address = await store(3, 'critical', {
        ...{ kind: 'webhook', url, sealedSecret: sealWebhookSecret(app, url, 'secret') },
      });
      await tell(address);
      const pauses: number[] = [];
      while (waiting.length > 0) pauses.push(await next());
      expect(pauses.slice(0, 6)).toEqual([30, 60, 120, 240, 480, 900]);
      expect(await notificationAt(app, address)).toMatchObject({ state: 'failed', error: { code: 'too_late' } });
    } finally {
      await server.stop();
    }
  });
});

describe('a notification that waits for an earlier one of its thread', () => {
  it('is queued as soon as that one is told, and only then', async () => {
    const [first, resolved] = [await store(3, 'critical'), await store(4, 'closed')];
    busy(30);
    await tell(first);
    await tell(resolved);
    expect(waiting.map(({ message }) => message.change)).toEqual([3]);
    expect([await next(), await next()]).toEqual([30, 0]);
    expect(titles()).toEqual(['Resolved', 'Resolved']);
    expect(waiting).toEqual([]);
  });

  it('is queued when that one failed, and again by who could not say so before', async () => {
    const [first, resolved] = [await store(3, 'critical'), await store(4, 'closed')];
    app.slackServer.fail('chat.postMessage', { error: 'restricted_action' });
    const send = () => Promise.reject(new Error('the process died'));
    await expect(tellInTurn({ ...app, notifications: { send } }, first)).rejects.toThrow('the process died');
    await tell(first);
    expect(waiting.map(({ message }) => message)).toEqual([resolved]);
    await next();
    expect(titles()).toEqual(['Resolved']);
  });
});
