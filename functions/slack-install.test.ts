import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeRole } from '../lib/organizations/index.ts';
import { findWorkspace, readSituation } from '../lib/slack/index.ts';
import { people } from '../tests/support/acme.ts';
import { createInstallWorld, type InstallWorld, stateOf } from '../tests/support/install-world.ts';
import { slackGrant } from '../tests/support/slack-oauth-server.ts';
import { tableItems } from '../tests/support/table-digest.ts';

let slack: InstallWorld['slack'];
let acme: InstallWorld['acme'];
let sessionOf: InstallWorld['sessionOf'];
let fromWorkspace: InstallWorld['fromWorkspace'];
let visit: InstallWorld['visit'];
let begin: InstallWorld['begin'];
let install: InstallWorld['install'];
let workspacesOf: InstallWorld['workspacesOf'];
let world: InstallWorld;
beforeEach(async () => {
  world = await createInstallWorld();
  ({ slack, acme, sessionOf, fromWorkspace, visit, begin, install, workspacesOf } = world);
});
afterEach(() => world.close());

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
    expect(world.answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
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
