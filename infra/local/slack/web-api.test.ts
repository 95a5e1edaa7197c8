import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acme, type ListeningStandIn, listenAcme, noon } from './acme.fixture.ts';

let slack: ListeningStandIn;
beforeEach(async () => {
  slack = await listenAcme();
});
afterEach(() => slack.close());

async function call(
  method: string,
  body: string | URLSearchParams | FormData,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const url = `${slack.url}/__local/slack/api/${method}`;
  return (await fetch(url, { method: 'POST', headers, body })).json();
}

const bearer = { authorization: `Bearer ${acme.botToken}` };
const json = { ...bearer, 'content-type': 'application/json; charset=utf-8' };
const refused = (error: string) => expect.objectContaining({ ok: false, error });

describe('who calls', () => {
  test.each([
    ['no token', undefined, 'not_authed'],
    ['a wrong token', 'xoxb-other', 'invalid_auth'],
  ])('%s', async (_, token, error) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    expect(await call('auth.test', new URLSearchParams(), headers)).toEqual({ ok: false, error });
  });

  test('the token may stand in a form, but not in JSON', async () => {
    const token = acme.botToken;
    expect(await call('auth.test', new URLSearchParams({ token }))).toMatchObject({ ok: true, team_id: 'T0ACME001' });
    const type = { 'content-type': 'application/json; charset=utf-8' };
    expect(await call('auth.test', JSON.stringify({ token }), type)).toEqual(refused('not_authed'));
  });

  test('after the app is uninstalled its token is inactive', async () => {
    await slack.client().apps.uninstall({ client_id: '1.2', client_secret: 'secret' });
    await expect(slack.client().auth.test()).rejects.toMatchObject({ data: { error: 'account_inactive' } });
  });
});

describe('how calls come', () => {
  test('JSON without a charset works and is warned of', async () => {
    const type = { 'content-type': 'application/json' };
    const body = JSON.stringify({ channel: 'C0ALERTS01', text: 'hello' });
    expect(await call('chat.postMessage', body, { ...bearer, ...type })).toMatchObject({
      ok: true,
      warning: 'missing_charset',
      response_metadata: { warnings: ['missing_charset'] },
    });
  });

  test('blocks in JSON and blocks as text in a form are the same', async () => {
    const blocks = [{ type: 'divider' }];
    await call('chat.postMessage', JSON.stringify({ channel: 'alerts', blocks }), json);
    const form = new FormData();
    form.set('channel', 'alerts');
    form.set('blocks', JSON.stringify(blocks));
    await call('chat.postMessage', form, bearer);
    expect(slack.standIn.messages().map((message) => message.blocks)).toEqual([blocks, blocks]);
  });

  test.each([
    ['a method that does not exist', 'chat.sing', '', {}, 'unknown_method'],
    ['broken JSON', 'chat.postMessage', '{', json, 'invalid_json'],
    ['JSON that is no object', 'chat.postMessage', '[]', json, 'json_not_object'],
    ['another type', 'chat.postMessage', '<a/>', { ...bearer, 'content-type': 'text/xml' }, 'invalid_post_type'],
    ['JSON for a method that reads forms', 'users.info', '{"user":"U0OLIVIA01"}', json, 'invalid_arguments'],
    ['a missing argument', 'chat.postMessage', '{"text":"x"}', json, 'invalid_arguments'],
  ])('%s', async (_, method, body, headers, error) => {
    expect(await call(method, body, headers)).toEqual(refused(error));
  });

  test('a call by GET reads its arguments from the address', async () => {
    const url = `${slack.url}/__local/slack/api/users.info?user=U0OLIVIA01`;
    expect(await (await fetch(url, { headers: bearer })).json()).toMatchObject({ user: { name: 'olivia' } });
  });
});

describe('ordered failures', () => {
  test('the next call answers with the error, the one after as always', async () => {
    slack.standIn.fail('chat.postMessage', { error: 'internal_error' });
    const post = () => slack.client().chat.postMessage({ channel: 'C0ALERTS01', text: 'hello' });
    await expect(post()).rejects.toMatchObject({ data: { error: 'internal_error' } });
    expect(slack.standIn.messages()).toEqual([]);
    expect(await post()).toMatchObject({ ok: true });
  });

  test('a call can be carried out although its answer says otherwise', async () => {
    slack.standIn.fail('*', { status: 503, afterwards: true, times: 2 });
    const post = () => slack.client().chat.postMessage({ channel: 'C0ALERTS01', text: 'hello' });
    await expect(post()).rejects.toMatchObject({ statusCode: 503 });
    await expect(post()).rejects.toMatchObject({ statusCode: 503 });
    expect(slack.standIn.messages()).toHaveLength(2);
  });

  test('a rate limit comes with the time to wait', async () => {
    slack.standIn.fail('chat.update', { status: 429, retryAfterSeconds: 17 });
    const update = slack.client().chat.update({ channel: 'C0ALERTS01', ts: '1.2', text: 'x' });
    await expect(update).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 17 });
  });

  test('a hanging call ends when the caller gives up', async () => {
    slack.standIn.fail('auth.test', { hang: true });
    const url = `${slack.url}/__local/slack/api/auth.test`;
    await expect(fetch(url, { headers: bearer, signal: AbortSignal.timeout(50) })).rejects.toThrow(/timeout/i);
    expect(await slack.client().auth.test()).toMatchObject({ ok: true, bot_id: 'B0POSTFLOW' });
  });
});

test('GET /__local/slack/messages shows every message in the order of posting', async () => {
  const { chat } = slack.client();
  const first = await chat.postMessage({ channel: '#alerts', text: 'first' });
  await chat.postMessage({ channel: 'U0MARCO001', text: 'for Marco' });
  await chat.postMessage({ channel: 'C0ALERTS01', thread_ts: first.ts ?? '', text: 'a reply' });
  await chat.postEphemeral({ channel: 'C0ALERTS01', user: 'U0OLIVIA01', text: 'for Olivia' });
  await chat.update({ channel: 'C0ALERTS01', ts: first.ts ?? '', text: 'changed' });
  const ts = (step: number) => `${noon / 1000}.000${step}00`;
  expect(await (await fetch(`${slack.url}/__local/slack/messages`)).json()).toEqual([
    { channel: 'C0ALERTS01', ts: ts(1), text: 'changed', edited: { user: 'U0POSTFLOW', ts: ts(5) } },
    { channel: 'D0MARCO001', ts: ts(2), text: 'for Marco', user: 'U0MARCO001' },
    { channel: 'C0ALERTS01', ts: ts(3), thread_ts: ts(1), text: 'a reply' },
    { channel: 'C0ALERTS01', ts: ts(4), text: 'for Olivia', ephemeral: true, user: 'U0OLIVIA01' },
  ]);
});
