import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { updateOrganization } from '../lib/organizations/index.ts';
import { deleteProject, eraseProject, findProject, findProjectKey, updateProject } from '../lib/projects/index.ts';
import { type Acme, createAcme, people } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { statusOf } from '../tests/support/stored-events.ts';
import { testStart } from '../tests/support/test-app.ts';
import { served } from './manage-projects.ts';

const ofTeam = '/api/0/teams/acme/backend/projects/';
const web = '/api/0/projects/acme/web/';

let acme: Acme;
let api: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  api = apiClient(acme.app, await acme.token(['project:write', 'project:admin', 'project:read']));
});

const asPerson = async (email: string): Promise<ApiClient> =>
  apiClient(acme.app, await acme.token(['project:admin', 'project:read'], email));

describe('a new project', () => {
  it('is made for a team', async () => {
    const { status, body } = await api.post(ofTeam, { name: 'foo', slug: 'bar', platform: 'python' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^\d{16}$/) as unknown,
      slug: 'bar',
      name: 'foo',
      platform: 'python',
      team: { slug: 'backend' },
      status: 'active',
      dateCreated: testStart,
      isInternal: false,
      access: ['project:write', 'project:admin', 'project:read'],
    });
    expect((await api.get('/api/0/projects/acme/bar/')).body).toEqual(body);
  });

  it.each([
    [{ name: '1234' }, /^1234-[a-z0-9]{2}$/],
    [{ name: 'Settings' }, /^[0-9a-f]{12}$/],
    [{ name: 'Hello World', slug: null, platform: '', default_rules: false }, /^hello-world$/],
    [{ name: 'web' }, /^web-[a-z0-9]{2}$/],
    [{ name: '🎉', platform: null }, /^[0-9a-f]{12}$/],
    [{ name: '  x  ', unknown: 'field' }, /^x$/],
  ])('of %j gets a slug', async (body, slug) => {
    const answer = await api.post(ofTeam, body);
    expect(answer).toMatchObject({ status: 201, body: { slug: expect.stringMatching(slug) as unknown } });
  });

  it.each([
    [{}, 'name', /required/],
    [{ name: '' }, 'name', /name/],
    [{ name: null }, 'name', /null/],
    [{ name: 7 }, 'name', /./],
    [{ name: 'x'.repeat(51) }, 'name', /50/],
    [{ name: '\ud800' }, 'name', /text/],
    [{ name: 'settings' }, 'name', /^The name "settings" is reserved and not allowed\./],
    [{ name: 'x', slug: 'settings' }, 'slug', /meaning/],
    [{ name: 'x', slug: 'SETTINGS' }, 'slug', /meaning/],
    [{ name: 'x', slug: '1234' }, 'slug', /^Enter a valid slug/],
    [{ name: 'x', slug: 'Foo' }, 'slug', /^Enter a valid slug/],
    [{ name: 'x', slug: '' }, 'slug', /^Enter a valid slug/],
    [{ name: 'x', slug: 'x'.repeat(51) }, 'slug', /50/],
    [{ name: 'x', platform: 'fake platform' }, 'platform', /^Invalid platform/],
    [{ name: 'x', platform: 7 }, 'platform', /^Invalid platform/],
    [{ name: 'x', default_rules: 'yes' }, 'default_rules', /./],
  ])('is not made of %j', async (body, field, message) => {
    expect(await api.post(ofTeam, body)).toEqual(
      expect.objectContaining({ status: 400, body: { [field]: [expect.stringMatching(message)] } }),
    );
  });

  it.each([['[]'], ['null'], ['7'], ['{'], ['']])('is not made of the body %j', async (body) => {
    expect(await api.send('POST', ofTeam, body)).toMatchObject({
      status: 400,
      body: { detail: expect.any(String) as unknown },
    });
  });

  it('does not take the slug of another one', async () => {
    expect(await api.post(ofTeam, { name: 'foo', slug: 'web' })).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/^A project with this slug already exists\./) as unknown },
    });
  });

  it('needs a team that there is', async () => {
    for (const team of ['nope', 'a%20b', 'x'.repeat(3_000)]) {
      expect((await api.post(`/api/0/teams/acme/${team}/projects/`, { name: 'x' })).status, team).toBe(404);
    }
  });

  it('is made by those who may', async () => {
    const post = async (client: ApiClient) => (await client.post(ofTeam, { name: 'x' })).status;
    expect(await post(await asPerson(people.mia)), 'who is not in the team').toBe(403);
    expect(await post(await asPerson(people.ada))).toBe(201);
    expect(await post(await asPerson(people.olivia))).toBe(201);
    for (const scope of ['org:ci', 'project:read', 'project:releases', 'org:admin'] as const) {
      expect(await post(apiClient(acme.app, await acme.token([scope]))), scope).toBe(403);
    }
  });

  it('is made by no member where the organization wants that', async () => {
    await updateOrganization(acme.app, { slug: 'acme', membersCreateProjects: false });
    expect(await api.post(ofTeam, { name: 'x' })).toMatchObject({
      status: 403,
      body: { detail: expect.stringMatching(/^Your organization has disabled this feature for members\./) as unknown },
    });
    const manager = await acme.token(['project:write', 'org:write']);
    expect((await api.post(ofTeam, { name: 'x' }, { token: manager })).status).toBe(201);
    await updateOrganization(acme.app, { slug: 'acme', membersCreateProjects: true });
    expect((await api.post(ofTeam, { name: 'x' })).status).toBe(201);
  });
});

describe('changing a project', () => {
  it('keeps its ID and its key, and frees its slug', async () => {
    const changes = { name: 'Shop', slug: 'shop', platform: 'node-express', team: 'backend' };
    const { status, body } = await api.put(web, changes);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { id: acme.web.id, name: 'Shop', slug: 'shop', platform: 'node-express', team: { slug: 'backend' } },
    });
    expect((await api.get(web)).status).toBe(404);
    expect((await api.get('/api/0/projects/acme/shop/')).body).toEqual(body);
    expect((await api.get(`/api/0/projects/acme/${acme.web.id}/`)).body).toEqual(body);
    expect(await findProjectKey(acme.app, acme.web.publicKey)).toMatchObject({ projectId: acme.web.id });
    expect((await api.post(ofTeam, { name: 'Web', slug: 'web' })).status).toBe(201);
  });

  it('leaves what is not named, and takes away what is null', async () => {
    expect((await api.put(web, { name: 'W' })).body).toMatchObject({ name: 'W', slug: 'web', platform: 'javascript' });
    expect((await api.put(web, { platform: null })).body).toMatchObject({ name: 'W', platform: null });
    expect((await api.put('/api/0/projects/acme/api/', { team: null })).body).toMatchObject({ team: null, teams: [] });
    for (const changes of [{}, { slug: 'web' }]) {
      expect((await api.put(web, changes)).body).toMatchObject({ name: 'W', slug: 'web' });
    }
  });

  it.each([
    [{ slug: 'api' }, 409, 'detail'],
    [{ slug: 'settings' }, 400, 'slug'],
    [{ slug: '12' }, 400, 'slug'],
    [{ slug: null }, 400, 'slug'],
    [{ name: 'teams' }, 400, 'name'],
    [{ name: ' ' }, 400, 'name'],
    [{ platform: 'none' }, 400, 'platform'],
    [{ team: 'nope' }, 400, 'team'],
    [{ team: '' }, 400, 'team'],
    [{ team: 'x'.repeat(3_000) }, 400, 'team'],
  ])('to %j is refused', async (body, status, key) => {
    const answer = await api.put(web, body);
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.body as object)).toEqual([key]);
    expect(await findProject(acme.app, 'acme', 'web')).toEqual(acme.web);
  });

  it('is for those who reach it, and the team that it goes to', async () => {
    const mia = await asPerson(people.mia);
    expect((await mia.put('/api/0/projects/acme/api/', { name: 'x' })).status).toBe(403);
    expect((await mia.put(web, { team: 'backend' })).status).toBe(400);
    expect((await mia.put(web, { name: 'x' })).status).toBe(200);
    expect((await (await asPerson(people.ada)).put(web, { team: 'backend' })).status).toBe(200);
    expect((await mia.put(web, { name: 'y' })).status).toBe(403);
    expect((await api.put(web, { name: 'x' }, { token: await acme.token(['org:ci']) })).status).toBe(403);
    expect((await api.put('/api/0/projects/acme/nope/', { name: 'x' })).status).toBe(404);
  });

  it('by many at once loses none of it and leaves one slug', async () => {
    const slugs = ['a', 'b', 'c'];
    const answers = await Promise.all([
      ...slugs.map((slug) => api.put(`/api/0/projects/acme/${acme.web.id}/`, { slug })),
      api.put(`/api/0/projects/acme/${acme.web.id}/`, { platform: 'go' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const found = await Promise.all(['web', ...slugs].map((slug) => findProject(acme.app, 'acme', slug)));
    expect(found.filter((project) => project !== undefined)).toEqual([
      await findProject(acme.app, 'acme', acme.web.id),
    ]);
    expect(found.find((project) => project !== undefined)).toMatchObject({ platform: 'go' });
  });
});

describe('deleting a project', () => {
  const erasure = () => ({ organization: 'acme', projectId: acme.web.id });

  it('hides it, frees its slug and has it erased', async () => {
    expect(await api.delete(web)).toMatchObject({ status: 204, body: undefined });
    expect(acme.app.deletions.takeAll()).toEqual([erasure()]);
    expect((await api.get(web)).status).toBe(404);
    expect((await api.put(web, { name: 'x' })).status).toBe(404);
    expect((await api.post(ofTeam, { name: 'Web', slug: 'web' })).status).toBe(201);
    expect((await api.get(web)).body.id).not.toBe(acme.web.id);
  });

  it('again, by its ID or its slug, asks for its erasure again, in case that got lost', async () => {
    const byId = `/api/0/projects/acme/${acme.web.id}/`;
    const broken = { ...acme.app, deletions: { send: () => Promise.reject(new Error('away')) } };
    await expect(deleteProject(broken, { organization: 'acme', project: 'web' })).rejects.toThrow('away');
    for (const address of [web, byId, web]) expect((await api.delete(address)).status).toBe(204);
    expect(acme.app.deletions.takeAll()).toEqual([erasure(), erasure(), erasure()]);
  });

  it('again by a slug that is another’s by now deletes the other', async () => {
    await api.delete(web);
    const other = (await api.post(ofTeam, { name: 'Web', slug: 'web' })).body.id as string;
    expect((await api.delete(web)).status).toBe(204);
    expect((await api.delete(web)).status).toBe(204);
    const ofOther = { organization: 'acme', projectId: other };
    expect(acme.app.deletions.takeAll()).toEqual([erasure(), ofOther, ofOther]);
    // The first one is erased: its slug goes on leading to the second.
    await eraseProject(acme.app, erasure(), { erasers: [], budgetMs: 1_000 });
    expect((await api.delete(web)).status).toBe(204);
    await eraseProject(acme.app, ofOther, { erasers: [], budgetMs: 1_000 });
    expect((await api.delete(web)).status, 'nothing is left to be done').toBe(404);
  });

  it('again is for those who reach it', async () => {
    expect((await api.delete('/api/0/projects/acme/api/')).status).toBe(204);
    expect((await (await asPerson(people.mia)).delete('/api/0/projects/acme/api/')).status).toBe(403);
  });

  it('while others change it deletes it, and leaves no slug behind', async () => {
    const byId = `/api/0/projects/acme/${acme.web.id}/`;
    const changes = ['a', 'b', 'c'].map((slug) => api.put(byId, { slug }));
    expect((await api.delete(byId)).status).toBe(204);
    for (const { status } of await Promise.all(changes)) expect([200, 404]).toContain(status);
    for (const slug of ['web', 'a', 'b', 'c']) expect(await findProject(acme.app, 'acme', slug)).toBeUndefined();
  });

  it('is refused for an internal one', async () => {
    await updateProject(acme.app, { organization: 'acme', project: 'web', changes: { isInternal: true } });
    expect(await api.delete(web)).toMatchObject({ status: 403, body: { detail: expect.any(String) as unknown } });
    expect((await api.get(web)).body).toMatchObject({ isInternal: true });
    expect(acme.app.deletions.takeAll()).toEqual([]);
  });

  it('is for those who administer it', async () => {
    expect((await api.delete(web, { token: await acme.token(['project:write']) })).status).toBe(403);
    expect((await (await asPerson(people.mia)).delete('/api/0/projects/acme/api/')).status).toBe(403);
    expect((await api.delete(`/api/0/projects/acme/${'9'.repeat(200)}/`)).status).toBe(404);
    expect((await api.delete('/api/0/projects/acme/a%00b/')).status).toBe(404);
    expect((await (await asPerson(people.ada)).delete('/api/0/projects/acme/api/')).status).toBe(204);
  });
});

it('the stored events are answered', async () => {
  const statuses: Record<string, number> = { 'create.json': 201, 'update.json': 200, 'delete.json': 204 };
  for (const file of readdirSync(new URL('../events/manage-projects/', import.meta.url))) {
    const { app, token } = await createAcme();
    const answered = await statusOf('manage-projects', served, { app, file, token: await token(['project:admin']) });
    expect(answered, file).toBe(statuses[file]);
  }
});
