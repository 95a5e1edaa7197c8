import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { authenticateToken, tokenCache } from '../lib/organizations/index.ts';
import { randomText } from '../lib/platform/random-text.ts';
import type { DeletionMessage } from '../lib/projects/index.ts';
import { linkIdentity, readSituation } from '../lib/slack/index.ts';
import { arrayQueue } from '../tests/support/array-queue.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { createTestApp, testStart } from '../tests/support/test-app.ts';
import { door } from './admin.ts';
import { type CommandOutcome, commands } from './admin-commands/run-command.ts';
import { directDoor } from './middleware/direct-door.ts';

const createAdminApp = async () => ({
  ...(await createTestApp()),
  randomText,
  deletions: arrayQueue<DeletionMessage>(),
  publicUrl: 'https://postflow.example',
  tokenEncryptionKey: 'a key for sealing tokens',
  // Nobody answers there.
  slackOauth: { apiUrl: 'http://127.0.0.1:9/', clientId: '', clientSecret: '' },
});

interface Payload {
  readonly command: string;
  readonly input: Record<string, unknown>;
}

let app: Awaited<ReturnType<typeof createAdminApp>>;

beforeEach(async () => {
  app = await createAdminApp();
});

const invoke = (payload: unknown): Promise<CommandOutcome> =>
  directDoor(door, async () => app)(payload, lambdaContext());

/** Runs a stored event, with some of its input changed, and gives its result. */
async function run(name: string, changes: object = {}): Promise<unknown> {
  const { command, input } = storedEvent<Payload>(`admin/${name}`);
  const outcome = await invoke({ command, input: { ...input, ...changes } });
  expect(outcome).toMatchObject({ ok: true });
  return 'result' in outcome ? outcome.result : undefined;
}

const someId = expect.stringMatching(/^\d{16}$/) as unknown;
const someUser = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown;

describe('every command', () => {
  it('has a stored event', () => {
    const files = readdirSync(new URL('../events/admin/', import.meta.url));
    const stored = files.map((file) => storedEvent<Payload>(`admin/${file.replace(/\.json$/, '')}`).command);
    expect(new Set(stored)).toEqual(new Set(Object.keys(commands)));
  });

  it('does what it says, one after the other', async () => {
    const acme = { id: someId, slug: 'acme', name: 'Acme', createdAt: testStart };
    expect(await run('organization-create')).toEqual(acme);
    expect(await run('organization-list')).toEqual([acme]);
    expect(await run('organization-update')).toEqual({ ...acme, membersCreateProjects: false });

    const mia = {
      userId: someUser,
      email: 'mia@acme.example',
      name: 'Mia',
      role: 'member',
      teams: [],
      joinedAt: testStart,
    };
    expect(await run('member-add')).toEqual(mia);
    expect(await run('member-list')).toEqual([mia]);
    expect(await run('member-update')).toEqual({ ...mia, selfAssignIssues: true });
    expect(await run('member-list')).toEqual([{ ...mia, selfAssignIssues: true }]);
    expect(await run('member-update', { selfAssignIssues: 'off' })).toEqual(mia);

    const backend = {
      id: someId,
      organization: 'acme',
      slug: 'backend',
      name: 'Backend',
      memberIds: [someUser],
      createdAt: testStart,
    };
    expect(await run('team-create')).toEqual(backend);
    expect(await run('team-list')).toEqual([backend]);
    expect(await run('member-list')).toEqual([{ ...mia, teams: ['backend'] }]);
    expect(await run('member-change-role')).toEqual({ ...mia, teams: ['backend'], role: 'manager' });
    expect(await run('member-change-role', { role: 'member' })).toEqual({ ...mia, teams: ['backend'] });
    expect(await run('team-change-role')).toEqual({ userId: someUser });

    const web = {
      id: someId,
      organization: 'acme',
      slug: 'web',
      name: 'Web',
      team: 'backend',
      platform: 'javascript-react',
      publicKey: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
      status: 'active',
      createdAt: testStart,
      dsn: expect.stringMatching(/^https:\/\/[0-9a-f]{32}@postflow\.example\/\d{16}$/) as unknown,
    };
    expect(await run('project-create')).toEqual(web);
    expect(await run('project-list')).toEqual([web]);
    expect(await run('notification-setting-list')).toEqual([]);
    expect(await run('notification-setting-list', { email: undefined, team: 'backend' })).toEqual([]);

    const repository = {
      id: someId,
      organization: 'acme',
      name: 'acme/app',
      url: 'https://github.com/acme/app',
      provider: 'github',
      createdAt: testStart,
    };
    expect(await run('repository-create')).toEqual(repository);
    expect(await run('repository-list')).toEqual([repository]);

    expect(await run('activity-list'), 'nothing has happened yet').toEqual([]);
    expect(await invoke({ command: 'activity.list', input: { organization: 'acme', project: 'none' } })).toMatchObject({
      ok: false,
      error: { status: 404 },
    });

    const issue = { id: someId, shortId: 'WEB-1', status: 'unresolved', level: 'error', firstRelease: 'web@1.0.0' };
    expect(await run('issue-create')).toMatchObject(issue);
    expect(await run('issue-list')).toEqual([expect.objectContaining(issue)]);
    expect(await run('issue-list', { query: 'is:resolved' })).toEqual([]);
    expect(await invoke({ command: 'issue.list', input: { organization: 'acme', project: 'none' } })).toMatchObject({
      ok: false,
      error: { status: 404 },
    });

    const workspace = { teamId: 'T0ACME001', name: 'Acme', botUserId: 'U0POSTFLOW', status: 'active' };
    expect(await run('workspace-add')).toMatchObject(workspace);
    expect(await run('workspace-list')).toEqual([expect.objectContaining(workspace)]);

    expect(await run('alert-rule-create')).toMatchObject({ id: someId, name: 'Checkout errors', organization: 'acme' });
    const [rule] = (await run('alert-rule-list')) as { id: string }[];
    expect(rule).toMatchObject({ id: someId, name: 'Checkout errors' });
    const digest = {
      id: someId,
      name: 'Checkout, the week',
      rules: [{ id: rule?.id, name: 'Checkout errors', project: 'web' }],
    };
    expect(await run('digest-create', { rules: [rule?.id] })).toMatchObject(digest);
    expect(await run('digest-list')).toEqual([expect.objectContaining(digest)]);

    expect(await run('project-update')).toEqual({ ...web, name: 'Shop', slug: 'shop', revision: 1 });
    app.clock.advance(1_000);
    const gone = { teamId: 'T0ACME001', name: 'Acme', bot: 'unclear' };
    expect(await run('workspace-disconnect'), 'Slack cannot be asked here').toEqual(gone);
    expect(await run('workspace-list')).toEqual([]);

    const deleted = await run('project-delete', { project: 'shop' });
    expect(deleted).toMatchObject({ id: someId, status: 'pending-deletion', formerSlug: 'shop' });
    expect(app.deletions.takeAll()).toEqual([{ organization: 'acme', projectId: (deleted as { id: string }).id }]);
    expect(await run('project-list')).toEqual([]);
  });

  it('makes tokens, shows them once, and revokes them', async () => {
    await run('organization-create');
    await run('member-add');
    const { token, ...builds } = (await run('token-create')) as { token: string; id: string };
    expect(builds).toEqual({
      id: someId,
      name: 'Builds',
      kind: 'organization',
      organization: 'acme',
      scopes: ['org:ci'],
      createdAt: testStart,
      lastCharacters: token.slice(-4),
    });
    app.clock.advance(1_000);
    const { token: personal, ...laptop } = (await run('personal-token-create')) as { token: string };
    expect(personal).toMatch(/^[0-9a-f]{64}$/);
    expect(await run('token-list')).toEqual([builds, laptop]);
    expect(await run('token-revoke', { id: builds.id })).toEqual(builds);
    expect(await run('token-list')).toEqual([laptop]);
    const withCache = { ...app, tokens: tokenCache(app.clock) };
    await expect(authenticateToken(withCache, `Bearer ${token}`)).rejects.toMatchObject({ status: 401 });
    expect(await authenticateToken(withCache, `Bearer ${personal}`)).toMatchObject({
      organization: 'acme',
      kind: 'personal',
    });
    expect(JSON.stringify([...app.lines])).not.toMatch(/@acme|sntrys_|[0-9a-f]{40}|xoxb/);
  });
});

describe('a change of roles or teams', () => {
  it('is known to the commands in Slack at once', async () => {
    for (const name of ['organization-create', 'member-add', 'workspace-add']) await run(name);
    const [{ userId = '' } = {}] = (await run('member-list')) as { userId: string }[];
    const place = { teamId: 'T0ACME001', slackUserId: 'U0MIA00001' };
    const linker = { ...app, surroundings: { command: '/postflow' } };
    await linkIdentity(linker, { link: { id: 'one', expiresAtSeconds: 2_000_000_000 }, ...place, userId });
    const memberships = async () => (await readSituation(app, place))?.memberships;
    const mia = { organization: 'acme', role: 'member', teams: [], adminOf: [] };
    expect(await memberships()).toEqual([mia]);
    await run('team-create');
    expect(await memberships()).toEqual([{ ...mia, teams: ['backend'] }]);
    await run('team-change-role');
    await run('member-change-role');
    expect(await memberships()).toEqual([{ ...mia, role: 'manager', teams: ['backend'], adminOf: ['backend'] }]);
  });
});

describe('whose notification settings to list', () => {
  it.each([{}, { email: 'nobody@acme.example' }, { email: 'mia@acme.example', team: 'backend' }])(
    'has to be said, in one way: %j',
    async (owner) => {
      await run('organization-create');
      await run('member-add');
      const payload = { command: 'notification-setting.list', input: { organization: 'acme', ...owner } };
      expect(await invoke(payload)).toMatchObject({
        ok: false,
        error: { status: 400, fields: { email: [expect.any(String) as unknown] } },
      });
    },
  );
});

describe('a refusal is an answer', () => {
  it('with the fields that are wrong', async () => {
    expect(await invoke({ command: 'organization.create', input: { slug: 'Acme!', extra: 1 } })).toEqual({
      ok: false,
      error: {
        status: 400,
        fields: { slug: [expect.any(String)], name: ['This field is required.'], extra: ['There is no such field.'] },
      },
    });
    expect([...app.counted]).toEqual([
      ['admin.refused.invalid_fields', 1],
      ['admin.success', 1],
    ]);
  });

  it('with what stands in the way', async () => {
    await run('organization-create');
    expect(await invoke(storedEvent('admin/organization-create'))).toEqual({
      ok: false,
      error: { status: 409, detail: 'An organization with the slug "acme" exists already. Choose another slug.' },
    });
    expect(await invoke(storedEvent('admin/token-revoke'))).toMatchObject({ ok: false, error: { status: 404 } });
    expect(await invoke(storedEvent('admin/project-create')), 'its team does not exist').toMatchObject({
      ok: false,
      error: { status: 404 },
    });
  });

  const ofAnOrganization = Object.keys(commands).filter((name) => !name.startsWith('organization.'));

  it('with 404 for an organization that does not exist', async () => {
    for (const file of readdirSync(new URL('../events/admin/', import.meta.url))) {
      const payload = storedEvent<Payload>(`admin/${file.replace(/\.json$/, '')}`);
      if (!ofAnOrganization.includes(payload.command)) continue;
      expect(await invoke(payload), payload.command).toMatchObject({
        ok: false,
        error: { status: 404, detail: expect.stringContaining('"acme"') as unknown },
      });
    }
  });

  it.each([
    [{ command: 'organization.destroy' }, 404],
    [{ command: 'toString' }, 404],
    [{ command: 7 }, 400],
    [{ command: 'organization.create', input: null }, 400],
    [{ command: 'organization.list', extra: 1 }, 400],
    [{}, 400],
    [null, 400],
    ['organization.list', 400],
  ])('to %j', async (payload, status) => {
    expect(await invoke(payload)).toMatchObject({ ok: false, error: { status } });
  });
});

it('lists organizations without any input', async () => {
  expect(await invoke({ command: 'organization.list' })).toEqual({ ok: true, result: [] });
});
