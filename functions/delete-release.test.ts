import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { createIssue } from '../lib/issues/index.ts';
import type { Table } from '../lib/platform/table.ts';
import { createRepository } from '../lib/releases/index.ts';
import { type Acme, createAcme, people, withToken } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { storeCommits } from '../tests/support/stored-commits.ts';
import { createReleases, storeHealthData } from '../tests/support/stored-releases.ts';
import { served } from './delete-release.ts';
import { apiDoor } from './middleware/api-door.ts';

let acme: Acme;
let api: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  api = apiClient(acme.app, await acme.token(['project:releases']));
});

const version = 'web@1.4.0+77';
const ofOrganization = '/api/0/organizations/acme/releases/';
const path = `${ofOrganization}${encodeURIComponent(version)}/`;
const ofProject = (project: string) => `/api/0/projects/acme/${project}/releases/${encodeURIComponent(version)}/`;
const create = (projects: readonly string[] = ['web']) => createReleases({ app: acme.app, api }, [[version, projects]]);
const detail = { detail: expect.any(String) as unknown };

/** What stands in the table under the ID of a release. */
async function dataOf(releaseId: number): Promise<number> {
  const query = { partition: `RELEASE_DATA#${releaseId}`, consistent: true };
  return (await acme.app.table.query(query)).items.length;
}

async function storeManyCommits(generation: string, count: number): Promise<void> {
  const repository = await createRepository(acme.app, { organization: 'acme', name: `app-${generation}` });
  const commits = Array.from({ length: count }, (_, index) => ({ id: `c${index}`, repository }));
  await storeCommits(acme.app, { version, generation }, commits);
}

describe('stored requests', () => {
  it.each(readdirSync(new URL('../events/delete-release/', import.meta.url)))('%s is answered', async (file) => {
    await create();
    const name = file.replace('.json', '');
    const handler = apiDoor('delete-release', served, async () => acme.app);
    const event = withToken(storedEvent(`delete-release/${name}`), await acme.token(['project:admin']));
    expect((await handler(event, lambdaContext())).statusCode).toBe(name === 'not-found' ? 404 : 204);
  });
});

describe('deleting a release', () => {
  it('takes it out of everything that shows it, and answers 404 when it is gone already', async () => {
    await create(['web', 'api']);
    expect(await api.delete(path)).toMatchObject({ status: 204, body: undefined });
    expect((await api.get(path)).status).toBe(404);
    for (const list of [
      ofOrganization,
      `${ofOrganization}?project=${acme.api.id}`,
      '/api/0/projects/acme/web/releases/',
    ]) {
      expect((await api.get(list)).body, list).toEqual([]);
    }
    expect(await api.delete(path)).toMatchObject({ status: 404, body: detail });
    expect((await acme.app.table.query({ partition: `RELEASE#acme#${version}` })).items).toEqual([]);
  });

  it('deletes what belongs to it, and nothing of the one that is made anew', async () => {
    await create();
    const { id } = (await api.get(path)).body as { id: number };
    await storeManyCommits('g1', 3);
    expect(await dataOf(id)).toBe(1);
    expect((await api.delete(ofProject('web'))).status).toBe(204);
    expect(await dataOf(id)).toBe(0);
    await create();
    const anew = (await api.get(path)).body as { id: number };
    expect(anew.id).not.toBe(id);
    expect((await api.get(`${path}commits/`)).body).toEqual([]);
    await storeManyCommits('g2', 1);
    expect((await api.get(`${path}commits/`)).body).toHaveLength(1);
    expect(await dataOf(anew.id)).toBe(1);
  });

  it('is finished by asking again when it was interrupted', async () => {
    await create();
    const { id } = (await api.get(path)).body as { id: number };
    await storeManyCommits('g1', 3);
    const broken: Table = {
      ...acme.app.table,
      batchWrite() {
        throw new Error('the process ends here');
      },
    };
    const token = await acme.token(['project:releases']);
    expect(
      (
        await apiClient({ ...acme.app, table: broken }, token)
          .delete(path)
          .catch(() => ({ status: 500 }))
      ).status,
    ).toBe(500);
    expect((await api.get(path)).status).toBe(404);
    expect(await dataOf(id)).toBe(1);
    expect((await api.delete(path)).status).toBe(404);
    expect(await dataOf(id)).toBe(0);
  });

  it('is done once when many ask for it at once', async () => {
    await create(['web', 'api']);
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.delete(path)));
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([204, ...Array<number>(7).fill(404)]);
  });

  it('is done also while projects are added to it', async () => {
    await create();
    const body = { version, projects: ['api'] };
    const [deleted] = await Promise.all([api.delete(path), api.post(ofOrganization, body)]);
    expect(deleted.status).toBe(204);
    const { body: left } = await api.get(`${ofOrganization}?project=${acme.web.id}`);
    expect(left).toEqual([]);
  });
});

describe('a release that is not deleted', () => {
  it('is one in which an issue was seen first', async () => {
    await create();
    const organization = 'acme';
    const { id } = await createIssue(acme.app, { organization, project: 'web', title: 'Broken', release: version });
    await acme.app.table.put({
      pk: `FIRST_RELEASE#acme#${version}`,
      sk: id,
      organization,
      release: version,
      issueId: id,
    });
    expect(await api.delete(path)).toMatchObject({
      status: 400,
      body: {
        detail: expect.stringMatching(
          /^This release is referenced by active issues and cannot be removed\./,
        ) as unknown,
      },
    });
    expect((await api.get(path)).status).toBe(200);
  });

  it('is one that has health data in any of its projects', async () => {
    await create(['web', 'api']);
    await storeHealthData(acme.app, version, acme.api.id);
    expect(await api.delete(ofProject('web'))).toMatchObject({
      status: 400,
      body: { detail: expect.stringMatching(/^This release has health data and cannot be removed\./) as unknown },
    });
    expect((await api.get(path)).body).toMatchObject({ projects: [{ slug: 'api' }, { slug: 'web' }] });
    expect((await api.get(`${ofOrganization}?project=${acme.web.id}`)).body).toHaveLength(1);
  });

  it('is one of other teams, too, for who is not in all of them', async () => {
    await create(['web', 'api']);
    const mia = { token: await acme.token(['project:releases'], people.mia) };
    for (const address of [path, ofProject('web')]) {
      expect(await api.delete(address, mia)).toEqual(expect.objectContaining({ status: 403, body: detail }));
    }
    expect((await api.get(path)).status).toBe(200);
    expect((await api.delete(path, { token: await acme.token(['project:releases'], people.ada) })).status).toBe(204);
  });

  it('is one that the caller does not reach, or may not delete', async () => {
    await create(['api']);
    const mia = await acme.token(['project:releases'], people.mia);
    expect(await api.delete(path, { token: mia })).toMatchObject({ status: 404, body: detail });
    expect(await api.delete(ofProject('api'), { token: mia })).toMatchObject({ status: 403, body: detail });
    expect(await api.delete(ofProject('web'))).toMatchObject({ status: 404, body: detail });
    expect(await api.delete(path, { token: await acme.token(['project:write', 'org:ci']) })).toMatchObject({
      status: 403,
    });
    expect(await api.delete(path, { token: null })).toMatchObject({ status: 401 });
    expect((await api.get(path)).status).toBe(200);
  });

  it.each([['%00'], ['x'.repeat(5_000)], ['latest'], ['%20'], ['%F0%9F%98%80'.repeat(200)]])(
    'is one that cannot be: %s',
    async (odd) => {
      expect(await api.delete(`${ofOrganization}${odd}/`)).toMatchObject({ status: 404, body: detail });
    },
  );
});
