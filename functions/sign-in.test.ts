import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Oidc, oidcClient, type SignInWishes } from '../lib/platform/oidc.ts';
import { sessionLifetimeSeconds } from '../lib/platform/session.ts';
import { people } from '../tests/support/acme.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { createPagesWorld, type PagesWorld, slackUsers } from '../tests/support/pages-world.ts';
import { pageDoor } from './middleware/page-door.ts';
import { door, type SignInApp } from './sign-in.ts';

const home = 'https://postflow.example';
const account = `${home}/auth/sign-in/`;
const sessionName = '__Host-postflow-session';
const flowName = '__Host-postflow-sign-in-';

let world: PagesWorld;
beforeAll(async () => {
  world = await createPagesWorld();
});
afterAll(() => world.close());

/** The address of our callback as the provider makes it, before the browser goes there. */
async function answerOfProvider(browser = world.browser(), who = 'ada', slack?: string) {
  const page = await browser.visit(account);
  const cookiesBefore = new Map(browser.cookies);
  const landing = await browser.visit(page.url, { form: { account: who, ...(slack && { slack }) } });
  return { landing, cookiesBefore };
}

function handlerWith(changes: Partial<SignInApp>) {
  return pageDoor<SignInApp>(door, async () => ({ ...world.app, ...changes }));
}

describe('signing in', () => {
  it('asks the provider with state, nonce and PKCE, and remembers them in this browser alone', async () => {
    const answer = await handlerWith({})(storedEvent('sign-in/start'), lambdaContext());
    expect(answer.statusCode).toBe(303);
    const asked = new URL(String(answer.headers?.['Location']));
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      client_id: 'postflow',
      response_type: 'code',
      redirect_uri: `${home}/auth/callback/`,
      scope: 'openid email profile',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    const [cookie, ...others] = answer.multiValueHeaders?.['Set-Cookie'] ?? [];
    expect(others).toEqual([]);
    expect(cookie).toMatch(/^__Host-postflow-sign-in-[\w-]{16}=/);
    for (const part of ['Max-Age=600', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(part);
    expect(cookie).not.toContain('Domain');
  });

  it.each([
    ['T0ACME001', 'T0ACME001'],
    ['https://evil.example', undefined],
  ])('carries the workspace of a link to the provider: %s', async (team, slackTeamId) => {
    const asked: SignInWishes[] = [];
    const oidc: Oidc = {
      ...world.app.oidc,
      start: (wishes = {}) => {
        asked.push(wishes);
        return world.app.oidc.start(wishes);
      },
    };
    const event = storedEvent<APIGatewayProxyEvent>('sign-in/start');
    await handlerWith({ oidc })({ ...event, multiValueQueryStringParameters: { team: [team] } }, lambdaContext());
    expect(asked).toEqual([{ askAgain: false, slackTeamId }]);
  });

  it('ends with who it is, and a session for a week', async () => {
    const browser = world.browser();
    const landing = await browser.signIn(account, 'ada', 'T0ACME001');
    expect(landing).toMatchObject({ status: 200, url: account });
    expect(landing.html).toContain('ada@acme.example');
    expect([...browser.cookies.keys()]).toEqual([sessionName]);
    const before = world.app.clock.now();
    world.app.clock.advance(sessionLifetimeSeconds * 1_000);
    expect((await browser.visit(account)).url).toBe(account);
    world.app.clock.advance(1_000);
    expect((await browser.visit(account)).url).toContain(world.provider.url);
    world.app.clock.set(before);
  });

  it('leads back to where it began, and never anywhere else', async () => {
    const inside = await world.browser().signIn(`${account}?next=${encodeURIComponent('/auth/nowhere/')}`, 'ada');
    expect(inside).toMatchObject({ status: 404, url: `${home}/auth/nowhere/` });
    for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', '/%2fevil.example', '@evil']) {
      const landing = await world.browser().signIn(`${account}?next=${encodeURIComponent(next)}`, 'ada');
      expect(landing, next).toMatchObject({ status: 200, url: account });
    }
  });

  it('goes on in several tabs at once', async () => {
    const browser = world.browser();
    const first = await browser.visit(`${account}?next=/auth/first/`);
    const second = await browser.visit(`${account}?next=/auth/second/`);
    expect((await browser.visit(first.url, { form: { account: 'ada' } })).url).toBe(`${home}/auth/first/`);
    expect((await browser.visit(second.url, { form: { account: 'mia' } })).url).toBe(`${home}/auth/second/`);
    expect([...browser.cookies.keys()]).toEqual([sessionName]);
  });

  it('forgets the oldest of very many tabs, so that browsers do not send more than the gateway takes', async () => {
    const browser = world.browser();
    const next = encodeURIComponent(`/extensions/slack/link-team/${'x'.repeat(800)}/`);
    for (let tab = 0; tab < 12; tab += 1) {
      await browser.visit(`${account}?next=${next}`);
      world.app.clock.advance(1_000);
    }
    const bytes = [...browser.cookies].reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    expect(browser.cookies.size).toBeGreaterThan(1);
    expect(bytes).toBeLessThan(8_000);
  });

  it('asks again who it is when another account is wanted', async () => {
    const browser = world.browser();
    await browser.signIn(account, 'ada');
    const before = browser.cookies.get(sessionName);
    const page = await browser.visit(`${account}?account=another`);
    expect(page.url).toContain(world.provider.url);
    const landing = await browser.visit(page.url, { form: { account: 'mia' } });
    expect(landing.html).toContain('mia@acme.example');
    expect(browser.cookies.get(sessionName)).not.toBe(before);
  });

  it('begins a session anew each time, whatever cookie came before', async () => {
    const browser = world.browser();
    await browser.signIn(account, 'ada');
    const fixed = browser.cookies.get(sessionName) ?? '';
    const other = world.browser();
    other.cookies.set(sessionName, fixed);
    await other.signIn(`${account}?account=another`, 'ada');
    const idIn = (cookie = '') =>
      (JSON.parse(Buffer.from(cookie.split('.')[0] ?? '', 'base64url').toString()) as { readonly id: string }).id;
    expect(idIn(other.cookies.get(sessionName))).not.toBe(idIn(fixed));
  });
});

describe('a sign-in is refused', () => {
  it('to an answer that this browser did not ask for', async () => {
    const answer = await handlerWith({})(storedEvent('sign-in/unknown-answer'), lambdaContext());
    expect(answer).toMatchObject({ statusCode: 400, body: expect.stringContaining('This sign-in is over') });
    const { landing } = await answerOfProvider();
    expect(landing.status).toBe(200);
  });

  it('to the answer of another browser, which would sign somebody into a stranger’s account', async () => {
    const [attacker, victim] = [world.browser(), world.browser()];
    const page = await attacker.visit(account);
    await victim.visit(account);
    const state = [...attacker.cookies.keys()].map((name) => name.slice(flowName.length))[0];
    const code = { code: 'of-the-attacker', state: `${state}${'A'.repeat(27)}` };
    const landing = await victim.visit(`${home}/auth/callback/?${new URLSearchParams(code).toString()}`);
    expect(landing.status).toBe(400);
    expect(victim.cookies.has(sessionName)).toBe(false);
    expect(page.status).toBe(200);
  });

  it('after ten minutes, and twice', async () => {
    const browser = world.browser();
    const page = await browser.visit(account);
    world.app.clock.advance(601_000);
    const late = await browser.visit(page.url, { form: { account: 'ada' } });
    expect(late).toMatchObject({ status: 400, html: expect.stringContaining('This sign-in is over') });
  });

  it('with a code that the provider did not give', async () => {
    const browser = world.browser();
    const page = await browser.visit(account);
    const flow = [...browser.cookies].find(([name]) => name.startsWith(flowName))?.[1] ?? '';
    const { transaction } = JSON.parse(Buffer.from(flow.split('.')[0] ?? '', 'base64url').toString()) as {
      transaction: { state: string };
    };
    const query = new URLSearchParams({ code: 'made-up', state: transaction.state, iss: world.provider.url });
    const landing = await browser.visit(`${home}/auth/callback/?${query.toString()}`);
    expect(landing).toMatchObject({ status: 400, html: expect.stringContaining('Signing in did not work') });
    expect(page.status).toBe(200);
    expect([...browser.cookies.keys()]).toEqual([]);
  });

  it('when somebody goes back at the provider', async () => {
    const browser = world.browser();
    const page = await browser.visit(`${account}?next=/auth/there/`);
    const landing = await browser.visit(`${page.url}/cancel`, { form: {} });
    expect(landing).toMatchObject({ status: 403, html: expect.stringContaining('You did not sign in') });
    expect(landing.html).toContain(`${account}?next=%2Fauth%2Fthere%2F`);
  });

  it.each([
    ['eve', 'We do not know this account', 'eve@acme.example'],
    ['una', 'This address is not confirmed yet', people.ada],
    ['odd', 'We do not know this account', '&quot;&lt;script&gt;&quot;@acme.example'],
  ])('to %s: %s', async (who, title, shown) => {
    const browser = world.browser();
    const landing = await browser.signIn(account, who);
    expect(landing.status).toBe(403);
    expect(landing.html).toContain(title);
    expect(landing.html).toContain(shown);
    expect(landing.html).not.toContain('<script');
    expect(landing.html).toContain('account=another');
    expect(browser.cookies.has(sessionName)).toBe(false);
  });

  it('with a page that can be tried again, when the provider does not answer', async () => {
    const away = oidcClient({
      issuer: 'http://127.0.0.1:9',
      clientId: 'a',
      clientSecret: 'b',
      redirectUrl: `${home}/auth/callback/`,
    });
    const answer = await handlerWith({ oidc: away })(storedEvent('sign-in/start'), lambdaContext());
    expect(answer).toMatchObject({ statusCode: 503, body: expect.stringContaining('does not answer right now') });
    expect(answer.body).toContain('next=%2Fextensions%2Fslack%2Flink-identity%2Fabc.def%2F');
  });

  it('as long as no provider is set up', async () => {
    const answer = await handlerWith({ oidc: undefined })(storedEvent('sign-in/start'), lambdaContext());
    expect(answer).toMatchObject({ statusCode: 503, body: expect.stringContaining('not set up yet') });
  });

  it('at a provider that is not encrypted, unless it is on this machine', () => {
    const settings = { clientId: 'a', clientSecret: 'b', redirectUrl: 'https://a.example/' };
    expect(() => oidcClient({ ...settings, issuer: 'http://login.example' })).toThrow('https');
    expect(() => oidcClient({ ...settings, issuer: 'http://127.0.0.1.evil.example' })).toThrow('https');
    expect(() => oidcClient({ ...settings, issuer: 'http://localhost:3001' })).not.toThrow();
  });
});

describe('signing out', () => {
  it('forgets who it was', async () => {
    const browser = world.browser();
    const landing = await browser.signIn(account, 'ada');
    expect(await browser.submit(landing)).toMatchObject({ status: 200, html: expect.stringContaining('signed out') });
    expect(browser.cookies.has(sessionName)).toBe(false);
  });

  it.each([
    ['without the text of our form', { csrf: '' }, {}],
    ['from another site', {}, { 'Sec-Fetch-Site': 'cross-site' }],
    ['from a neighbour', {}, { 'Sec-Fetch-Site': 'same-site' }],
    ['from another origin', {}, { Origin: 'https://evil.example' }],
  ])('does nothing %s', async (_, fields, headers) => {
    const browser = world.browser();
    const landing = await browser.signIn(account, 'ada');
    expect((await browser.submit(landing, fields, headers)).status).toBe(403);
    expect(browser.cookies.has(sessionName)).toBe(true);
  });

  it('is done already for who has not signed in', async () => {
    const answer = await handlerWith({})(storedEvent('sign-in/sign-out'), lambdaContext());
    expect(answer.statusCode).toBe(200);
  });

  it('wants a form, not an address', async () => {
    expect((await world.browser().visit(`${home}/auth/sign-out/`)).status).toBe(405);
  });
});

it('knows who somebody is in Slack from the provider', async () => {
  const browser = world.browser();
  await browser.signIn(account, 'ada', 'T0ACME001');
  const session = Buffer.from((browser.cookies.get(sessionName) ?? '').split('.')[0] ?? '', 'base64url').toString();
  expect(JSON.parse(session)).toMatchObject({
    userId: world.users.ada,
    email: people.ada,
    slack: { teamId: 'T0ACME001', slackUserId: slackUsers.ada },
  });
});
