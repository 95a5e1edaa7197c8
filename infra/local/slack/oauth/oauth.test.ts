import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acme, type ListeningStandIn, listenAcme, noon } from '../acme.fixture.ts';

const globex = { ...acme, teamId: 'T0GLOBEX01', name: 'Globex', botUserId: 'U0OTHER001', botToken: undefined };
const redirectUri = 'https://app.example/install/callback/?x=1';
const asked = { client_id: '1.2', scope: 'commands,chat:write', redirect_uri: redirectUri, state: 'a&b' };

let now: number;
let slack: ListeningStandIn;
beforeEach(async () => {
  now = noon;
  const { botToken: _, ...other } = globex;
  const appUrl = () => 'https://app.example';
  slack = await listenAcme({ workspaces: [acme, other], clock: () => now, appUrl });
});
afterEach(() => slack.close());

const authorizeUrl = () => `${slack.url}/__local/slack/oauth/v2/authorize`;

async function decide(form: Record<string, string>): Promise<URLSearchParams> {
  const body = new URLSearchParams({ ...asked, ...form });
  const response = await fetch(authorizeUrl(), { method: 'POST', body, redirect: 'manual' });
  const location = response.headers.get('location') ?? '';
  expect(location).toMatch(/^https:\/\/app\.example\/install\/callback\/\?x=1&/);
  return new URL(location).searchParams;
}

async function allow(team = globex.teamId): Promise<string> {
  return (await decide({ decision: 'allow', team })).get('code') ?? '';
}

async function access(
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const url = `${slack.url}/__local/slack/api/oauth.v2.access`;
  const client = { client_id: '1.2', client_secret: 'secret' };
  const body = new URLSearchParams('authorization' in headers ? form : { ...client, ...form });
  return (await (await fetch(url, { method: 'POST', headers, body })).json()) as Record<string, unknown>;
}

const redeem = async (code: string) => access({ code, redirect_uri: redirectUri });
const authTest = (token: unknown) => slack.client(String(token)).auth.test();
const refusedWith = (error: string) => expect.objectContaining({ data: expect.objectContaining({ error }) });

describe('the page', () => {
  const get = async (more: Record<string, string> = {}) => {
    const response = await fetch(`${authorizeUrl()}?${new URLSearchParams({ ...asked, ...more })}`);
    return { status: response.status, html: await response.text() };
  };

  test('offers every workspace, or the one that was asked for', async () => {
    const { html } = await get();
    expect(html).toMatch(/Allow in Acme[\s\S]*Allow in Globex/);
    expect(html).toContain('Take slash commands');
    expect((await get({ team: 'T0GLOBEX01' })).html).not.toContain('Allow in Acme');
  });

  test.each([
    [{ client_id: '9' }, 'invalid_client_id'],
    [{ redirect_uri: 'https://app.example.evil/' }, 'bad_redirect_uri'],
    [{ redirect_uri: 'nowhere' }, 'bad_redirect_uri'],
    [{ scope: '' }, 'no_scopes'],
    [{ scope: 'commands,<b>' }, 'invalid_scope'],
  ])('%o: stops with %s', async (more, code) => {
    const { status, html } = await get(more);
    expect([status, html]).toEqual([400, expect.stringContaining(`<code>${code}</code>`)]);
    expect(html).not.toContain('<b>,');
  });

  test('sends back with the state: a code, or the refusal', async () => {
    expect(Object.fromEntries(await decide({ decision: 'cancel' }))).toEqual({
      x: '1',
      error: 'access_denied',
      state: 'a&b',
    });
    expect(Object.fromEntries(await decide({ decision: 'allow' }))).toMatchObject({
      code: expect.any(String),
      state: 'a&b',
    });
  });
});

describe('oauth.v2.access', () => {
  test('gives a token that works, once', async () => {
    const code = (await decide({ decision: 'allow', team: 'T0GLOBEX01', user: 'U0MARCO001' })).get('code') ?? '';
    const answer = await redeem(code);
    expect(answer).toEqual({
      ok: true,
      app_id: 'A0OTHER001',
      authed_user: { id: 'U0MARCO001' },
      scope: 'commands,chat:write',
      token_type: 'bot',
      access_token: expect.stringMatching(/^xoxb-/),
      bot_user_id: 'U0OTHER001',
      team: { id: 'T0GLOBEX01', name: 'Globex' },
      enterprise: null,
      is_enterprise_install: false,
    });
    expect(await authTest(answer['access_token'])).toMatchObject({ team_id: 'T0GLOBEX01' });
    expect(await redeem(code)).toEqual({ ok: false, error: 'code_already_used' });
  });

  test('takes the client from the header too', async () => {
    const authorization = `Basic ${btoa('1.2:secret')}`;
    const form = { code: await allow(), redirect_uri: redirectUri };
    expect(await access(form, { authorization })).toMatchObject({ ok: true });
    expect(await access(form, { authorization: `Basic ${btoa('1.2:other')}` })).toMatchObject({
      error: 'bad_client_secret',
    });
  });

  test('the app that is installed already keeps its token', async () => {
    expect(await redeem(await allow(acme.teamId))).toMatchObject({ access_token: acme.botToken });
  });

  test('a code is good for ten minutes', async () => {
    const [first, second] = [await allow(), await allow()];
    now += 10 * 60_000;
    expect(await redeem(first)).toMatchObject({ ok: true });
    now += 1;
    expect(await redeem(second)).toEqual({ ok: false, error: 'invalid_code' });
  });

  test.each([
    [{ client_id: '9' }, 'invalid_client_id'],
    [{ client_secret: 'wrong' }, 'bad_client_secret'],
    [{ code: 'guessed' }, 'invalid_code'],
    [{ redirect_uri: 'https://app.example/' }, 'bad_redirect_uri'],
    [{ grant_type: 'password' }, 'invalid_grant_type'],
    [{ grant_type: 'refresh_token', refresh_token: 'guessed' }, 'invalid_refresh_token'],
  ])('%o: %s', async (more, error) => {
    const form = { code: await allow(), redirect_uri: redirectUri, ...more };
    expect(await access(form)).toEqual({ ok: false, error });
  });
});

describe('token rotation', () => {
  beforeEach(async () => {
    await slack.close();
    slack = await listenAcme({
      workspaces: [{ ...acme, tokenRotation: true }],
      clock: () => now,
      appUrl: () => 'https://app.example',
    });
  });

  test('a token ends after twelve hours, and is renewed', async () => {
    const first = await redeem(await allow(acme.teamId));
    expect(first).toMatchObject({ access_token: expect.stringMatching(/^xoxe\.xoxb-/), expires_in: 43_200 });
    now += 43_200_000;
    await expect(authTest(first['access_token'])).rejects.toEqual(refusedWith('token_expired'));
    const renew = { grant_type: 'refresh_token', refresh_token: String(first['refresh_token']) };
    const second = await access(renew);
    expect(second).toMatchObject({
      ok: true,
      refresh_token: expect.stringMatching(/^xoxe-/),
      team: { id: acme.teamId },
    });
    expect(await authTest(second['access_token'])).toMatchObject({ ok: true });
    expect(await access(renew)).toEqual({ ok: false, error: 'invalid_refresh_token' });
  });
});

describe('the end of an installation', () => {
  test('uninstalling ends every token; installing again gives a new one', async () => {
    const client = { client_id: '1.2', client_secret: 'secret' };
    await expect(slack.client().apps.uninstall({ ...client, client_secret: 'x' })).rejects.toEqual(
      refusedWith('bad_client_secret'),
    );
    await slack.client().apps.uninstall(client);
    await expect(authTest(acme.botToken)).rejects.toEqual(refusedWith('account_inactive'));
    const again = await redeem(await allow(acme.teamId));
    expect(again['access_token']).not.toBe(acme.botToken);
    expect(await authTest(again['access_token'])).toMatchObject({ ok: true });
  });

  test('a token that was revoked is revoked, unless it was a test', async () => {
    expect(await slack.client().auth.revoke({ test: true })).toMatchObject({ revoked: false });
    expect(await slack.client().auth.revoke()).toMatchObject({ revoked: true });
    await expect(authTest(acme.botToken)).rejects.toEqual(refusedWith('token_revoked'));
  });
});
