import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeRole } from '../lib/organizations/index.ts';
import { findBotToken, findWorkspace, readSituation } from '../lib/slack/index.ts';
import { people } from '../tests/support/acme.ts';
import { createInstallWorld, type InstallVisit, type InstallWorld, stateOf } from '../tests/support/install-world.ts';

let world: InstallWorld;
beforeEach(async () => {
  world = await createInstallWorld();
});
afterEach(() => world.close());

describe('coming back from Slack', () => {
  it('connects the workspace and says what to do next', async () => {
    world.slack.grantWith({ team: { id: 'T0NEW00001', name: '<b>New</b> & Co' } });
    const { statusCode, body } = await world.install();
    expect(statusCode).toBe(200);
    expect(body).toContain('&lt;b&gt;New&lt;/b&gt; &amp; Co');
    expect(body).not.toContain('<b>New');
    for (const next of ['/invite @postflow', '/postflow link', 'slack://open?team=T0NEW00001']) {
      expect(body).toContain(next);
    }
    expect(await findBotToken(world.acme.app, 'T0NEW00001')).toBe('xoxb-hush-0');
    expect(await world.workspacesOf('acme')).toEqual(['T0ACME001 active', 'T0NEW00001 active']);
    expect(world.slack.calls).toEqual([expect.stringContaining('code=1234.5678') as unknown]);
  });

  it('keeps what a token that ends is renewed with', async () => {
    world.slack.grantWith({ expires_in: 43_200 });
    await world.install();
    world.acme.app.clock.advance(13 * 3_600_000);
    const rotation = { ...world.slack, clock: world.acme.app.clock, log: world.acme.app.log };
    expect(await findBotToken({ ...world.acme.app, rotation }, world.acme.teamId)).toBe('xoxe.xoxb-hush-2');
  });

  it('replaces the token of the same bot, gives the old one not back, and leaves other organizations what they have', async () => {
    await world.acme.linked('U0ADA00001', 'ada');
    await world.install();
    expect(await findBotToken(world.acme.app, world.acme.teamId)).toBe('xoxb-hush-0');
    expect(world.slack.calls).toHaveLength(1);
    expect(await world.workspacesOf('globex')).toEqual(['T0ACME001 active']);
    const situation = await readSituation(world.acme.app, { teamId: world.acme.teamId, slackUserId: 'U0ADA00001' });
    expect(situation?.memberships.map(({ organization }) => organization)).toEqual(['acme', 'globex']);
  });

  it('gives back the token of a bot that is another one now', async () => {
    world.slack.grantWith({ bot_user_id: 'U0OTHERBOT' });
    await world.install();
    expect(world.slack.calls.at(-1)).toBe('auth.revoke  Bearer xoxb-hush');
  });

  it('works once, also when it is done twice at the same moment', async () => {
    const state = stateOf(await world.begin());
    const as = world.sessionOf('olivia');
    const both = await Promise.all([0, 1].map(() => world.visit('return', { as, query: { state } })));
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410]);
    expect(await world.visit('return', { as, query: { state, code: 'another' } })).toMatchObject({ statusCode: 410 });
    expect(world.slack.tokens).toHaveLength(1);
  });

  it('ends after ten minutes', async () => {
    const state = stateOf(await world.begin());
    const as = world.sessionOf('olivia');
    world.acme.app.clock.advance(600_000);
    world.acme.app.clock.advance(1_000);
    const { statusCode, body } = await world.visit('return', { as, query: { state } });
    expect(statusCode).toBe(410);
    expect(body).toContain('ten minutes');
    expect(world.slack.calls).toEqual([]);
  });

  it.each<[string, (state: string) => InstallVisit]>([
    ['in another browser', (state) => ({ as: world.sessionOf('olivia', 'another session'), query: { state } })],
    ['by somebody else', (state) => ({ as: world.sessionOf('ada'), query: { state } })],
    ['by nobody', (state) => ({ query: { state } })],
    ['with a state that is changed', (state) => ({ as: world.sessionOf('olivia'), query: { state: `${state}x` } })],
    ['without a state', () => ({ as: world.sessionOf('olivia'), query: { state: '' } })],
  ])('is refused %s, and nothing is asked of Slack', async (_, how) => {
    const { statusCode, headers } = await world.visit('return', how(stateOf(await world.begin())));
    expect(statusCode).toBe(410);
    expect(headers).not.toHaveProperty('Location');
    expect(world.slack.calls).toEqual([]);
  });

  it('is refused who has lost the role in between, before and after Slack was asked', async () => {
    const state = stateOf(await world.begin());
    await changeRole(world.acme.app, { organization: 'acme', email: people.olivia, role: 'admin' });
    expect(await world.visit('return', { as: world.sessionOf('olivia'), query: { state } })).toMatchObject({
      statusCode: 403,
    });
    expect(world.slack.calls).toEqual([]);
    await changeRole(world.acme.app, { organization: 'acme', email: people.olivia, role: 'owner' });
    world.slack.grantWith({ team: { id: 'T0NEW00001', name: 'New' } });
    world.slack.holdTokens(() =>
      changeRole(world.acme.app, { organization: 'acme', email: people.olivia, role: 'member' }),
    );
    expect(await world.install()).toMatchObject({ statusCode: 403 });
    expect(await findWorkspace(world.acme.app, 'T0NEW00001')).toBeUndefined();
    expect(world.slack.calls.at(-1)).toBe('auth.revoke  Bearer xoxb-hush-0');
  });

  it('says that it was cancelled, and nothing of what else the address says', async () => {
    const state = stateOf(await world.begin());
    const as = world.sessionOf('olivia');
    expect(await world.visit('cancelled', { as, query: { state } })).toMatchObject({ statusCode: 200 });
    const odd = await world.visit('cancelled', { as, query: { state, error: '<script>1' } });
    expect(odd.statusCode).toBe(409);
    expect(odd.body).not.toContain('<script>');
    expect(await world.visit('cancelled', { as })).toMatchObject({ statusCode: 410 });
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
    world.slack.failWith('oauth.v2.access', failure);
    const { statusCode, body } = await world.install();
    expect(statusCode).toBe(status);
    expect(body).toContain(advice);
    expect(await world.workspacesOf('acme')).toEqual(['T0ACME001 active']);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['for a whole Enterprise organization', { is_enterprise_install: true, team: null }, 'single workspace'],
    ['without a bot', { token_type: 'user' }, 'bot'],
    ['with too little', { scope: 'commands' }, 'chat:write'],
  ])('refuses an installation %s and gives its token back', async (_, changes, advice) => {
    world.slack.grantWith({ team: { id: 'T0NEW00001', name: 'New' }, ...changes });
    const { statusCode, body } = await world.install();
    expect(statusCode).toBe(409);
    expect(body).toContain(advice);
    expect(await findWorkspace(world.acme.app, 'T0NEW00001')).toBeUndefined();
    expect(world.slack.calls.at(-1)).toContain('auth.revoke');
  });
});
