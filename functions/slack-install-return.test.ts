import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeRole } from '../lib/organizations/index.ts';
import { findBotToken, findWorkspace, readSituation } from '../lib/slack/index.ts';
import { people } from '../tests/support/acme.ts';
import { createInstallWorld, type InstallVisit, type InstallWorld, stateOf } from '../tests/support/install-world.ts';

let slack: InstallWorld['slack'];
let acme: InstallWorld['acme'];
let sessionOf: InstallWorld['sessionOf'];
let visit: InstallWorld['visit'];
let begin: InstallWorld['begin'];
let install: InstallWorld['install'];
let workspacesOf: InstallWorld['workspacesOf'];
let world: InstallWorld;
beforeEach(async () => {
  world = await createInstallWorld();
  ({ slack, acme, sessionOf, visit, begin, install, workspacesOf } = world);
});
afterEach(() => world.close());

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

  it.each<[string, (state: string) => InstallVisit]>([
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
