import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type HttpServer, listen } from '../../infra/local/listen.ts';
import { SlackRefusedError, slackClient } from '../../lib/slack/index.ts';
import { isSlackResponseUrl } from '../../lib/slack/response-url.ts';
import { press } from '../support/pressing-app.ts';
import { createSlackWorld, type SlackDoorApp } from './world.ts';

let app: SlackDoorApp;
let trap: HttpServer;
let caught: string[];
/** Every address to which this process has begun to send a request. */
let called: string[];

const noteRequest = (message: unknown): void => {
  called.push(String((message as { request: { origin?: unknown } }).request.origin));
};

beforeAll(async () => {
  app = await createSlackWorld();
  trap = await listen(0);
  trap.serve((request, response) => {
    caught.push(request.url ?? '');
    if (request.url === '/slack/redirect') response.writeHead(307, { Location: `${trap.url}/caught` });
    response.end('ok');
  });
});
afterAll(async () => {
  await app.close();
  await trap.close();
});
beforeEach(() => {
  caught = [];
  called = [];
  subscribe('undici:request:create', noteRequest);
});
afterEach(() => {
  unsubscribe('undici:request:create', noteRequest);
});

/** Addresses that somebody could hope to be called, once with the trap at their end and once with a stranger. */
const addresses: Readonly<Record<string, (trapUrl: URL, ours: URL) => string>> = {
  'another port': ({ href }) => href,
  'another port with the right path': ({ origin }, { pathname }) => `${origin}${pathname}`,
  'another name of this machine': ({ port }, { pathname }) => `http://localhost:${port}${pathname}`,
  https: ({ host }, { pathname }) => `https://${host}${pathname}`,
  'Slack as the name of a user': ({ host }, { pathname }) => `http://hooks.slack.com@${host}${pathname}`,
  'the right host as the name of a user': ({ host }, ours) => `http://${ours.host}@${host}${ours.pathname}`,
  'the right host with a password': (_, ours) => `http://a:b@${ours.host}${ours.pathname}`,
  'a backslash for the user': ({ host }, ours) => `http://${host}\\@${ours.host}${ours.pathname}`,
  'a path of ours that is not Slack': (_, { origin }) => `${origin}/extensions/slack/commands/`,
  'a way out of the folder': (_, { origin }) => `${origin}/__local/slack/../../caught`,
  'an encoded way out of the folder': (_, { origin }) => `${origin}/__local/slack/%2e%2e/%2E%2E/caught`,
  'a folder with a longer name': (_, { origin }) => `${origin}/__local/slack-evil/answers/1`,
  'a host with a longer name': () => 'https://hooks.slack.com.evil.example/commands/1',
  'a host that ends like it': () => 'https://evil-hooks.slack.com/commands/1',
  'Slack itself, where it is not our Slack': () => 'https://hooks.slack.com/commands/1',
  'a file': () => 'file:///etc/passwd',
  data: () => 'data:text/plain,ok',
  'a script': () => 'javascript:alert(1)',
  'no scheme': ({ host }) => `//${host}/`,
  'the metadata of a machine': () => 'http://169.254.169.254/latest/meta-data/',
  nothing: () => '',
};

describe('a press with a response_url', () => {
  const wish = { action: 'issue.resolve', value: 'no such thing' };

  it('is answered there', async () => {
    expect(await press(app, wish)).toEqual({ status: 200, said: [expect.any(String)] });
    expect(called).toEqual([new URL(app.responseUrl).origin]);
  });

  it.each(Object.entries(addresses))('of %s is answered nowhere', async (_, address) => {
    const response_url = address(new URL(trap.url), new URL(app.responseUrl));
    expect(await press(app, { ...wish, changes: { response_url } })).toMatchObject({ said: [] });
    expect(called).toEqual([]);
    expect(caught).toEqual([]);
  });
});

describe('a response_url that leads elsewhere', () => {
  it('is not followed', async () => {
    const { table, tokenEncryptionKey } = app;
    const slack = slackClient({ table, tokenEncryptionKey, apiUrl: `${trap.url}/slack/api/` });
    await expect(slack.respond(`${trap.url}/slack/redirect`, { text: 'secret' })).rejects.toThrow(SlackRefusedError);
    expect(caught).toEqual(['/slack/redirect']);
  });
});

describe("Slack's addresses", () => {
  const api = 'https://slack.com/api/';

  it.each([
    ['https://hooks.slack.com/commands/T1/2/3', api],
    ['https://hooks.slack.com/actions/T1/2/3', 'https://www.slack.com/api/'],
    ['https://hooks.slack-gov.com/commands/T1/2/3', 'https://slack-gov.com/api/'],
    ['https://HOOKS.slack.com:443/commands/T1', api],
  ])('%s is one for %s', (address, apiUrl) => {
    expect(isSlackResponseUrl(address, apiUrl)).toBe(true);
  });

  it.each([
    'http://hooks.slack.com/commands/T1',
    'https://hooks.slack.com:8443/commands/T1',
    'https://hooks.slack.com.evil.example/commands/T1',
    'https://hooks.slack.com@evil.example/commands/T1',
    'https://evil.example@hooks.slack.com/commands/T1',
    'https://hooks.slack.com%2eevil.example/',
    'https://hooks.slack.com%00.evil.example/',
    'https://hooks.slаck.com/commands/T1', // a Cyrillic a
    'https://hooks-slack.com/',
    'https://xhooks.slack.com/',
    'https://slack.com/commands/T1',
    'https://api.slack.com/',
    'https://hooks.slack-gov.com/commands/T1',
    'https://evil.example/https://hooks.slack.com/',
    'https://evil.example/?hooks.slack.com',
    'https://evil.example#hooks.slack.com',
    'ftp://hooks.slack.com/',
    'hooks.slack.com/commands/T1',
    ' ',
  ])('%s is none', (address) => {
    expect(isSlackResponseUrl(address, api)).toBe(false);
  });
});
