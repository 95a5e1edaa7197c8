import { beforeEach, describe, expect, it } from 'vitest';
import { type ArrayQueue, arrayQueue } from '../../tests/support/array-queue.ts';
import { createTestApp, type TestApp, testStart } from '../../tests/support/test-app.ts';
import { hexDigits, type RandomText, randomText } from '../platform/random-text.ts';
import { createProject, projectInput } from './create-project.ts';
import { type DeletionMessage, deleteProject } from './delete-project.ts';
import { findProject, findProjectsBySlugOrId, listProjects } from './find-projects.ts';
import { findProjectKey, projectDsn } from './project-key.ts';

let app: TestApp & { randomText: RandomText; deletions: ArrayQueue<DeletionMessage> };
let idsTaken: string[];

beforeEach(async () => {
  const testApp = await createTestApp();
  idsTaken = [];
  const take: TestApp['ids']['take'] = async (kind) => {
    const id = await testApp.ids.take(kind);
    idsTaken.push(id);
    return id;
  };
  app = { ...testApp, ids: { ...testApp.ids, take }, randomText, deletions: arrayQueue() };
});

const organization = 'acme';
const create = (changes: object) => createProject(app, projectInput.parse({ organization, name: 'Web', ...changes }));

describe('a project', () => {
  it('has a slug of its own choice, a key and an address to send to', async () => {
    const web = await create({ slug: 'web', platform: 'python', team: 'backend' });
    expect(web).toEqual({
      id: idsTaken[0],
      organization,
      slug: 'web',
      name: 'Web',
      team: 'backend',
      platform: 'python',
      publicKey: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
      status: 'active',
      createdAt: testStart,
    });
    expect(await findProjectKey(app, web.publicKey)).toEqual({
      publicKey: web.publicKey,
      organization,
      projectId: web.id,
    });
    expect(projectDsn('https://postflow.example/prod', web)).toBe(
      `https://${web.publicKey}@postflow.example/prod/${web.id}`,
    );
    expect(projectDsn('http://127.0.0.1:3000', web)).toBe(`http://${web.publicKey}@127.0.0.1:3000/${web.id}`);
  });

  it.each([
    ['Web', /^web$/],
    ['1234', /^1234-[a-z0-9]{2}$/],
    ['Settings', /^[0-9a-f]{12}$/],
    ['日本', /^[0-9a-f]{12}$/],
  ])('named %s gets a slug', async (name, slug) => {
    expect((await create({ name })).slug).toMatch(slug);
  });

  it('gets another slug when that of its name is taken, at the same moment too', async () => {
    const slugs = (await Promise.all(Array.from({ length: 5 }, () => create({})))).map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(5);
    expect(slugs).toContain('web');
    expect(idsTaken).toHaveLength(5);
    expect(await listProjects(app, { organization })).toHaveLength(5);
  });

  it('is refused with a conflict when its wanted slug is taken, and uses up no ID', async () => {
    await create({ slug: 'web' });
    await expect(create({ name: 'Other', slug: 'web' })).rejects.toMatchObject({ status: 409 });
    expect(idsTaken).toHaveLength(1);
    const outcomes = await Promise.allSettled([create({ slug: 'api' }), create({ slug: 'api' })]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await createProject(app, { organization: 'globex', name: 'Web', slug: 'web' });
  });

  it('gives up politely when no slug is free', async () => {
    const stubborn = {
      ...app,
      randomText: (alphabet: string, length: number) =>
        alphabet === hexDigits ? randomText(alphabet, length) : 'x'.repeat(length),
    };
    for (let count = 0; count < 5; count += 1) await createProject(stubborn, { organization, name: 'Web' });
    await expect(createProject(stubborn, { organization, name: 'Web' })).rejects.toMatchObject({ status: 409 });
    expect(idsTaken).toHaveLength(5);
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(51) }, 'name'],
    [{ name: 'settings' }, 'name'],
    [{ slug: 'settings' }, 'slug'],
    [{ slug: 'Settings' }, 'slug'],
    [{ slug: '123' }, 'slug'],
    [{ slug: '' }, 'slug'],
    [{ slug: 'x'.repeat(51) }, 'slug'],
    [{ platform: 'fake platform' }, 'platform'],
  ])('is not made of %j', (changes, field) => {
    const parsed = projectInput.safeParse({ organization, name: 'Web', ...changes });
    expect(new Set(parsed.error?.issues.map(({ path }) => path.join('.')))).toEqual(new Set([field]));
  });

  it('is found by slug and by ID, in its own organization', async () => {
    const web = await create({ slug: 'web' });
    const api = await create({ slug: 'api' });
    expect(
      await findProjectsBySlugOrId(app, organization, ['web', api.id, web.id, 'nope', '7', 'web', 'a b', '#']),
    ).toEqual({
      found: [web, api],
      missing: ['nope', '7', 'a b', '#'],
    });
    expect(await findProject(app, organization, web.id)).toEqual(web);
    expect(await findProject(app, 'globex', web.id)).toBeUndefined();
    expect(await findProject(app, organization, '')).toBeUndefined();
  });
});

describe('deleting a project', () => {
  it('hides it, frees its slug and switches its key off', async () => {
    const web = await create({ slug: 'web' });
    const deleted = await deleteProject(app, { organization, project: 'web' });
    expect(deleted).toEqual({
      ...web,
      status: 'pending-deletion',
      slug: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
      formerSlug: 'web',
    });
    expect(await listProjects(app, { organization })).toEqual([]);
    expect(await findProjectsBySlugOrId(app, organization, ['web', web.id])).toEqual({
      found: [],
      missing: ['web', web.id],
    });
    expect(await findProjectKey(app, web.publicKey)).toBeUndefined();
    expect((await create({ slug: 'web' })).id).not.toBe(web.id);
  });

  it('changes nothing the second time', async () => {
    const { id } = await create({ slug: 'web' });
    const outcomes = await Promise.all([1, 2, 3].map(() => deleteProject(app, { organization, project: id })));
    expect(new Set(outcomes.map(({ slug }) => slug)).size).toBe(1);
    expect(await deleteProject(app, { organization, project: id })).toEqual(outcomes[0]);
  });

  it('needs one that exists', async () => {
    for (const project of ['web', '7', '']) {
      await expect(deleteProject(app, { organization, project })).rejects.toMatchObject({ status: 404 });
    }
  });
});
