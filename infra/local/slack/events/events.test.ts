import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noon } from '../acme.fixture.ts';
import { type AppAndSlack, listenWithApp, status } from '../app.fixture.ts';

const channel = 'C0ALERTS01';
let waited: number[];
let slack: AppAndSlack;
beforeEach(async () => {
  waited = [];
  slack = await listenWithApp({ wait: async (seconds) => void waited.push(seconds) });
});
afterEach(() => slack.close());

interface Envelope {
  readonly event: Record<string, unknown>;
  readonly event_id: string;
}

const envelopes = () => slack.sent.map(({ body }) => JSON.parse(body) as Envelope);
const events = () => envelopes().map(({ event }) => event);
const say = (text: string, more: object = {}) => slack.post('message', { channel, user: 'U0MARCO001', text, ...more });

describe('direct messages', () => {
  test('reach the app in a signed envelope', async () => {
    const outcome = await say('link <now> & here', { channel: 'directmessage' });
    const message = { channel: 'D0MARCO001', author: 'U0MARCO001', text: 'link &lt;now&gt; &amp; here' };
    const delivery = {
      type: 'message',
      team: 'T0ACME001',
      retrying: false,
      attempts: [expect.objectContaining({ status: 200 })],
    };
    expect(outcome).toMatchObject({ ok: true, status: 200, message, deliveries: [delivery] });
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = slack.sent;
    const signature = createHmac('sha256', 'test-signing-secret')
      .update(`v0:${noon / 1000}:${body}`)
      .digest('hex');
    expect([path, headers['x-slack-signature']]).toEqual(['/extensions/slack/event/', `v0=${signature}`]);
    expect(headers).not.toHaveProperty('x-slack-retry-num');
    const { ts } = outcome['message'] as { ts: string };
    expect(envelopes()).toMatchObject([
      {
        type: 'event_callback',
        team_id: 'T0ACME001',
        api_app_id: 'A0POSTFLOW',
        event_id: expect.stringMatching(/^Ev0/),
        event_time: noon / 1000,
        authorizations: [{ team_id: 'T0ACME001', user_id: 'U0POSTFLOW', is_bot: true }],
        event: { type: 'message', channel_type: 'im', user: 'U0MARCO001', ts, event_ts: ts, text: message.text },
      },
    ]);
  });

  test('what is said in a channel is shown, and the app is not told', async () => {
    expect(await say('hello')).toMatchObject({ ok: true, deliveries: [] });
    expect(slack.sent).toEqual([]);
    const page = await (await fetch(`${slack.url}/__local/?channel=${channel}&viewer=U0OLIVIA01`)).text();
    expect(page).toMatch(/Marco Rossi[\s\S]*hello/);
    const { messages = [] } = await slack.client().conversations.history({ channel });
    expect(messages[0]).toMatchObject({ user: 'U0MARCO001', text: 'hello' });
    expect(messages[0]).not.toHaveProperty('bot_id');
  });

  test('a person’s message is not the app’s to change', async () => {
    const { message } = await say('mine');
    const { ts } = message as { ts: string };
    const update = slack.client().chat.update({ channel, ts, text: 'yours' });
    await expect(update).rejects.toMatchObject({ data: { error: 'cant_update_message' } });
  });

  test.each([
    [{ text: ' ' }, 'no_text'],
    [{ channel: 'C0OLD00001' }, 'is_archived'],
    [{ channel: 'D0OLIVIA01' }, 'channel_not_found'],
  ])('%o: refused with %s', async (more, error) => {
    expect(await say('x', more)).toMatchObject({ ok: false, error: expect.stringContaining(error) });
  });
});

describe('links', () => {
  const unfurls = (url: string) => ({ [url]: { blocks: [{ type: 'divider' as const }] } });

  test('those to the app’s address are told while they are typed, and all in one event when they are posted', async () => {
    const [first, second] = [`${slack.appUrl}/issues/7/?a=1&b=2`, `${slack.appUrl}/issues/8/`];
    await say(`(${first}), ${second}. And https://example.com/ and ${second}`);
    const typed = events()[0] ?? {};
    expect(events()).toMatchObject([
      { type: 'link_shared', channel: 'COMPOSER', source: 'composer', message_ts: typed['unfurl_id'] },
      {
        type: 'link_shared',
        channel,
        user: 'U0MARCO001',
        message_ts: slack.standIn.messages()[0]?.ts,
        source: 'conversations_history',
        unfurl_id: expect.any(String),
        links: [
          { url: first?.replace('&', '&amp;'), domain: '127.0.0.1' },
          { url: second, domain: '127.0.0.1' },
        ],
      },
    ]);
  });

  test.each([['by its channel and ts'], ['by its unfurl_id']])('the message is unfurled %s', async (by) => {
    const url = `${slack.appUrl}/issues/7/`;
    await say(url);
    const { unfurl_id, message_ts: ts } = events()[1] as { unfurl_id: string; message_ts: string };
    const place = by.includes('ts') ? { channel, ts } : { unfurl_id, source: 'conversations_history' as const };
    expect(await slack.client().chat.unfurl({ ...place, unfurls: unfurls(url) })).toMatchObject({ ok: true });
    expect(slack.standIn.messages()[0]).toMatchObject({ attachments: [{ from_url: url, is_app_unfurl: true }] });
  });

  test.each([
    [{ unfurl_id: 'C1.1.1', source: 'conversations_history' }, 'invalid_unfurl_id'],
    [{ unfurl_id: 'C1.1.1', source: 'elsewhere' }, 'invalid_source'],
    [{ unfurl_id: 'C1.1.1' }, 'missing_source'],
    [{}, 'missing_channel'],
  ])('chat.unfurl of %o: %s', async (place, error) => {
    const call = slack.client().apiCall('chat.unfurl', { ...place, unfurls: {} });
    await expect(call).rejects.toMatchObject({ data: { error } });
  });

  test('nobody unfurls an address that is not the app’s', async () => {
    const { message } = await say('see https://example.com/');
    const { ts } = message as { ts: string };
    const call = slack.client().chat.unfurl({ channel, ts, unfurls: unfurls('https://example.com/') });
    await expect(call).rejects.toMatchObject({ data: { error: 'cannot_unfurl_url' } });
  });
});

describe('an event that is not taken', () => {
  test('is sent three times more, with the same id, its number and the reason', async () => {
    slack.answer(status(500));
    const { deliveries, ok, error } = await say('hello', { channel: 'directmessage', wait: true });
    expect([ok, error]).toEqual([false, 'the event message was not taken: status 500']);
    expect(deliveries).toMatchObject([
      { attempts: Array.from({ length: 4 }, () => ({ status: 500, error: 'http_error' })) },
    ]);
    const numbers = slack.sent.map(({ headers }) => headers['x-slack-retry-num']);
    expect([numbers, waited]).toEqual([
      [undefined, '1', '2', '3'],
      [0, 60, 300],
    ]);
    expect(slack.sent[1]?.headers['x-slack-retry-reason']).toBe('http_error');
    expect(new Set(envelopes().map(({ event_id }) => event_id)).size).toBe(1);
  });

  test('is not sent again once it was taken', async () => {
    slack.answer((response) => status(slack.sent.length === 1 ? 503 : 200)(response));
    expect(await say('hello', { channel: 'directmessage' })).toMatchObject({ ok: false, status: 503 });
    await slack.standIn.settled();
    expect(slack.sent).toHaveLength(2);
    const [delivery] = (await (await fetch(`${slack.url}/__local/slack/deliveries`)).json()) as object[];
    expect(delivery).toMatchObject({ retrying: false, attempts: [{ status: 503 }, { status: 200 }] });
  });

  test('comes with the reason http_timeout when the app was too slow', async () => {
    slack.answer((response) => slack.sent.length > 1 && response.end());
    await say('hello', { channel: 'directmessage', wait: true });
    expect(slack.sent[1]?.headers['x-slack-retry-reason']).toBe('http_timeout');
  });

  test('is not sent again when the app asks for that', async () => {
    slack.answer(status(500, { 'x-slack-no-retry': '1' }));
    await say('hello', { channel: 'directmessage', wait: true });
    expect(slack.sent).toHaveLength(1);
  });

  test('stands on the page as a warning', async () => {
    slack.answer(status(404));
    await say('hello', { channel: 'directmessage', wait: true });
    const page = await (await fetch(`${slack.url}/__local/`)).text();
    expect(page).toMatch(
      /the event message<\/b>[\s\S]*\/extensions\/slack\/event\/ answered with status 404: it has no such address/,
    );
  });
});

describe('what happens in a workspace', () => {
  const happen = (kind: string, more: object = {}) =>
    slack.post('happening', { channel, user: 'U0OLIVIA01', kind, ...more });

  test('a channel gets another name', async () => {
    expect(await happen('channel_rename', { name: '#Pages' })).toMatchObject({ ok: true, status: 200 });
    expect(events()).toMatchObject([{ type: 'channel_rename', channel: { id: channel, name: 'pages' } }]);
    expect(await slack.client().conversations.info({ channel })).toMatchObject({ channel: { name: 'pages' } });
    expect(await happen('channel_rename', { name: 'general' })).toMatchObject({ error: 'name_taken' });
  });

  test('a channel is archived and opened again', async () => {
    const post = () => slack.client().chat.postMessage({ channel, text: 'x' });
    await happen('channel_archive');
    await expect(post()).rejects.toMatchObject({ data: { error: 'is_archived' } });
    await happen('channel_unarchive');
    expect(await post()).toMatchObject({ ok: true });
    expect(events().map(({ type }) => type)).toEqual(['channel_archive', 'channel_unarchive']);
  });

  test('the bot is taken out of a channel and invited again', async () => {
    const post = () => slack.client().chat.postMessage({ channel, text: 'x' });
    await happen('member_left_channel');
    await expect(post()).rejects.toMatchObject({ data: { error: 'not_in_channel' } });
    await happen('member_joined_channel');
    expect(await post()).toMatchObject({ ok: true });
    expect(events()[1]).toMatchObject({ type: 'member_joined_channel', user: 'U0POSTFLOW', inviter: 'U0OLIVIA01' });
  });

  test.each(['app_uninstalled', 'tokens_revoked'])('%s: the token ends, and nothing more is told', async (kind) => {
    await happen(kind);
    expect(events().map(({ type }) => type)).toContain('tokens_revoked');
    await expect(slack.client().auth.test()).rejects.toMatchObject({ data: { error: 'account_inactive' } });
    const before = slack.sent.length;
    await say('hello?', { channel: 'directmessage' });
    expect(slack.sent).toHaveLength(before);
    expect(await (await fetch(`${slack.url}/__local/`)).text()).toContain('postflow is not installed here');
  });

  test('apps.uninstall and auth.revoke tell of themselves too', async () => {
    await slack.client().apps.uninstall({ client_id: '1.2', client_secret: 'secret' });
    await slack.standIn.settled();
    expect(new Set(events().map(({ type }) => type))).toEqual(new Set(['app_uninstalled', 'tokens_revoked']));
  });

  test('what nobody knows does not happen', async () => {
    expect(await happen('toString')).toMatchObject({ ok: false, error: expect.stringContaining('unknown_happening') });
  });
});

describe('any event', () => {
  test('is wrapped and signed, or sent as it is', async () => {
    expect(await slack.post('event', { event: { type: 'reaction_added', x: 1 } })).toMatchObject({ ok: true });
    slack.answer((response) => void response.end('{"challenge":"c"}'));
    const challenge = { type: 'url_verification', challenge: 'c' };
    const { deliveries } = await slack.post('event', { payload: challenge });
    expect(deliveries).toMatchObject([{ attempts: [{ body: '{"challenge":"c"}' }] }]);
    expect(envelopes()).toMatchObject([{ event: { type: 'reaction_added', x: 1 } }, challenge]);
    expect(await slack.post('event', { event: {} })).toMatchObject({ ok: false });
  });
});

test('the page’s one line takes messages and commands, and no other command', async () => {
  const compose = (text: string) => slack.post('compose', { channel, user: 'U0OLIVIA01', text });
  expect(await compose('hello')).toMatchObject({ message: { text: 'hello', author: 'U0OLIVIA01' } });
  expect(await compose('/postflow help')).toMatchObject({ error: 'dispatch_failed' });
  expect(await compose('/other')).toMatchObject({ ok: false, error: expect.stringContaining('unknown_command') });
});
