import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { mapLimited } from '../lib/platform/map-limited.ts';
import type { Table } from '../lib/platform/table.ts';
import { createProject, deleteProject } from '../lib/projects/index.ts';
import { type Acme, createAcme, people, withToken } from '../tests/support/acme.ts';
import { type ApiAnswer, type ApiClient, apiClient } from '../tests/support/api.ts';
import { cursorOf, followPages } from '../tests/support/api-pages.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { createReleases, storeEnvironments } from '../tests/support/stored-releases.ts';
import { served } from './list-releases.ts';
import { apiDoor } from './middleware/api-door.ts';

let acme: Acme;
let api: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  api = apiClient(acme.app, await acme.token(['org:ci']));
});

const ofOrganization = '/api/0/organizations/acme/releases/';
const ofProject = (project: string) => `/api/0/projects/acme/${project}/releases/`;
const versionsOf = ({ body }: ApiAnswer): string[] => (body as { version: string }[]).map(({ version }) => version);
const list = async (query = '', token?: string): Promise<string[]> => {
  const answer = await api.get(`${ofOrganization}${query}`, token === undefined ? {} : { token });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return versionsOf(answer);
};
const create = (releases: Parameters<typeof createReleases>[1]) => createReleases({ app: acme.app, api }, releases);
const pages = async (path: string): Promise<string[][]> => (await followPages(api, path)).map(versionsOf);

describe('stored requests', () => {
  it.each(readdirSync(new URL('../events/list-releases/', import.meta.url)))('%s is answered', async (file) => {
    const name = file.replace('.json', '');
    const statuses: Record<string, number> = { 'unknown-environment': 404, 'invalid-sort': 400 };
    const handler = apiDoor('list-releases', served, async () => acme.app);
    const event = withToken(storedEvent(`list-releases/${name}`), await acme.token(['project:read']));
    expect((await handler(event, lambdaContext())).statusCode).toBe(statuses[name] ?? 200);
  });
});

describe('the list of an organization', () => {
  it('shows whole releases, those added last first, whenever they were released', async () => {
    await create([
      ['3', ['web'], { dateReleased: '2026-08-15T00:00:00Z' }],
      ['1', ['web', 'api'], { owner: people.mia, ref: 'main' }],
      ['4', ['api']],
    ]);
    expect(await list()).toEqual(['4', '1', '3']);
    const { body } = await api.get(ofOrganization);
    expect(body[1]).toMatchObject({
      ref: 'main',
      owner: { name: 'Mia' },
      projects: [{ slug: 'api' }, { slug: 'web' }],
    });
  });

  it('has open ones unless archived or all are asked for', async () => {
    await create([
      ['1', ['web']],
      ['2', ['web'], { status: 'archived' }],
    ]);
    expect(await list()).toEqual(['1']);
    expect(await list('?status=open')).toEqual(['1']);
    expect(await list('?status=archived')).toEqual(['2']);
    expect(await list('?status=')).toEqual(['2', '1']);
  });

  it('leaves out releases of no project, and those whose projects are deleted', async () => {
    await create([
      ['1', []],
      ['2', ['web']],
    ]);
    expect(await list()).toEqual(['2']);
    await deleteProject(acme.app, { organization: 'acme', project: 'web' });
    expect(await list()).toEqual([]);
  });

  it('orders by version and by build', async () => {
    const added = ['test@2.2', 'test@10.0+122', 'test@2.2-alpha', 'test@2.2.3', 'test@2.20.3', 'test@2.20.3.3'];
    await create([...added, 'test@10.0+123', 'test@some_thing', 'random_junk'].map((version) => [version, ['web']]));
    const bySemver = [
      'test@10.0+123',
      'test@10.0+122',
      'test@2.20.3.3',
      'test@2.20.3',
      'test@2.2.3',
      'test@2.2',
      'test@2.2-alpha',
      'random_junk',
      'test@some_thing',
    ];
    expect(await list('?sort=semver')).toEqual(bySemver);
    expect(await pages(`${ofOrganization}?sort=semver&per_page=4`)).toEqual([
      bySemver.slice(0, 4),
      bySemver.slice(4, 8),
      bySemver.slice(8),
    ]);
    expect(await list('?sort=build')).toEqual(['test@10.0+123', 'test@10.0+122']);
    expect(await list('?sort=semver&query=release.version:<2.2.3')).toEqual(['test@2.2', 'test@2.2-alpha']);
    expect((await list('?sort=adoption'))[0]).toBe('random_junk');
    expect((await list('?sort=users&flatten=1'))[0]).toBe('random_junk');
  });

  it('finds what a query asks for', async () => {
    await create([
      ['web@1.2.0+7', ['web']],
      ['api@1.10.0', ['api']],
      ['other', ['web']],
    ]);
    expect(await list('?query=WEB%401')).toEqual(['web@1.2.0+7']);
    expect(await list('?query=1.2.0%20(7)')).toEqual(['web@1.2.0+7']);
    expect(await list('?query=release.version:%3E1.2')).toEqual(['api@1.10.0']);
    expect(await list('?query=!release.package:api')).toEqual(['other', 'web@1.2.0+7']);
  });

  it('has those of projects and environments, each release once', async () => {
    await create([
      ['1', ['web']],
      ['2', ['api']],
      ['3', ['web']],
      ['4', ['api']],
      ['5', ['web', 'api']],
    ]);
    const [web, api] = [acme.web.id, acme.api.id];
    await storeEnvironments(acme.app, [
      ['1', web, 'prod'],
      ['2', api, 'staging'],
      ['3', web, 'staging'],
      ['5', web, 'prod'],
      ['5', api, 'staging'],
    ]);
    expect(await list('?environment=prod')).toEqual(['5', '1']);
    expect(await list('?environment=staging')).toEqual(['5', '3', '2']);
    expect(await list('?environment=staging&environment=prod')).toEqual(['5', '3', '2', '1']);
    expect(await list(`?project=${web}`)).toEqual(['5', '3', '1']);
    expect(await list(`?project=${api}`)).toEqual(['5', '4', '2']);
    expect(await list(`?project=${web}&project=${api}`)).toEqual(['5', '4', '3', '2', '1']);
    expect(await list('?project=-1')).toEqual(['5', '4', '3', '2', '1']);
    expect(await list(`?project=${web}&environment=staging`)).toEqual(['3']);
    expect(await list('?environment=prod&query=release.stage:low_adoption')).toEqual(['5', '1']);
    expect(await list('?environment=prod&query=release.stage:adopted')).toEqual([]);
    expect(await pages(`${ofOrganization}?project=${web}&project=${api}&per_page=2`)).toEqual([
      ['5', '4'],
      ['3', '2'],
      ['1'],
    ]);
  });

  it('has those that were added in a span of time, both ends included', async () => {
    await create(['1', '2', '3', '4'].map((version) => [version, ['web']]));
    const [start, end] = ['2026-03-02T09:02:00Z', '2026-03-02T09:03:00Z'];
    expect(await list(`?start=${start}&end=${end}`)).toEqual(['3', '2']);
    expect(await list(`?start=${start}&end=${end}&project=${acme.web.id}&sort=semver`)).toEqual(['3', '2']);
    expect(await list('?statsPeriod=90s')).toEqual(['4', '3']);
    expect(await pages(`${ofOrganization}?start=${start}&end=${end}&per_page=1`)).toEqual([['3'], ['2']]);
  });

  it('shows people what they reach, wherever it stands', async () => {
    await create([
      ['old', ['web']],
      ...Array.from({ length: 12 }, (_, index) => [`api-${index}`, ['api']] as const),
      ['both', ['web', 'api']],
    ]);
    const mia = await acme.token(['project:read'], people.mia);
    expect(await list('', mia)).toEqual(['both', 'old']);
    expect(await list('?sort=semver', mia)).toEqual(['both', 'old']);
    expect(await list('', await acme.token(['project:read'], people.ada))).toHaveLength(14);
    expect(await list('?per_page=1', mia)).toEqual(['both']);
    const answer = await api.get(`${ofOrganization}?per_page=1`, { token: mia });
    expect(await list(`?per_page=1&cursor=${cursorOf(answer)}`, mia)).toEqual(['old']);
  });

  it('is the same by many projects as by few', async () => {
    const projects = await mapLimited([...Array(31).keys()], 4, (index) =>
      createProject(acme.app, { organization: 'acme', name: `p${index}`, slug: `p${index}` }),
    );
    await create([
      ['1', ['p0']],
      ['2', ['web']],
      ['3', ['p7', 'p30']],
    ]);
    await storeEnvironments(acme.app, [['3', projects[7]?.id ?? '', 'prod']]);
    const named = projects.map(({ slug }) => `project=${slug}`).join('&');
    expect(await list(`?${named}`)).toEqual(['3', '1']);
    expect(await list(`?${named}&sort=semver`)).toEqual(['3', '1']);
    expect(await list(`?${named}&environment=prod`)).toEqual(['3']);
    expect(await pages(`${ofOrganization}?${named}&per_page=1`)).toEqual([['3'], ['1']]);
  });

  it('is empty where there is nothing', async () => {
    expect(await list()).toEqual([]);
    expect(await list('?sort=semver')).toEqual([]);
    expect(await list(`?project=${acme.web.id}`)).toEqual([]);
  });

  it('goes on where it was and back again while releases come and go', async () => {
    await create(['1', '2', '3', '4', '5'].map((version) => [version, ['web']]));
    for (const sort of ['date', 'semver']) {
      const first = await api.get(`${ofOrganization}?sort=${sort}&per_page=2`);
      expect(versionsOf(first)).toEqual(['5', '4']);
      expect(cursorOf(first, 'previous')).toBeUndefined();
      await create([[`new-${sort}`, ['web']]]);
      const second = await api.get(`${ofOrganization}?sort=${sort}&per_page=2&cursor=${cursorOf(first)}`);
      expect(versionsOf(second)).toEqual(['3', '2']);
      const back = await api.get(`${ofOrganization}?sort=${sort}&per_page=2&cursor=${cursorOf(second, 'previous')}`);
      expect(versionsOf(back)).toEqual(['5', '4']);
      expect(cursorOf(back, 'previous')).toBeDefined();
      await api.post(ofOrganization, { version: `new-${sort}`, projects: [], status: 'archived' });
    }
  });

  it('links to the same list', async () => {
    await create(['1', '2'].map((version) => [version, ['web']]));
    const { headers } = await api.get(`${ofOrganization}?per_page=1&query=release:*&project=${acme.web.id}`);
    expect(headers['Link']).toMatch(
      /^<https:\/\/postflow\.example\/api\/0\/organizations\/acme\/releases\/\?per_page=1&query=release%3A\*&project=\d+&cursor=>; rel="previous"; results="false"; cursor="", <.*cursor=[\w-]+>; rel="next"; results="true"; cursor="[\w-]+"$/,
    );
  });

  it('costs two requests to the database beside the token, and three when it is narrowed', async () => {
    await create(Array.from({ length: 100 }, (_, index) => [`1.${index}`, ['web']] as const));
    const requests: string[] = [];
    const table: Table = {
      ...acme.app.table,
      batchGet(keys, options) {
        if (keys.length > 0) requests.push('batchGet');
        return acme.app.table.batchGet(keys, options);
      },
      queryAll(query) {
        requests.push('query');
        return acme.app.table.queryAll(query);
      },
    };
    const costs = async (path: string, email?: string): Promise<string[]> => {
      requests.length = 0;
      const token = await acme.token(['project:read'], email);
      const answer = await apiClient({ ...acme.app, table }, token).get(path);
      expect(versionsOf(answer)).toHaveLength(100);
      return [...requests];
    };
    const [selected, list, releases, shown] = ['batchGet', 'query', 'batchGet', 'batchGet'];
    expect(await costs(ofOrganization)).toEqual([list, shown]);
    expect(await costs(ofOrganization, people.mia), 'of a person').toEqual([list, shown]);
    expect(await costs(`${ofOrganization}?project=${acme.web.id}`)).toEqual([selected, list, releases]);
    expect(await costs(ofProject('web'))).toEqual([selected, list, releases]);
  }, 30_000);
});
