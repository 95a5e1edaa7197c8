import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SlackServer, slackChannels, slackWorkspace, startSlackServer } from '../../tests/support/slack-server.ts';
import { createTestApp, type TestApp } from '../../tests/support/test-app.ts';
import type { Posting, Slack } from './slack.ts';
import { slackClient } from './slack-client.ts';
import { SlackBusyError, SlackRefusedError, SlackUncertainError } from './slack-errors.ts';
import type { SlackMessage } from './slack-message.ts';
import { addWorkspace } from './workspaces.ts';

const { teamId } = slackWorkspace;
const tokenEncryptionKey = 'a key for sealing tokens';

let app: TestApp & { tokenEncryptionKey: string };
let server: SlackServer;
let slack: Slack;
let waits: number[];

beforeEach(async () => {
  app = { ...(await createTestApp()), tokenEncryptionKey };
  server = await startSlackServer(app.clock);
  waits = [];
  await addWorkspace(app, { organization: 'acme', ...slackWorkspace });
  slack = slackClient({
    table: app.table,
    apiUrl: server.apiUrl,
    clock: app.clock,
    tokenEncryptionKey,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
  });
});
afterEach(() => server.stop());

function posting(
  changes: Partial<Posting> & { id?: string; message?: SlackMessage } = {},
): Posting & { message: SlackMessage } {
  const { id = 'one', ...rest } = changes;
  return {
    channel: slackChannels.alerts.id,
    message: {
      text: '*Hello*',
      box: {
        color: '#FA4747',
        fallback: 'Hello',
        blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Hello' } }],
      },
    },
    mark: { eventType: 'test', id },
    ...rest,
  };
}

describe("Slack's Web API", () => {
  it('posts a message with its box and its mark, and into a thread', async () => {
    const first = await slack.postMessage(teamId, posting());
    const reply = await slack.postMessage(teamId, posting({ threadTs: first.ts, id: 'two' }));
    expect(server.messages()).toEqual([
      {
        channel: slackChannels.alerts.id,
        ts: first.ts,
        text: '*Hello*',
        attachments: [
          {
            color: '#FA4747',
            fallback: 'Hello',
            blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Hello' } }],
          },
        ],
        metadata: { event_type: 'test', event_payload: { id: 'one' } },
      },
      expect.objectContaining({ ts: reply.ts, thread_ts: first.ts }),
    ]);
  });

  it('changes text and box of a message and leaves its mark', async () => {
    const place = await slack.postMessage(teamId, posting());
    const { message } = posting();
    await slack.updateMessage(teamId, place, { text: 'Changed', box: { ...message.box, color: '#4DC771' } });
    expect(server.messages()).toEqual([
      expect.objectContaining({
        ts: place.ts,
        text: 'Changed',
        attachments: [expect.objectContaining({ color: '#4DC771' })],
        metadata: { event_type: 'test', event_payload: { id: 'one' } },
      }),
    ]);
  });

  it('finds a message by its mark, in the channel or in a thread', async () => {
    const sinceMs = app.clock.now();
    const first = await slack.postMessage(teamId, posting());
    const reply = await slack.postMessage(teamId, posting({ threadTs: first.ts, id: 'two' }));
    const find = (id: string, changes: { threadTs?: string; sinceMs?: number } = {}) =>
      slack.findMarked(teamId, { channel: first.channel, mark: { eventType: 'test', id }, sinceMs, ...changes });
    expect(await find('one')).toEqual(first);
    expect(await find('two')).toBeUndefined();
    expect(await find('two', { threadTs: first.ts })).toEqual(reply);
    expect(await find('one', { sinceMs: app.clock.now() + 61_000 })).toBeUndefined();
    expect(await find('three')).toBeUndefined();
  });

  it.each([
    ['not_in_channel', { channel: slackChannels.elsewhere.id }, /invite/i],
    ['channel_not_found', { channel: 'C0NOWHERE1' }, /channel id/],
  ])('refuses with %s and says what to do', async (slackError, changes, advice) => {
    const failure = await slack.postMessage(teamId, posting(changes)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SlackRefusedError);
    expect(failure).toMatchObject({ slackError, message: expect.stringMatching(advice) });
  });

  it.each(['token_revoked', 'something_new', 'constructor'])('has advice for %s', async (slackError) => {
    server.fail('chat.postMessage', { error: slackError });
    const failure = await slack.postMessage(teamId, posting()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'SlackRefusedError', slackError, message: expect.stringMatching(/\.$/) });
  });

  it('refuses for a workspace that is not connected, and for a token that Slack does not know', async () => {
    await expect(slack.postMessage('T0OTHER01', posting())).rejects.toMatchObject({ slackError: 'account_inactive' });
    await addWorkspace(app, { organization: 'acme', ...slackWorkspace, botToken: 'xoxb-wrong' });
    await expect(slack.postMessage(teamId, posting())).rejects.toMatchObject({ slackError: 'invalid_auth' });
    await addWorkspace(app, { organization: 'acme', ...slackWorkspace });
    await expect(slack.postMessage(teamId, posting())).resolves.toMatchObject({ channel: slackChannels.alerts.id });
  });

  it('waits as long as Slack asks, and then tries again', async () => {
    server.fail('chat.postMessage', { status: 429, retryAfterSeconds: 3, times: 2 });
    await slack.postMessage(teamId, posting());
    expect(waits).toEqual([3_000, 3_000]);
    expect(server.messages()).toHaveLength(1);
  });

  it('gives up when Slack asks for more patience than there is', async () => {
    server.fail('chat.postMessage', { status: 429, retryAfterSeconds: 30 });
    const failure = await slack.postMessage(teamId, posting()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SlackBusyError);
    expect(failure).toMatchObject({ retryAfterSeconds: 30 });
    expect(waits).toEqual([]);
  });

  it('waits no longer than the work at hand has time, less what the call itself may take', async () => {
    server.fail('chat.postMessage', { status: 429, retryAfterSeconds: 15, times: 2 });
    await expect(slack.within(24_000).postMessage(teamId, posting())).rejects.toThrow(SlackBusyError);
    expect(waits).toEqual([]);
    await slack.within(60_000).postMessage(teamId, posting({ channel: slackChannels.alerts.id }));
    expect(waits).toContain(15_000);
  });

  it('keeps messages to one channel a second apart, and gives up when their turn is too far away', async () => {
    for (const id of ['one', 'two', 'three']) await slack.postMessage(teamId, posting({ id }));
    expect(waits).toEqual([1_000, 2_000]);
    const hurried = slack.within(12_000);
    await expect(hurried.postMessage(teamId, posting({ id: 'four' }))).rejects.toMatchObject({ retryAfterSeconds: 3 });
    app.clock.advance(3_000);
    await hurried.postMessage(teamId, posting({ id: 'five' }));
    expect(waits).toEqual([1_000, 2_000]);
  });

  it.each([{ status: 503 }, { error: 'internal_error' }])(
    'does not know what became of a call after %o',
    async (failure) => {
      server.fail('chat.postMessage', failure);
      await expect(slack.postMessage(teamId, posting())).rejects.toThrow(SlackUncertainError);
      expect(server.messages()).toEqual([]);
    },
  );

  it('does not know what became of a call that nobody answers', async () => {
    await server.stop();
    await expect(slack.postMessage(teamId, posting())).rejects.toThrow(SlackUncertainError);
  });
});
