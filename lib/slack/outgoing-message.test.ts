import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SlackServer, slackChannels, slackWorkspace, startSlackServer } from '../../tests/support/slack-server.ts';
import { createTestApp, type TestApp } from '../../tests/support/test-app.ts';
import { isoTime } from '../platform/clock.ts';
import type { Table } from '../platform/table.ts';
import { sealTokens } from './bot-token.ts';
import {
  type Destination,
  forgetOutgoing,
  loadOutgoing,
  readDueOutgoing,
  saveOutgoing,
} from './outgoing-message-store.ts';
import { type SendingApp, type SendingOutcome, sendOutgoing } from './send-outgoing-message.ts';
import { slackClient } from './slack-client.ts';
import { saveWorkspace } from './workspace-store.ts';
import { addWorkspace } from './workspaces.ts';

const { teamId } = slackWorkspace;
const slackUserId = 'U0MIA00001';
const alerts: Destination = { kind: 'channel', channelId: slackChannels.alerts.id };
const mia: Destination = { kind: 'user', slackUserId };

let app: TestApp & SendingApp & { readonly tokenEncryptionKey: string };
let server: SlackServer;

beforeEach(async () => {
  const testApp = { ...(await createTestApp()), tokenEncryptionKey: 'a key for sealing tokens' };
  const users = [{ id: slackUserId, name: 'mia', email: 'mia@acme.example' }];
  server = await startSlackServer(testApp.clock, { users });
  await addWorkspace(testApp, { organization: 'acme', ...slackWorkspace });
  const { table, tokenEncryptionKey, clock } = testApp;
  const wait = async (milliseconds: number) => clock.advance(milliseconds);
  app = { ...testApp, slack: slackClient({ table, tokenEncryptionKey, clock, wait, apiUrl: server.apiUrl }) };
});
afterEach(() => server.stop());

type Stored = Partial<Parameters<typeof saveOutgoing>[1]>;

async function store(destination: Destination, id = 'one', more: Stored = {}): Promise<boolean> {
  const content = { text: `Hello ${id}` };
  return saveOutgoing(app.table, { id, teamId, destination, content, createdAt: isoTime(app.clock.now()), ...more });
}

const texts = () => server.messages().map(({ channel, text }) => [channel, text]);
const due = () => readDueOutgoing(app.table, { now: isoTime(app.clock.now()), limit: 100 });

/** The app of a sender that dies at its n-th write: 1 is the claim, 2 records the end. */
function dyingAtWrite(number: number): typeof app {
  let writes = 0;
  const update: Table['update'] = (...args) => {
    writes += 1;
    return writes >= number ? Promise.reject(new Error('the process died')) : app.table.update(...args);
  };
  return { ...app, table: { ...app.table, update } };
}

describe('a message of the outbox', () => {
  it.each([
    ['a channel', alerts, slackChannels.alerts.id],
    ['a person', mia, 'D0MIA00001'],
  ])('goes to %s once, however often it is sent', async (_, destination, channel) => {
    expect(await store(destination)).toBe(true);
    expect(await store(destination)).toBe(false);
    expect(await sendOutgoing(app, 'one')).toEqual({ outcome: 'sent' });
    expect(await sendOutgoing(app, 'one')).toEqual({ outcome: 'sent' });
    expect(texts()).toEqual([[channel, 'Hello one']]);
    expect(await loadOutgoing(app, 'one')).toMatchObject({ state: 'sent', place: { channel } });
  });

  it.each([
    ['sent', alerts],
    ['refused', { kind: 'channel', channelId: slackChannels.elsewhere.id }],
    ['refused', { kind: 'response', responseUrl: 'https://elsewhere.example/hush', slackUserId: 'U0NOBODY01' }],
  ] as const)('keeps nothing of what it said once it was %s', async (state, destination) => {
    await store(destination);
    expect(JSON.stringify(await loadOutgoing(app, 'one'))).toContain('Hello one');
    expect(await sendOutgoing(app, 'one')).toMatchObject({ outcome: state });
    const kept = await app.table.get({ pk: 'OUTGOING#one', sk: 'OUTGOING' });
    expect(kept).toMatchObject({ state, destination: { kind: expect.any(String) as unknown } });
    expect(JSON.stringify(kept)).not.toMatch(/Hello|hush/);
  });

  it('is sent by one of many senders at once', async () => {
    await store(alerts);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => sendOutgoing(app, 'one')));
    expect(texts()).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'sent')).not.toHaveLength(0);
    expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
  });

  it.each([
    ['a channel', alerts],
    ['a person', mia],
  ])('to %s is recognised when its sender died between posting and recording', async (_, destination) => {
    await store(destination);
    await expect(sendOutgoing(dyingAtWrite(2), 'one')).rejects.toThrow('the process died');
    expect(await sendOutgoing(app, 'one')).toEqual({ outcome: 'waiting' });
    app.clock.advance(91_000);
    expect(await sendOutgoing(app, 'one')).toEqual({ outcome: 'sent' });
    expect(texts()).toHaveLength(1);
  });

  it('is looked for, and not posted again, when Slack did it and gave no clear answer', async () => {
    await store(alerts);
    server.fail('chat.postMessage', { status: 503, afterwards: true });
    expect(await sendOutgoing(app, 'one')).toEqual({ outcome: 'waiting' });
    expect(await sendOutgoing(app, 'one')).toEqual({ outcome: 'sent' });
    expect(texts()).toHaveLength(1);
  });

  it.each([
    ['where the command was typed while Slack takes answers', 0, false, [[slackChannels.alerts.id, 'Hello one']]],
    ['in a direct message when there were five answers already', 5, false, [['D0MIA00001', 'Hello one']]],
    ['in a direct message when the half hour is over', 0, true, [['D0MIA00001', 'Hello one']]],
  ])('to whom typed a command is said %s', async (_, answered, isLate, expected) => {
    const { id: channel } = slackChannels.alerts;
    const responseUrl = new URL(server.openResponseUrl({ team: teamId, channel, user: slackUserId }), server.apiUrl)
      .href;
    for (let count = 0; count < answered; count += 1) await app.slack.respond(responseUrl, { text: 'before' });
    if (isLate) app.clock.advance(1_800_001);
    await store({ kind: 'response', responseUrl, slackUserId });
    expect(await sendOutgoing(app, 'one')).toEqual({ outcome: 'sent' });
    expect(await sendOutgoing(app, 'one')).toEqual({ outcome: 'sent' });
    expect(texts().filter(([, text]) => text !== 'before')).toEqual(expected);
  });

  it('is kept with the reason when Slack refuses it, and is not tried again', async () => {
    await store({ kind: 'channel', channelId: slackChannels.elsewhere.id });
    const refused: SendingOutcome = {
      outcome: 'refused',
      code: 'not_in_channel',
      advice: expect.stringContaining('/invite') as string,
    };
    expect(await sendOutgoing(app, 'one')).toEqual(refused);
    expect(await sendOutgoing(app, 'one')).toEqual(refused);
    app.clock.advance(3_600_000);
    expect(await due()).toEqual([]);
  });

  it.each([
    ['waits for the next token where there will be one', 'xoxe-1-renewing', 'waiting'],
    ['is refused where there is no other', undefined, 'refused'],
  ])('whose token has expired %s', async (_, refreshToken, outcome) => {
    const { tokenEncryptionKey } = app;
    const installedAt = isoTime(app.clock.now());
    const expiresAt = refreshToken && isoTime(app.clock.now() + 43_200_000);
    const sealed = sealTokens({ tokenEncryptionKey }, teamId, { botToken: 'xoxb-test-token', refreshToken, expiresAt });
    const { name, botUserId } = slackWorkspace;
    const workspace = { teamId, name, botUserId, status: 'active' as const, installedAt, ...sealed };
    await saveWorkspace(app, workspace, { teamId, organization: 'acme', linkedAt: installedAt });
    await store(alerts);
    server.fail('chat.postMessage', { error: 'token_expired' });
    expect(await sendOutgoing(app, 'one')).toMatchObject({ outcome });
    app.clock.advance(61_000);
    expect(await sendOutgoing(app, 'one')).toMatchObject({ outcome: outcome === 'waiting' ? 'sent' : 'refused' });
  });

  it('waits as long as Slack asks, and is then found by whoever looks for what was left behind', async () => {
    await store(alerts);
    server.fail('chat.postMessage', { status: 429, retryAfterSeconds: 300 });
    expect(await sendOutgoing(app, 'one')).toEqual({ outcome: 'waiting' });
    app.clock.advance(299_000);
    expect(await sendOutgoing(app, 'one')).toEqual({ outcome: 'waiting' });
    expect(await due()).toEqual([]);
    app.clock.advance(2_000);
    expect(await due()).toEqual(['one']);
    expect(await sendOutgoing(app, 'one')).toEqual({ outcome: 'sent' });
    expect(await due()).toEqual([]);
  });

  it('is found a minute later when nobody sent it at all, and is given up after a day', async () => {
    await store(alerts, 'two');
    expect(await due()).toEqual([]);
    app.clock.advance(61_000);
    expect(await due()).toEqual(['two']);
    app.clock.advance(86_400_000);
    expect(await sendOutgoing(app, 'two')).toMatchObject({ outcome: 'refused', code: 'too_late' });
    expect(texts()).toEqual([]);
  });
});

describe('a message that carries on another', () => {
  const follows = (inThread: boolean) => ({ follows: { id: 'one', inThread } });

  it.each([
    ['answers in its thread and brings it up to date', true, ['Hello two', '→ Hello two']],
    ['is a message of its own where nobody wants threads', false, ['Hello one', 'Hello two']],
  ])('%s', async (_, inThread, expected) => {
    await store(mia);
    await store(mia, 'two', follows(inThread));
    expect(await sendOutgoing(app, 'two')).toEqual({ outcome: 'waiting' });
    expect(await sendOutgoing(app, 'one')).toEqual({ outcome: 'sent' });
    app.clock.advance(61_000);
    expect(await due()).toEqual(['two']);
    expect(await sendOutgoing(app, 'two')).toEqual({ outcome: 'sent' });
    expect(server.messages().map(({ text, thread_ts: thread }) => `${thread ? '→ ' : ''}${text}`)).toEqual(expected);
  });

  it('waits for as long as that one does', async () => {
    await store(alerts);
    await store(alerts, 'two', follows(true));
    server.fail('chat.postMessage', { status: 429, retryAfterSeconds: 900 });
    await sendOutgoing(app, 'one');
    await sendOutgoing(app, 'two');
    app.clock.advance(899_000);
    expect(await due()).toEqual([]);
    app.clock.advance(2_000);
    expect(await due()).toEqual(['one', 'two']);
  });

  it('is refused for the same reason', async () => {
    await store({ kind: 'channel', channelId: slackChannels.elsewhere.id });
    await store({ kind: 'channel', channelId: slackChannels.elsewhere.id }, 'two', follows(true));
    await sendOutgoing(app, 'one');
    expect(await sendOutgoing(app, 'two')).toMatchObject({ outcome: 'refused', code: 'not_in_channel' });
  });

  it('is said all the same when that one was forgotten, or cannot be changed', async () => {
    await store(alerts, 'two', follows(true));
    await store(alerts);
    await store(alerts, 'three', follows(true));
    await sendOutgoing(app, 'one');
    server.fail('chat.update', { error: 'message_not_found' });
    expect(await sendOutgoing(app, 'three')).toEqual({ outcome: 'sent' });
    await forgetOutgoing(app.table, ['one']);
    expect(await sendOutgoing(app, 'two')).toEqual({ outcome: 'sent' });
    expect(texts().map(([, text]) => text)).toEqual(['Hello one', 'Hello three', 'Hello two']);
  });
});
