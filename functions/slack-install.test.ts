import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeRole } from '../lib/organizations/index.ts';
import { epochSeconds } from '../lib/platform/clock.ts';
import type { Session } from '../lib/platform/session.ts';
import { findBotToken, findWorkspace, listWorkspaces, readSituation } from '../lib/slack/index.ts';
import { people } from '../tests/support/acme.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { createSlackAcme, type SlackAcme } from '../tests/support/slack-acme.ts';
import { type SlackOauthServer, slackGrant, startSlackOauthServer } from '../tests/support/slack-oauth-server.ts';
import { tableItems } from '../tests/support/table-digest.ts';
import { pageDoor } from './middleware/page-door.ts';
import { csrfToken, sessionCookie } from './middleware/session.ts';
import { door } from './slack-install.ts';

type Name = keyof SlackAcme['users'];

let slack: SlackOauthServer;
let acme: SlackAcme;
/** Everything that was answered, to look for what must not be in it. */
let answers: APIGatewayProxyResult[];

const installApp = () => ({ ...acme.app, slackOauth: slack, command: '/postflow' });

beforeEach(async () => {
  slack = await startSlackOauthServer();
  acme = await createSlackAcme();
  answers = [];
});

afterEach(async () => {
  // A token is nowhere but in the hands of Slack, and sealed in the table.
  const seen = JSON.stringify([await tableItems(acme.app), acme.app.lines, answers]);
  for (const token of slack.tokens) expect(seen).not.toContain(token);
  expect(seen).not.toContain(slack.clientSecret);
  await slack.stop();
});

const sessionOf = (name: Name, id = `session of ${name}`): Session => ({
  id,
  userId: acme.users[name],
  email: people[name],
  signedInAtSeconds: epochSeconds(acme.app.clock),
});

/** The same, after a sign-in with Slack in a workspace. */
const fromWorkspace = (name: Name, teamId: string): Session => ({
  ...sessionOf(name),
  slack: { teamId, slackUserId: 'U0OLIVIA01' },
});

interface Visit {
  readonly as?: Session | undefined;
  readonly fields?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

async function visit(name: string, { as, fields, query }: Visit = {}): Promise<APIGatewayProxyResult> {
  const app = installApp();
  const event = storedEvent<APIGatewayProxyEvent>(`slack-install/${name}`);
  const cookie = as && sessionCookie(app, as).split(';', 1);
  const form = new URLSearchParams(event.body ?? '');
  if (as !== undefined && event.body !== null) form.set('csrf', csrfToken(app, as, 'slack-install'));
  for (const [field, value] of Object.entries(fields ?? {})) form.set(field, value);
  const asked = Object.entries({ ...event.queryStringParameters, ...query });
  const answer = await pageDoor(door, async () => app)(
    {
      ...event,
      multiValueHeaders: { ...event.multiValueHeaders, ...(cookie && { Cookie: cookie }) },
      multiValueQueryStringParameters: Object.fromEntries(asked.map(([key, value]) => [key, [value ?? '']])),
      body: event.body === null ? null : form.toString(),
    },
    lambdaContext(),
  );
  answers.push(answer);
  return answer;
}

/** Presses "Continue to Slack" and gives where that leads. */
async function begin(name: Name = 'olivia', fields: Readonly<Record<string, string>> = {}): Promise<URL> {
  const answer = await visit('begin', { as: sessionOf(name), fields });
  expect(answer).toMatchObject({ statusCode: 303, body: '' });
  return new URL(String(answer.headers?.['Location']));
}

const stateOf = (address: URL) => address.searchParams.get('state') ?? '';

async function install(name: Name = 'olivia', fields: Readonly<Record<string, string>> = {}) {
  return visit('return', { as: sessionOf(name), query: { state: stateOf(await begin(name, fields)) } });
}

/** The names of the organizations' workspaces, with what they are. */
const workspacesOf = async (organization: string) =>
  (await listWorkspaces(acme.app, organization)).map(({ teamId, status }) => `${teamId} ${status}`);

describe('the page of workspaces', () => {
  it('sends who has not signed in to the sign-in, and back', async () => {
    const { statusCode, headers } = await visit('show');
    expect(statusCode).toBe(303);
    expect(headers?.['Location']).toBe(
      'https://postflow.example/auth/sign-in/?next=%2Fextensions%2Fslack%2Finstall%2F',
    );
  });

  it('shows what is connected, chooses the only organization, and lets its form lead to Slack and nowhere else', async () => {
    const { statusCode, body, headers } = await visit('show', { as: sessionOf('olivia') });
    expect(statusCode).toBe(200);
    expect(body).toContain('value="acme" required checked');
    expect(body).not.toContain('globex');
    expect(body).toContain('T0ACME001');
    expect(body).toContain('Connected');
    const { origin } = new URL(slack.apiUrl);
    expect(headers?.['Content-Security-Policy']).toContain(`form-action 'self' ${origin};`);
  });

  it('is for managers and owners: an admin sees only the organization that she owns', async () => {
    const { body } = await visit('show', { as: sessionOf('ada') });
    expect(body).toContain('value="globex" required checked');
    expect(body).not.toContain('value="acme"');
    expect(await visit('show', { as: sessionOf('mia') })).toMatchObject({ statusCode: 403 });
  });

  it('asks who manages two organizations for which, and chooses none by itself', async () => {
    await changeRole(acme.app, { organization: 'acme', email: people.ada, role: 'manager' });
    const { body } = await visit('show', { as: sessionOf('ada') });
    expect(body).toContain('value="acme" required>');
    expect(body).toContain('value="globex" required>');
  });
});

describe('beginning', () => {
  it('leads to Slack with who we are, what we need and where to come back to', async () => {
    const address = await begin();
    expect(address.href.startsWith(new URL('../oauth/v2/authorize', slack.apiUrl).href)).toBe(true);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      client_id: slack.clientId,
      scope: slackGrant.scope,
      redirect_uri: 'https://postflow.example/extensions/slack/install/callback/',
      state: expect.stringMatching(/^[\w-]+\.[\w-]+$/) as unknown,
    });
    expect(Buffer.from(stateOf(address), 'base64url').toString(), 'the session stays here').not.toContain('session of');
  });

  it('is refused without the form of our own page, without a session, for others’ organizations, and for none', async () => {
    const as = sessionOf('olivia');
    expect(await visit('begin', { as, fields: { csrf: 'no' } })).toMatchObject({ statusCode: 403 });
    expect(await visit('begin')).toMatchObject({ statusCode: 401 });
    expect(await visit('begin', { as: sessionOf('ada') })).toMatchObject({ statusCode: 403 });
    expect(await visit('begin', { as, fields: { organization: 'globex' } })).toMatchObject({ statusCode: 403 });
    expect(await visit('begin', { as, fields: { organization: '' } })).toMatchObject({ statusCode: 400 });
    expect(await visit('begin', { as, fields: { workspace: 'https://evil.example' } })).toMatchObject({
      statusCode: 400,
    });
  });
});

describe('coming back from Slack', () => {
  it('connects the workspace and says what to do next', async () => {
    slack.grantWith({ team: { id: 'T0NEW00001', name: '<b>New</b> & Co' } });
    const { statusCode, body } = await install();
    expect(statusCode).toBe(200);
    expect(body).toContain('&lt;b&gt;New&lt;/b&gt; &amp; Co');
    expect(body).not.toContain('<b>New');
    for (const next of ['/invite @postflow', '/postflow link', 'slack://open?team=T0NEW00001']) {
      expect(body).toContain(next);
    }
    expect(await findBotToken(acme.app, 'T0NEW00001')).toBe('xoxb-hush-0');
    expect(await workspacesOf('acme')).toEqual(['T0ACME001 active', 'T0NEW00001 active']);
    expect(slack.calls).toEqual([expect.stringContaining('code=1234.5678') as unknown]);
  });

  it('keeps what a token that ends is renewed with', async () => {
    slack.grantWith({ expires_in: 43_200 });
    await install();
    acme.app.clock.advance(13 * 3_600_000);
    const rotation = { ...slack, clock: acme.app.clock, log: acme.app.log };
    expect(await findBotToken({ ...acme.app, rotation }, acme.teamId)).toBe('xoxe.xoxb-hush-2');
  });

  it('replaces the token of the same bot, gives the old one not back, and leaves other organizations what they have', async () => {
    await acme.linked('U0ADA00001', 'ada');
    await install();
    expect(await findBotToken(acme.app, acme.teamId)).toBe('xoxb-hush-0');
    expect(slack.calls).toHaveLength(1);
    expect(await workspacesOf('globex')).toEqual(['T0ACME001 active']);
    const situation = await readSituation(acme.app, { teamId: acme.teamId, slackUserId: 'U0ADA00001' });
    expect(situation?.memberships.map(({ organization }) => organization)).toEqual(['acme', 'globex']);
  });

  it('gives back the token of a bot that is another one now', async () => {
    slack.grantWith({ bot_user_id: 'U0OTHERBOT' });
    await install();
    expect(slack.calls.at(-1)).toBe('auth.revoke  Bearer xoxb-hush');
  });

  it('works once, also when it is done twice at the same moment', async () => {
    const state = stateOf(await begin());
    const as = sessionOf('olivia');
    const both = await Promise.all([0, 1].map(() => visit('return', { as, query: { state } })));
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410]);
    expect(await visit('return', { as, query: { state, code: 'another' } })).toMatchObject({ statusCode: 410 });
    expect(slack.tokens).toHaveLength(1);
  });

  it('ends after ten minutes', async () => {
    const state = stateOf(await begin());
    const as = sessionOf('olivia');
    acme.app.clock.advance(600_000);
    acme.app.clock.advance(1_000);
    const { statusCode, body } = await visit('return', { as, query: { state } });
    expect(statusCode).toBe(410);
    expect(body).toContain('ten minutes');
    expect(slack.calls).toEqual([]);
  });

  it.each<[string, (state: string) => Visit]>([
    ['in another browser', (state) => ({ as: sessionOf('olivia', 'another session'), query: { state } })],
    ['by somebody else', (state) => ({ as: sessionOf('ada'), query: { state } })],
    ['by nobody', (state) => ({ query: { state } })],
    ['with a state that is changed', (state) => ({ as: sessionOf('olivia'), query: { state: `${state}x` } })],
    ['without a state', () => ({ as: sessionOf('olivia'), query: { state: '' } })],
  ])('is refused %s, and nothing is asked of Slack', async (_, how) => {
    const { statusCode, headers } = await visit('return', how(stateOf(await begin())));
    expect(statusCode).toBe(410);
    expect(headers).not.toHaveProperty('Location');
    expect(slack.calls).toEqual([]);
  });

  it('is refused who has lost the role in between, before and after Slack was asked', async () => {
    const state = stateOf(await begin());
    await changeRole(acme.app, { organization: 'acme', email: people.olivia, role: 'admin' });
    expect(await visit('return', { as: sessionOf('olivia'), query: { state } })).toMatchObject({ statusCode: 403 });
    expect(slack.calls).toEqual([]);
    await changeRole(acme.app, { organization: 'acme', email: people.olivia, role: 'owner' });
    slack.grantWith({ team: { id: 'T0NEW00001', name: 'New' } });
    slack.holdTokens(() => changeRole(acme.app, { organization: 'acme', email: people.olivia, role: 'member' }));
    expect(await install()).toMatchObject({ statusCode: 403 });
    expect(await findWorkspace(acme.app, 'T0NEW00001')).toBeUndefined();
    expect(slack.calls.at(-1)).toBe('auth.revoke  Bearer xoxb-hush-0');
  });

  it('says that it was cancelled, and nothing of what else the address says', async () => {
    const state = stateOf(await begin());
    const as = sessionOf('olivia');
    expect(await visit('cancelled', { as, query: { state } })).toMatchObject({ statusCode: 200 });
    const odd = await visit('cancelled', { as, query: { state, error: '<script>1' } });
    expect(odd.statusCode).toBe(409);
    expect(odd.body).not.toContain('<script>');
    expect(await visit('cancelled', { as })).toMatchObject({ statusCode: 410 });
  });

  it.each([
    ['invalid_code', 409, 'Start again'],
    ['code_already_used', 409, 'Start again'],
    ['bad_redirect_uri', 409, 'redirect URLs'],
    ['bad_client_secret', 409, 'slackClientSecret'],
    ['some_new_error', 409, 'some_new_error'],
    [503, 503, 'no clear answer'],
    ['fatal_error', 503, 'no clear answer'],
    [429, 503, '7 s'],
  ])('says what to do when Slack answers %s', async (failure, status, advice) => {
    slack.failWith('oauth.v2.access', failure);
    const { statusCode, body } = await install();
    expect(statusCode).toBe(status);
    expect(body).toContain(advice);
    expect(await workspacesOf('acme')).toEqual(['T0ACME001 active']);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['for a whole Enterprise organization', { is_enterprise_install: true, team: null }, 'single workspace'],
    ['without a bot', { token_type: 'user' }, 'bot'],
    ['with too little', { scope: 'commands' }, 'chat:write'],
  ])('refuses an installation %s and gives its token back', async (_, changes, advice) => {
    slack.grantWith({ team: { id: 'T0NEW00001', name: 'New' }, ...changes });
    const { statusCode, body } = await install();
    expect(statusCode).toBe(409);
    expect(body).toContain(advice);
    expect(await findWorkspace(acme.app, 'T0NEW00001')).toBeUndefined();
    expect(slack.calls.at(-1)).toContain('auth.revoke');
  });
});

describe('who signed in with Slack', () => {
  it('installs and disconnects from a workspace that the organization uses', async () => {
    const as = fromWorkspace('olivia', acme.teamId);
    expect(await visit('show', { as })).toMatchObject({ statusCode: 200 });
    const begun = await visit('begin', { as });
    slack.grantWith({ team: { id: 'T0NEW00001', name: 'New' } });
    const state = stateOf(new URL(String(begun.headers?.['Location'])));
    expect(await visit('return', { as, query: { state } })).toMatchObject({ statusCode: 200 });
    expect(await visit('disconnect', { as })).toMatchObject({ statusCode: 200 });
  });

  it('in a workspace that the organization does not use is told what to do instead, and changes nothing', async () => {
    const as = fromWorkspace('olivia', 'T0FOREIGN1');
    const state = stateOf(await begin());
    const refused = [
      await visit('show', { as }),
      await visit('begin', { as }),
      await visit('disconnect', { as, fields: { action: 'ask-disconnect' } }),
      await visit('disconnect', { as }),
      await visit('return', { as, query: { state } }),
    ];
    for (const { statusCode, body } of refused) {
      expect(statusCode).toBe(403);
      expect(body).toContain('Sign in through a workspace that is connected already');
      expect(body).not.toContain(acme.teamId);
    }
    expect(slack.calls).toEqual([]);
    expect(await workspacesOf('acme')).toEqual(['T0ACME001 active']);
  });

  it('in any workspace connects the first one, when the organization has none that is active', async () => {
    await visit('disconnect', { as: sessionOf('olivia') });
    slack.grantWith({ team: { id: 'T0NEW00001', name: 'New' } });
    const as = fromWorkspace('olivia', 'T0NEW00001');
    expect(await visit('show', { as })).toMatchObject({ statusCode: 200 });
    const begun = await visit('begin', { as });
    const state = stateOf(new URL(String(begun.headers?.['Location'])));
    expect(await visit('return', { as, query: { state } })).toMatchObject({ statusCode: 200 });
  });

  it('sees of several organizations those that use the workspace', async () => {
    await changeRole(acme.app, { organization: 'acme', email: people.ada, role: 'manager' });
    await visit('disconnect', { as: sessionOf('olivia') });
    slack.grantWith({ team: { id: 'T0NEW00001', name: 'New' } });
    await install();
    const { statusCode, body } = await visit('show', { as: fromWorkspace('ada', acme.teamId) });
    expect(statusCode).toBe(200);
    expect(body).toContain('value="globex" required checked');
    expect(body).not.toContain('value="acme"');
    expect(body).toContain('Not shown');
  });
});

describe('disconnecting', () => {
  it('is asked once more, and done after that', async () => {
    const as = sessionOf('olivia');
    const asked = await visit('disconnect', { as, fields: { action: 'ask-disconnect' } });
    expect(asked.body).toContain('Yes, disconnect it');
    expect(await workspacesOf('acme')).toEqual(['T0ACME001 active']);
    const done = await visit('disconnect', { as });
    expect(done).toMatchObject({ statusCode: 200 });
    expect(done.body).toContain('stays in the workspace');
    expect(await workspacesOf('acme')).toEqual([]);
    expect(await workspacesOf('globex'), 'others keep it').toEqual(['T0ACME001 active']);
    expect(slack.calls).toEqual([]);
    expect(await visit('disconnect', { as }), 'a second time').toMatchObject({ statusCode: 404 });
  });

  it('ends that its people count there', async () => {
    await acme.linked('U0ADA00001', 'ada');
    await visit('disconnect', { as: sessionOf('olivia') });
    const situation = await readSituation(acme.app, { teamId: acme.teamId, slackUserId: 'U0ADA00001' });
    expect(situation?.memberships.map(({ organization }) => organization)).toEqual(['globex']);
  });

  it.each([
    [undefined, 'has left the workspace'],
    ['account_inactive', 'has left the workspace'],
    ['fatal_error', 'remove postflow there'],
  ])('by the last organization takes the app away and forgets the token, when Slack says %s', async (failure, said) => {
    slack.failWith('apps.uninstall', failure);
    await visit('disconnect', { as: sessionOf('olivia') });
    const { body } = await visit('disconnect', { as: sessionOf('ada'), fields: { organization: 'globex' } });
    expect(body).toContain(said);
    expect(slack.calls).toEqual([expect.stringMatching(/^apps\.uninstall .* Bearer xoxb-hush$/) as unknown]);
    expect(await findWorkspace(acme.app, acme.teamId)).toMatchObject({
      status: 'disabled',
      switchedOff: { reason: 'disconnected' },
    });
    expect(JSON.stringify(await tableItems(acme.app))).not.toContain('sealedBotToken');
    await install();
    expect(await workspacesOf('acme'), 'and it can come back').toEqual(['T0ACME001 active']);
    expect(await workspacesOf('globex'), 'for who brought it back').toEqual([]);
  });

  it('by both organizations at once takes the app away once', async () => {
    await Promise.all([
      visit('disconnect', { as: sessionOf('olivia') }),
      visit('disconnect', { as: sessionOf('ada'), fields: { organization: 'globex' } }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(slack.calls).toHaveLength(1);
  });

  it('is refused for what belongs to others', async () => {
    const fields = { organization: 'globex' };
    expect(await visit('disconnect', { as: sessionOf('olivia'), fields })).toMatchObject({ statusCode: 403 });
    expect(await visit('disconnect', { as: sessionOf('olivia'), fields: { csrf: 'no' } })).toMatchObject({
      statusCode: 403,
    });
    expect(await workspacesOf('globex')).toEqual(['T0ACME001 active']);
  });
});
