import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HttpServer, listen } from '../listen.ts';
import { createOidcStandIn, type OidcAccount } from './oidc-stand-in.ts';

const acme = { teamId: 'T0ACME001', teamName: 'Acme', userId: 'U0OLIVIA01' };
const accounts: readonly OidcAccount[] = [
  {
    id: 'olivia',
    name: 'Olivia <b>Park',
    email: 'olivia@acme.example',
    emailVerified: true,
    slack: [acme],
    note: 'owner',
  },
  { id: 'una', name: 'Una', email: 'una@acme.example', emailVerified: false, slack: [], note: 'not verified' },
];
const redirectUri = 'http://127.0.0.1:9/auth/callback/';
const secret = 'a-client-secret-of-a-test';
const insecure = { execute: [oidc.allowInsecureRequests] };
let server: HttpServer;
let client: oidc.Configuration;

beforeAll(async () => {
  server = await listen(0);
  const settings = { issuer: server.url, clientId: 'postflow', clientSecret: secret };
  server.serve(createOidcStandIn({ ...settings, redirectUri, accounts }));
  client = await oidc.discovery(
    new URL(server.url),
    settings.clientId,
    undefined,
    oidc.ClientSecretBasic(secret),
    insecure,
  );
});
afterAll(() => server.close());

/** A browser in as many words as the flow needs: keeps cookies, follows redirects as far as the client's own address. */
function browser() {
  const jar = new Map<string, string>();
  const visit = async (address: URL, form?: Record<string, string>): Promise<{ url: URL; html: string }> => {
    if (address.href.startsWith(redirectUri)) return { url: address, html: '' };
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const body = form && { method: 'POST', body: new URLSearchParams(form) };
    const response = await fetch(address, { redirect: 'manual', headers: { cookie }, ...body });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const location = response.headers.get('location');
    return location === null ? { url: address, html: await response.text() } : visit(new URL(location, address));
  };
  return visit;
}

async function begin(more: Record<string, string> = {}) {
  const verifier = oidc.randomPKCECodeVerifier();
  const checks = { pkceCodeVerifier: verifier, expectedNonce: oidc.randomNonce(), expectedState: oidc.randomState() };
  const address = oidc.buildAuthorizationUrl(client, {
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    nonce: checks.expectedNonce,
    state: checks.expectedState,
    ...more,
  });
  return { address, checks };
}

async function signIn(form: Record<string, string>, visit = browser()) {
  const { address, checks } = await begin();
  const page = await visit(address);
  const { url } = await visit(page.url, form);
  return (await oidc.authorizationCodeGrant(client, url, checks)).claims();
}

describe('signing in', () => {
  test('the ID token says who came, with PKCE, nonce and state', async () => {
    expect(await signIn({ account: 'olivia' })).toMatchObject({
      iss: server.url,
      sub: 'olivia',
      email: 'olivia@acme.example',
      email_verified: true,
      name: 'Olivia <b>Park',
    });
  });

  test('an e-mail address that is not verified is told as such', async () => {
    expect(await signIn({ account: 'una@acme.example' })).toMatchObject({ email_verified: false });
  });

  test('Slack’s claims come only when they were chosen', async () => {
    const slack = { 'https://slack.com/user_id': 'U0OLIVIA01', 'https://slack.com/team_id': 'T0ACME001' };
    expect(await signIn({ account: 'olivia', slack: 'T0ACME001' })).toMatchObject(slack);
    expect(Object.keys((await signIn({ account: 'olivia' })) ?? {}).filter((name) => name.includes('slack'))).toEqual(
      [],
    );
  });

  test('whoever comes again is asked again, and may be somebody else', async () => {
    const visit = browser();
    await signIn({ account: 'olivia' }, visit);
    expect(await signIn({ account: 'una' }, visit)).toMatchObject({ sub: 'una' });
  });
});

test('the client may show its secret in a form too', async () => {
  const before = client;
  client = await oidc.discovery(new URL(server.url), 'postflow', undefined, oidc.ClientSecretPost(secret), insecure);
  expect(await signIn({ account: 'olivia' })).toMatchObject({ sub: 'olivia' });
  client = before;
});

describe('the page', () => {
  test('lists everybody, escaped, and asks for nothing else', async () => {
    const { html } = await browser()((await begin()).address);
    expect(html).toContain('Olivia &lt;b&gt;Park');
    expect(html).toContain('una@acme.example');
    expect(html).not.toContain('password"');
  });

  test('going back tells the client so', async () => {
    const visit = browser();
    const page = await visit((await begin()).address);
    const { url } = await visit(new URL(`${page.url}/cancel`), {});
    expect(url.searchParams.get('error')).toBe('access_denied');
  });

  test.each([[{ account: 'nobody' }], [{ account: 'una', slack: 'T0ACME001' }], [{}]])('%o is nobody', async (form) => {
    const visit = browser();
    const page = await visit((await begin()).address);
    expect((await visit(page.url, form)).html).toContain('Nobody here has this name');
  });

  test('a sign-in that another browser began is explained', async () => {
    const page = await browser()((await begin()).address);
    expect((await browser()(page.url)).html).toContain('This sign-in cannot go on');
  });

  test.each([
    [{ redirect_uri: 'http://evil.example/' }, 'This sign-in cannot go on'],
    [{ client_id: 'other' }, 'This sign-in cannot go on'],
  ])('a request with %o goes nowhere', async (more, said) => {
    expect((await browser()((await begin(more)).address)).html).toContain(said);
  });

  test('PKCE is not optional', async () => {
    const { url } = await browser()((await begin({ code_challenge: '', code_challenge_method: '' })).address);
    expect(url.searchParams.get('error')).toBe('invalid_request');
  });
});
