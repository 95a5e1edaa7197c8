import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acme, acmeStandIn, type ListeningStandIn, listenAcme, noon } from './acme.fixture.ts';

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let app: Server;
let received: Received[];
let answer: (response: ServerResponse) => void;
let now: number;
let slack: ListeningStandIn;

const ephemeral = { response_type: 'ephemeral', text: 'Hello *you*' };
const say = (value: unknown) => (response: ServerResponse) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
};

beforeEach(async () => {
  received = [];
  answer = say(ephemeral);
  now = noon;
  app = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, body });
      answer(response);
    });
  });
  app.listen(0, '127.0.0.1');
  await once(app, 'listening');
  const commandUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}/commands/`;
  slack = await listenAcme({ commandUrl: () => commandUrl, clock: () => now, commandTimeoutMs: 200 });
});

afterEach(async () => {
  await slack.close();
  app.closeAllConnections();
  app.close();
});

async function command(args: Readonly<Record<string, string>> = { text: 'help' }): Promise<unknown> {
  const url = `${slack.url}/__local/slack/command`;
  return (await fetch(url, { method: 'POST', body: new URLSearchParams(args) })).json();
}

/** The response_url of the last command. */
async function responseUrl(): Promise<string> {
  await command();
  return new URLSearchParams(received.at(-1)?.body).get('response_url') ?? '';
}

async function respond(url: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

describe('what the app gets', () => {
  test('the form of a command, signed', async () => {
    await command({ text: '/postflow link team', channel: '#general', user: 'U0MARCO001' });
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    const timestamp = String(noon / 1000);
    const signature = createHmac('sha256', 'test-signing-secret').update(`v0:${timestamp}:${body}`).digest('hex');
    expect(headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    });
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      token: expect.any(String),
      team_id: 'T0ACME001',
      team_domain: 'acme',
      channel_id: 'C0GENERAL1',
      channel_name: 'general',
      user_id: 'U0MARCO001',
      user_name: 'marco',
      command: '/postflow',
      text: 'link team',
      api_app_id: 'A0POSTFLOW',
      is_enterprise_install: 'false',
      response_url: expect.stringMatching(`^${slack.url}/__local/slack/response/[0-9a-f]{32}$`),
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]{32}$/),
    });
  });

  test('a command in direct messages comes from a channel of that name', async () => {
    await command({ text: 'help', channel: 'directmessage', user: 'olivia@acme.example' });
    const form = new URLSearchParams(received[0]?.body);
    expect([form.get('channel_id'), form.get('channel_name')]).toEqual(['D0OLIVIA01', 'directmessage']);
  });

  test('JSON works as well as a form', async () => {
    const body = JSON.stringify({ text: 'docs' });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${slack.url}/__local/slack/command`, { method: 'POST', headers, body });
    expect(new URLSearchParams(received[0]?.body).get('text')).toBe('docs');
  });

  test.each([
    [{ text: 'x', channel: 'nowhere' }, 'channel_not_found'],
    [{ text: 'x', channel: 'D0MARCO001', user: 'U0OLIVIA01' }, 'channel_not_found'],
    [{ text: 'x', user: 'U0NOBODY01' }, 'user_not_found'],
    [{ text: 'x', team: 'T0OTHER001' }, 'team_not_found'],
  ])('nothing, when %o does not exist', async (args, error) => {
    expect(await command(args)).toMatchObject({ ok: false, error });
    expect(received).toEqual([]);
  });
});

describe('what the person sees', () => {
  test('an answer for them alone', async () => {
    const message = { channel: 'C0ALERTS01', ephemeral: true, user: 'U0OLIVIA01', text: 'Hello *you*' };
    expect(await command()).toMatchObject({ ok: true, status: 200, durationMs: expect.any(Number), message });
    expect(slack.standIn.messages()).toMatchObject([message]);
  });

  test('an answer for all', async () => {
    answer = say({ response_type: 'in_channel', blocks: [{ type: 'divider' }] });
    await command();
    const ts = `${noon / 1000}.000100`;
    expect(slack.standIn.messages()).toEqual([{ channel: 'C0ALERTS01', ts, text: '', blocks: [{ type: 'divider' }] }]);
  });

  test('plain text, and nothing when the answer is empty', async () => {
    answer = (response) => response.end('Done.');
    await command();
    answer = (response) => response.end();
    expect(await command()).toEqual({ ok: true, status: 200, durationMs: expect.any(Number) });
    expect(slack.standIn.messages().map((message) => message.text)).toEqual(['Done.']);
  });

  test.each<[string, (response: ServerResponse) => void, object]>([
    ['no answer in time', () => undefined, { status: null, error: 'operation_timeout' }],
    ['no answer at all', (response) => response.destroy(), { status: null, error: 'dispatch_failed' }],
    ['another status', (response) => response.writeHead(401).end(), { status: 401, error: 'http_service_error' }],
    ['a redirect', (response) => response.writeHead(302, { location: '/' }).end(), { error: 'http_service_error' }],
    ['a wrong message', say({ blocks: [{ type: 'header' }] }), { status: 200, error: 'invalid_command_response' }],
  ])('%s: what went wrong, in a message', async (_, wrong, outcome) => {
    answer = wrong;
    expect(await command()).toMatchObject({ ok: false, ...outcome });
    const told = expect.stringMatching(/^`\/postflow` .*\(\w+\)/);
    expect(slack.standIn.messages()).toMatchObject([{ ephemeral: true, user: 'U0OLIVIA01', text: told }]);
  });
});

describe('response_url', () => {
  test('works five times', async () => {
    const url = await responseUrl();
    for (let use = 0; use < 5; use += 1) {
      expect(await respond(url, { text: `later ${use}` })).toEqual({ status: 200, body: { ok: true } });
    }
    expect(await respond(url, { text: 'once more' })).toEqual({ status: 404, body: { ok: false, error: 'used_url' } });
    expect(slack.standIn.messages()).toHaveLength(6);
  });

  test('works for half an hour', async () => {
    const url = await responseUrl();
    now += 30 * 60 * 1000;
    expect(await respond(url, { text: 'just in time' })).toMatchObject({ status: 200 });
    now += 1;
    expect(await respond(url, { text: 'late' })).toEqual({ status: 404, body: { ok: false, error: 'expired_url' } });
  });

  test('replaces and takes away the last answer', async () => {
    const url = await responseUrl();
    await respond(url, { replace_original: true, text: 'instead' });
    expect(slack.standIn.messages()).toMatchObject([{ text: 'instead', ephemeral: true }]);
    await respond(url, { response_type: 'in_channel', text: 'for all' });
    await respond(url, { delete_original: true });
    expect(slack.standIn.messages().map((message) => message.text)).toEqual(['instead']);
  });

  test.each([
    ['what is no object', [], 'invalid_payload'],
    ['nothing to say', {}, 'no_text'],
    ['wrong blocks', { blocks: [{}] }, 'invalid_blocks'],
  ])('refuses %s', async (_, body, error) => {
    expect(await respond(await responseUrl(), body)).toEqual({ status: 404, body: { ok: false, error } });
  });

  test('that was never given out is refused', async () => {
    const url = `${slack.url}/__local/slack/response/0`;
    expect(await respond(url, { text: 'x' })).toEqual({ status: 404, body: { ok: false, error: 'invalid_url' } });
  });
});

test('a browser without script comes back to the page it was on', async () => {
  const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin' };
  const body = new URLSearchParams({ text: 'help', channel: 'general', user: 'U0MARCO001' });
  const request = { method: 'POST', headers, body, redirect: 'manual' } as const;
  const response = await fetch(`${slack.url}/__local/slack/command`, request);
  const address = `/__local/?team=${acme.teamId}&channel=C0GENERAL1&viewer=U0MARCO001`;
  expect([response.status, response.headers.get('location')]).toEqual([303, address]);
});

test('a page of another site cannot give commands', async () => {
  const request = new Request('http://slack.test/__local/slack/command', {
    method: 'POST',
    headers: { 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams({ text: 'help' }),
  });
  expect((await acmeStandIn().fetch(request)).status).toBe(403);
});
