import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { addMember } from '../lib/organizations/index.ts';
import type { Table } from '../lib/platform/table.ts';
import { createProject, deleteProject } from '../lib/projects/index.ts';
import { type Acme, createAcme, people } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { cursorOf, followPages } from '../tests/support/api-pages.ts';
import { statusOf } from '../tests/support/stored-events.ts';
import { testStart } from '../tests/support/test-app.ts';
import { served } from './organizations.ts';

let acme: Acme;
let api: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  api = apiClient(acme.app, await acme.token(['org:read', 'project:read', 'member:read']));
});

const asPerson = async (email: string): Promise<ApiClient> =>
  apiClient(acme.app, await acme.token(['org:read', 'project:read'], email));
const slugs = (list: readonly { readonly slug: string }[]): string[] => list.map(({ slug }) => slug);
const someId = expect.stringMatching(/^\d{16}$/) as unknown;

/** Follows the `Link` header to the end, in one direction, and gives the pages and the cursor of the last one. */
async function walk(path: string, direction: 'next' | 'previous', from = '') {
  const answers = await followPages(api, path, { direction, from });
  const before = answers.at(-2);
  return {
    pages: answers.map(({ body }) => body as unknown[]),
    last: before === undefined ? from : (cursorOf(before, direction) ?? from),
  };
}

describe('the organizations of a caller', () => {
  it('are the one of the token', async () => {
    const acmeJson = {
      id: someId,
      slug: 'acme',
      name: 'Acme',
      dateCreated: testStart,
      status: { id: 'active', name: 'active' },
      isEarlyAdopter: false,
      require2FA: false,
      requireEmailVerification: false,
      features: [],
      avatar: { avatarType: 'letter_avatar', avatarUuid: null },
      membersCreateProjects: true,
    };
    expect((await api.get('/api/0/organizations/?cursor=')).body).toEqual([acmeJson]);
    expect((await api.get('/api/0/organizations/acme/')).body).toEqual(acmeJson);
    expect((await (await asPerson(people.mia)).get('/api/0/organizations/')).body).toEqual([acmeJson]);
  });

  it('are no others', async () => {
    for (const path of ['globex', 'globex/projects', 'globex/teams', 'globex/members', `${'x'.repeat(3_000)}/teams`]) {
      expect((await api.get(`/api/0/organizations/${path}/`)).status, path).toBe(403);
    }
  });

  it.each([
    ['/api/0/organizations/', 'project:read'],
    ['/api/0/organizations/acme/', 'project:read'],
    ['/api/0/organizations/acme/teams/', 'project:read'],
    ['/api/0/organizations/acme/members/', 'project:read'],
    ['/api/0/organizations/acme/projects/', 'event:read'],
    ['/api/0/teams/acme/backend/projects/', 'event:read'],
    ['/api/0/projects/acme/web/', 'org:read'],
  ] as const)('%s asks for a scope that fits, which %s does not', async (path, scope) => {
    const answer = await api.get(path, { token: await acme.token([scope]) });
    expect(answer).toMatchObject({ status: 403, body: { detail: expect.stringContaining('scope') as unknown } });
    expect((await api.get(path, { token: null })).status).toBe(401);
  });

  it('are hidden from those who left', async () => {
    const mia = await asPerson(people.mia);
    const members = await Array.fromAsync(acme.app.table.queryAll({ partition: 'ORG#acme', beginsWith: 'MEMBER#' }));
    await acme.app.table.write(members.map(({ pk, sk }) => ({ delete: { pk, sk } })));
    for (const path of [
      'organizations/',
      'organizations/acme/',
      'organizations/acme/teams/',
      'organizations/acme/projects/',
      'projects/acme/web/',
    ]) {
      expect((await mia.get(`/api/0/${path}`)).status, path).toBe(401);
    }
  });
});

describe('the people of an organization', () => {
  it('are listed with their roles and teams', async () => {
    const members = (await api.get('/api/0/organizations/acme/members/')).body as { email: string }[];
    expect(members).toHaveLength(3);
    expect(members).toContainEqual({
      id: expect.any(String) as unknown,
      email: people.ada,
      name: 'Ada',
      role: 'admin',
      teams: ['backend'],
      dateCreated: testStart,
      user: { id: expect.any(String) as unknown, name: 'Ada', username: people.ada, email: people.ada },
    });
  });

  it('come in pages that hold each of them once, forwards and backwards', async () => {
    for (let number = 0; number < 9; number += 1) {
      await addMember(acme.app, { organization: 'acme', email: `m${number}@acme.example`, role: 'member' });
    }
    const path = '/api/0/organizations/acme/members/?per_page=5';
    const { pages, last } = await walk(path, 'next');
    expect(pages.map((page) => page.length)).toEqual([5, 5, 2]);
    expect(new Set(pages.flat().map((one) => (one as { id: string }).id)).size).toBe(12);
    const back = await walk(path, 'previous', last);
    expect(back.pages.toReversed()).toEqual(pages);
  });

  it('form teams', async () => {
    const backend = {
      id: someId,
      slug: 'backend',
      name: 'backend',
      dateCreated: testStart,
      memberCount: 1,
      isMember: false,
      avatar: { avatarType: 'letter_avatar', avatarUuid: null },
    };
    expect((await api.get('/api/0/organizations/acme/teams/')).body).toEqual([backend]);
    const ada = await asPerson(people.ada);
    expect((await ada.get('/api/0/organizations/acme/teams/')).body).toEqual([{ ...backend, isMember: true }]);
  });
});

describe('the projects of an organization', () => {
  it('are listed with their teams, oldest first', async () => {
    const { body } = await api.get('/api/0/organizations/acme/projects/?cursor=');
    expect(body).toMatchObject([
      { id: acme.web.id, slug: 'web', name: 'Web', platform: 'javascript', team: null, teams: [] },
      {
        id: acme.api.id,
        slug: 'api',
        name: 'API',
        platform: null,
        team: { id: someId, slug: 'backend', name: 'backend' },
      },
    ]);
    expect((await api.get('/api/0/teams/acme/backend/projects/')).body).toEqual([body[1]]);
    expect((await api.get(`/api/0/projects/acme/${acme.api.id}/`)).body).toEqual(body[1]);
    expect((await api.get('/api/0/projects/acme/api/')).body).toEqual(body[1]);
  });

  it('are shown to a person as far as they reach', async () => {
    const list = async (email: string) =>
      slugs((await (await asPerson(email)).get('/api/0/organizations/acme/projects/')).body);
    expect(await list(people.mia)).toEqual(['web']);
    expect(await list(people.ada)).toEqual(['web', 'api']);
    expect(await list(people.olivia)).toEqual(['web', 'api']);
    const mia = await asPerson(people.mia);
    expect((await mia.get('/api/0/projects/acme/web/')).status).toBe(200);
    expect(await mia.get('/api/0/projects/acme/api/')).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('team') as unknown },
    });
    expect((await mia.get('/api/0/teams/acme/backend/projects/')).body).toEqual([]);
  });

  it('do not show what is deleted', async () => {
    await deleteProject(acme.app, { organization: 'acme', project: 'web' });
    expect(slugs((await api.get('/api/0/organizations/acme/projects/')).body)).toEqual(['api']);
    for (const name of ['web', acme.web.id]) {
      expect((await api.get(`/api/0/projects/acme/${name}/`)).status, name).toBe(404);
    }
  });

  it('come in pages that hold each of them once, whoever comes and goes', async () => {
    for (let number = 0; number < 5; number += 1) {
      await createProject(acme.app, { organization: 'acme', name: `P${number}`, slug: `p${number}` });
    }
    const path = '/api/0/organizations/acme/projects/?per_page=3';
    const { pages, last } = await walk(path, 'next');
    expect(pages.map((page) => slugs(page as { slug: string }[]))).toEqual([
      ['web', 'api', 'p0'],
      ['p1', 'p2', 'p3'],
      ['p4'],
    ]);
    await deleteProject(acme.app, { organization: 'acme', project: 'p1' });
    const back = await walk(path, 'previous', last);
    const seen = back.pages.toReversed().flatMap((page) => slugs(page as { slug: string }[]));
    expect(seen).toEqual(['web', 'api', 'p0', 'p2', 'p3', 'p4']);
  });

  it.each([
    ['a project', '/api/0/projects/acme/nope/', 404],
    ['a text that is no slug', '/api/0/projects/acme/a%20b%00%F0%9F%92%A5/', 404],
    ['a very long text', `/api/0/projects/acme/${'x'.repeat(3_000)}/`, 404],
    ['a huge number', `/api/0/projects/acme/${'9'.repeat(60)}/`, 404],
    ['a broken escape', '/api/0/projects/acme/%E0%A4%A/', 400],
    ['a team', '/api/0/teams/acme/nope/projects/', 404],
    ['a very long team', `/api/0/teams/acme/${'x'.repeat(3_000)}/projects/`, 404],
    ['a cursor', '/api/0/organizations/acme/projects/?cursor=nonsense', 400],
    [
      'a cursor of another list',
      `/api/0/organizations/acme/projects/?cursor=${Buffer.from('>~ü').toString('base64url')}`,
      400,
    ],
    [
      'a cursor beyond all keys',
      `/api/0/organizations/acme/teams/?cursor=${Buffer.from(`>${'x'.repeat(1_400)}`).toString('base64url')}`,
      400,
    ],
    ['a size of pages', '/api/0/organizations/acme/members/?per_page=101', 400],
  ])('answer to %s that there is not', async (_, path, status) => {
    expect(await api.get(path)).toMatchObject({ status, body: { detail: expect.any(String) as unknown } });
  });

  it('cost one query and one read for their teams, however many there are', async () => {
    for (let number = 0; number < 20; number += 1) {
      await createProject(acme.app, { organization: 'acme', name: `P${number}`, slug: `p${number}`, team: 'backend' });
    }
    const asked: string[] = [];
    const table = new Proxy(acme.app.table, {
      get(target, name: keyof Table) {
        return (...args: never[]) => {
          asked.push(name === 'batchGet' && (args[0] as unknown as unknown[]).length === 0 ? 'nothing' : name);
          return (target[name] as (...all: never[]) => unknown)(...args);
        };
      },
    });
    const counted = apiClient({ ...acme.app, table }, await acme.token(['org:ci']));
    expect((await counted.get('/api/0/organizations/acme/projects/')).body).toHaveLength(22);
    expect(asked.filter((name) => name !== 'nothing')).toEqual(['get', 'queryAll', 'batchGet']);
  });
});

it('the stored events are answered', async () => {
  for (const file of readdirSync(new URL('../events/organizations/', import.meta.url))) {
    const token = await acme.token(['org:read', 'project:read']);
    expect(await statusOf('organizations', served, { app: acme.app, file, token }), file).toBe(200);
  }
});
