import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeRole } from '../lib/organizations/index.ts';
import { findWorkspace, readSituation } from '../lib/slack/index.ts';
import { people } from '../tests/support/acme.ts';
import { createInstallWorld, type InstallWorld, stateOf } from '../tests/support/install-world.ts';
import { slackGrant } from '../tests/support/slack-oauth-server.ts';
import { tableItems } from '../tests/support/table-digest.ts';

let world: InstallWorld;
beforeEach(async () => {
  world = await createInstallWorld();
});
afterEach(() => world.close());

describe('the page of workspaces', () => {
  it('sends who has not signed in to the sign-in, and back', async () => {
    const { statusCode, headers } = await world.visit('show');
    expect(statusCode).toBe(303);
    expect(headers?.['Location']).toBe(
      'https://postflow.example/auth/sign-in/?next=%2Fextensions%2Fslack%2Finstall%2F',
    );
  });

  it('shows what is connected, chooses the only organization, and lets its form lead to Slack and nowhere else', async () => {
    const { statusCode, body, headers } = await world.visit('show', { as: world.sessionOf('olivia') });
    expect(statusCode).toBe(200);
    expect(body).toContain('value="acme" required checked');
    expect(body).not.toContain('globex');
    expect(body).toContain('T0ACME001');
    expect(body).toContain('Connected');
    const { origin } = new URL(world.slack.apiUrl);
    expect(headers?.['Content-Security-Policy']).toContain(`form-action 'self' ${origin};`);
  });

  it('is for managers and owners: an admin sees only the organization that she owns', async () => {
    const { body } = await world.visit('show', { as: world.sessionOf('ada') });
    expect(body).toContain('value="globex" required checked');
    expect(body).not.toContain('value="acme"');
    expect(await world.visit('show', { as: world.sessionOf('mia') })).toMatchObject({ statusCode: 403 });
  });

  it('asks who manages two organizations for which, and chooses none by itself', async () => {
    await changeRole(world.acme.app, { organization: 'acme', email: people.ada, role: 'manager' });
    const { body } = await world.visit('show', { as: world.sessionOf('ada') });
    expect(body).toContain('value="acme" required>');
    expect(body).toContain('value="globex" required>');
  });
});

describe('beginning', () => {
  it('leads to Slack with who we are, what we need and where to come back to', async () => {
    const address = await world.begin();
    expect(address.href.startsWith(new URL('../oauth/v2/authorize', world.slack.apiUrl).href)).toBe(true);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      client_id: world.slack.clientId,
      scope: slackGrant.scope,
      redirect_uri: 'https://postflow.example/extensions/slack/install/callback/',
      state: expect.stringMatching(/^[\w-]+\.[\w-]+$/) as unknown,
    });
    expect(Buffer.from(stateOf(address), 'base64url').toString(), 'the session stays here').not.toContain('session of');
  });

  it('is refused without the form of our own page, without a session, for others’ organizations, and for none', async () => {
    const as = world.sessionOf('olivia');
    expect(await world.visit('begin', { as, fields: { csrf: 'no' } })).toMatchObject({ statusCode: 403 });
    expect(await world.visit('begin')).toMatchObject({ statusCode: 401 });
    expect(await world.visit('begin', { as: world.sessionOf('ada') })).toMatchObject({ statusCode: 403 });
    expect(await world.visit('begin', { as, fields: { organization: 'globex' } })).toMatchObject({ statusCode: 403 });
    expect(await world.visit('begin', { as, fields: { organization: '' } })).toMatchObject({ statusCode: 400 });
    expect(await world.visit('begin', { as, fields: { workspace: 'https://evil.example' } })).toMatchObject({
      statusCode: 400,
    });
  });
});

describe('who signed in with Slack', () => {
  it('installs and disconnects from a workspace that the organization uses', async () => {
    const as = world.fromWorkspace('olivia', world.acme.teamId);
    expect(await world.visit('show', { as })).toMatchObject({ statusCode: 200 });
    const begun = await world.visit('begin', { as });
    world.slack.grantWith({ team: { id: 'T0NEW00001', name: 'New' } });
    const state = stateOf(new URL(String(begun.headers?.['Location'])));
    expect(await world.visit('return', { as, query: { state } })).toMatchObject({ statusCode: 200 });
    expect(await world.visit('disconnect', { as })).toMatchObject({ statusCode: 200 });
  });

  it('in a workspace that the organization does not use is told what to do instead, and changes nothing', async () => {
    const as = world.fromWorkspace('olivia', 'T0FOREIGN1');
    const state = stateOf(await world.begin());
    const refused = [
      await world.visit('show', { as }),
      await world.visit('begin', { as }),
      await world.visit('disconnect', { as, fields: { action: 'ask-disconnect' } }),
      await world.visit('disconnect', { as }),
      await world.visit('return', { as, query: { state } }),
    ];
    for (const { statusCode, body } of refused) {
      expect(statusCode).toBe(403);
      expect(body).toContain('Sign in through a workspace that is connected already');
      expect(body).not.toContain(world.acme.teamId);
    }
    expect(world.slack.calls).toEqual([]);
    expect(await world.workspacesOf('acme')).toEqual(['T0ACME001 active']);
  });

  it('in any workspace connects the first one, when the organization has none that is active', async () => {
    await world.visit('disconnect', { as: world.sessionOf('olivia') });
    world.slack.grantWith({ team: { id: 'T0NEW00001', name: 'New' } });
    const as = world.fromWorkspace('olivia', 'T0NEW00001');
    expect(await world.visit('show', { as })).toMatchObject({ statusCode: 200 });
    const begun = await world.visit('begin', { as });
    const state = stateOf(new URL(String(begun.headers?.['Location'])));
    expect(await world.visit('return', { as, query: { state } })).toMatchObject({ statusCode: 200 });
  });

  it('sees of several organizations those that use the workspace', async () => {
    await changeRole(world.acme.app, { organization: 'acme', email: people.ada, role: 'manager' });
    await world.visit('disconnect', { as: world.sessionOf('olivia') });
    world.slack.grantWith({ team: { id: 'T0NEW00001', name: 'New' } });
    await world.install();
    const { statusCode, body } = await world.visit('show', { as: world.fromWorkspace('ada', world.acme.teamId) });
    expect(statusCode).toBe(200);
    expect(body).toContain('value="globex" required checked');
    expect(body).not.toContain('value="acme"');
    expect(body).toContain('Not shown');
  });
});

describe('disconnecting', () => {
  it('is asked once more, and done after that', async () => {
    const as = world.sessionOf('olivia');
    const asked = await world.visit('disconnect', { as, fields: { action: 'ask-disconnect' } });
    expect(asked.body).toContain('Yes, disconnect it');
    expect(await world.workspacesOf('acme')).toEqual(['T0ACME001 active']);
    const done = await world.visit('disconnect', { as });
    expect(done).toMatchObject({ statusCode: 200 });
    expect(done.body).toContain('stays in the workspace');
    expect(await world.workspacesOf('acme')).toEqual([]);
    expect(await world.workspacesOf('globex'), 'others keep it').toEqual(['T0ACME001 active']);
    expect(world.slack.calls).toEqual([]);
    expect(await world.visit('disconnect', { as }), 'a second time').toMatchObject({ statusCode: 404 });
  });

  it('ends that its people count there', async () => {
    await world.acme.linked('U0ADA00001', 'ada');
    await world.visit('disconnect', { as: world.sessionOf('olivia') });
    const situation = await readSituation(world.acme.app, { teamId: world.acme.teamId, slackUserId: 'U0ADA00001' });
    expect(situation?.memberships.map(({ organization }) => organization)).toEqual(['globex']);
  });

  it.each([
    [undefined, 'has left the workspace'],
    ['account_inactive', 'has left the workspace'],
    ['fatal_error', 'remove postflow there'],
  ])('by the last organization takes the app away and forgets the token, when Slack says %s', async (failure, said) => {
    world.slack.failWith('apps.uninstall', failure);
    await world.visit('disconnect', { as: world.sessionOf('olivia') });
    const { body } = await world.visit('disconnect', {
      as: world.sessionOf('ada'),
      fields: { organization: 'globex' },
    });
    expect(body).toContain(said);
    expect(world.slack.calls).toEqual([expect.stringMatching(/^apps\.uninstall .* Bearer xoxb-hush$/) as unknown]);
    expect(await findWorkspace(world.acme.app, world.acme.teamId)).toMatchObject({
      status: 'disabled',
      switchedOff: { reason: 'disconnected' },
    });
    expect(JSON.stringify(await tableItems(world.acme.app))).not.toContain('sealedBotToken');
    await world.install();
    expect(await world.workspacesOf('acme'), 'and it can come back').toEqual(['T0ACME001 active']);
    expect(await world.workspacesOf('globex'), 'for who brought it back').toEqual([]);
  });

  it('by both organizations at once takes the app away once', async () => {
    await Promise.all([
      world.visit('disconnect', { as: world.sessionOf('olivia') }),
      world.visit('disconnect', { as: world.sessionOf('ada'), fields: { organization: 'globex' } }),
    ]);
    expect(world.answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(world.slack.calls).toHaveLength(1);
  });

  it('is refused for what belongs to others', async () => {
    const fields = { organization: 'globex' };
    expect(await world.visit('disconnect', { as: world.sessionOf('olivia'), fields })).toMatchObject({
      statusCode: 403,
    });
    expect(await world.visit('disconnect', { as: world.sessionOf('olivia'), fields: { csrf: 'no' } })).toMatchObject({
      statusCode: 403,
    });
    expect(await world.workspacesOf('globex')).toEqual(['T0ACME001 active']);
  });
});
