import { beforeEach, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp, testStart } from '../../tests/support/test-app.ts';
import { addMember, memberInput } from './add-member.ts';
import { createOrganization, organizationInput } from './create-organization.ts';
import { createTeam, listTeams, requireTeam, teamInput } from './create-team.ts';
import { listOrganizations, requireOrganization } from './find-organization.ts';
import { findUserId } from './find-user-id.ts';
import { listMembers } from './member-profile.ts';
import { reachesTeam } from './roles.ts';

let app: TestApp;
let idsTaken: string[];

beforeEach(async () => {
  const testApp = await createTestApp();
  idsTaken = [];
  const take: TestApp['ids']['take'] = async (kind) => {
    const id = await testApp.ids.take(kind);
    idsTaken.push(id);
    return id;
  };
  app = { ...testApp, ids: { ...testApp.ids, take } };
});

const organization = 'acme';
const add = (changes: object) => addMember(app, memberInput.parse({ organization, role: 'member', ...changes }));
const team = (changes: object) => createTeam(app, teamInput.parse({ organization, slug: 'backend', ...changes }));

describe('an organization', () => {
  it('is created once under its slug; a second try uses up no ID', async () => {
    const acme = await createOrganization(app, { slug: 'acme', name: 'Acme' });
    expect(acme).toEqual({ id: idsTaken[0], slug: 'acme', name: 'Acme', createdAt: testStart });
    await expect(createOrganization(app, { slug: 'acme', name: 'Other' })).rejects.toMatchObject({ status: 409 });
    expect(idsTaken).toHaveLength(1);
    expect(await requireOrganization(app, 'acme')).toEqual(acme);
    expect(await listOrganizations(app)).toEqual([acme]);
    await expect(requireOrganization(app, 'globex')).rejects.toMatchObject({ status: 404 });
  });

  it('takes another ID when one is used already', async () => {
    const first = await createOrganization(app, { slug: 'acme', name: 'Acme' });
    const real = app.ids.take;
    const offered = [first.id, first.id];
    const ids = { ...app.ids, take: async (kind: Parameters<typeof real>[0]) => offered.pop() ?? real(kind) };
    const second = await createOrganization({ ...app, ids }, { slug: 'globex', name: 'Globex' });
    expect(second.id).not.toBe(first.id);
  });

  it('is created by one of two at the same moment', async () => {
    const input = { slug: 'acme', name: 'Acme' };
    const outcomes = await Promise.allSettled([createOrganization(app, input), createOrganization(app, input)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(idsTaken.length).toBeLessThanOrEqual(2);
  });

  it.each([[''], ['Acme'], ['123'], ['a b'], ['a#b'], ['a/b'], ['ä'], ['x'.repeat(51)]])(
    'has no slug like %j',
    (slug) => {
      expect(organizationInput.safeParse({ slug, name: 'Acme' }).success).toBe(false);
    },
  );
});

describe('a member', () => {
  it('is a user, found by address in any case, with a role', async () => {
    const mia = await add({ email: ' Mia@Acme.example ', name: 'Mia' });
    expect(mia).toEqual({
      userId: expect.any(String) as unknown,
      email: 'mia@acme.example',
      name: 'Mia',
      role: 'member',
      teams: [],
      joinedAt: testStart,
    });
    expect(await findUserId(app, 'MIA@acme.example')).toBe(mia.userId);
    expect(await findUserId(app, mia.userId)).toBe(mia.userId);
    expect(await findUserId(app, 'mia')).toBeUndefined();
    await expect(add({ email: 'mia@acme.example' })).rejects.toMatchObject({ status: 409 });
  });

  it('is the same person in several organizations, with a role in each', async () => {
    const mia = await add({ email: 'mia@acme.example' });
    const elsewhere = await add({ organization: 'globex', email: 'MIA@acme.example', name: 'Other', role: 'owner' });
    expect(elsewhere).toEqual({ ...mia, role: 'owner' });
    expect(mia.name).toBe('mia');
  });

  it('is created once by five at the same moment', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => add({ email: 'mia@acme.example' })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await listMembers(app, { organization })).toHaveLength(1);
  });

  it.each([['mia'], ['mia@'], ['@acme.example'], [''], [`${'x'.repeat(250)}@acme.example`]])(
    'has no address like %j',
    (email) => {
      expect(memberInput.safeParse({ organization, email, role: 'member' }).success).toBe(false);
    },
  );
});

describe('a team', () => {
  it('has members, who know that they are in it', async () => {
    const mia = await add({ email: 'mia@acme.example' });
    const ada = await add({ email: 'ada@acme.example', role: 'admin' });
    const backend = await team({
      name: 'Backend',
      members: ['MIA@acme.example', 'ada@acme.example', 'mia@acme.example'],
    });
    expect({ ...backend, memberIds: new Set(backend.memberIds) }).toEqual({
      id: idsTaken[0],
      organization,
      slug: 'backend',
      name: 'Backend',
      memberIds: new Set([mia.userId, ada.userId]),
      createdAt: testStart,
    });
    const empty = await team({ slug: 'mobile' });
    expect(await listTeams(app, { organization })).toEqual([backend, empty]);
    expect(await requireTeam(app, organization, 'mobile')).toEqual({ ...empty, name: 'mobile', memberIds: [] });
    await expect(requireTeam(app, 'globex', 'mobile')).rejects.toMatchObject({ status: 404 });
    expect(await listMembers(app, { organization })).toEqual([
      { ...ada, teams: ['backend'] },
      { ...mia, teams: ['backend'] },
    ]);
  });

  it('is created once; a second try uses up no ID', async () => {
    await team({});
    await expect(team({})).rejects.toMatchObject({ status: 409 });
    expect(idsTaken).toHaveLength(1);
    const outcomes = await Promise.allSettled([team({ slug: 'mobile' }), team({ slug: 'mobile' })]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('takes members only, and says who is none', async () => {
    await add({ email: 'mia@acme.example' });
    await add({ organization: 'globex', email: 'gus@globex.example' });
    const strangers = team({ members: ['mia@acme.example', 'gus@globex.example', 'nobody@acme.example'] });
    await expect(strangers).rejects.toMatchObject({
      status: 400,
      fields: { members: [expect.stringMatching(/: gus@globex\.example, nobody@acme\.example\./)] },
    });
    expect(await listTeams(app, { organization })).toEqual([]);
  });
});

describe('what a role reaches', () => {
  it.each([
    ['owner', undefined, 'backend', true],
    ['manager', undefined, 'backend', true],
    ['admin', undefined, 'backend', false],
    ['member', ['mobile'], 'backend', false],
    ['member', ['backend', 'mobile'], 'backend', true],
    ['member', undefined, undefined, true],
  ] as const)('%s in %j: a project of %s → %s', (role, teams, of, reached) => {
    expect(reachesTeam({ role, teams: teams && new Set<string>(teams) }, of)).toBe(reached);
  });
});
