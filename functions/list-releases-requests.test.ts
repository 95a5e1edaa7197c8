import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme, people } from '../tests/support/acme.ts';
import { type ApiAnswer, type ApiClient, apiClient } from '../tests/support/api.ts';
import { cursorOf, followPages } from '../tests/support/api-pages.ts';
import { createReleases, storeEnvironments } from '../tests/support/stored-releases.ts';

let acme: Acme;
let api: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  api = apiClient(acme.app, await acme.token(['org:ci']));
});

const ofOrganization = '/api/0/organizations/acme/releases/';
const ofProject = (project: string) => `/api/0/projects/acme/${project}/releases/`;
const versionsOf = ({ body }: ApiAnswer): string[] => (body as { version: string }[]).map(({ version }) => version);
const create = (releases: Parameters<typeof createReleases>[1]) => createReleases({ app: acme.app, api }, releases);
const pages = async (path: string): Promise<string[][]> => (await followPages(api, path)).map(versionsOf);

describe('the list of a project', () => {
  it('has its open releases by when they were released, or else added', async () => {
    await create([
      ['1', ['web']],
      ['2', ['web'], { dateReleased: '2026-01-01T00:00:00Z' }],
      ['3', ['web'], { dateReleased: '2026-08-15T00:00:00Z' }],
      ['4', ['web'], { status: 'archived' }],
      ['5', ['api']],
    ]);
    expect(versionsOf(await api.get(ofProject('web')))).toEqual(['3', '1', '2']);
    expect(versionsOf(await api.get(ofProject(acme.web.id)))).toEqual(['3', '1', '2']);
    expect(await pages(`${ofProject('web')}?per_page=2`)).toEqual([['3', '1'], ['2']]);
  });

  it('finds a part of the version, whatever it looks like, and environments, known or not', async () => {
    await create([
      ['Web@1:2', ['web']],
      ['web@2', ['web']],
    ]);
    await storeEnvironments(acme.app, [['web@2', acme.web.id, 'prod']]);
    expect(versionsOf(await api.get(`${ofProject('web')}?query=WEB%401:`))).toEqual(['Web@1:2']);
    expect(versionsOf(await api.get(`${ofProject('web')}?environment=prod`))).toEqual(['web@2']);
    expect(versionsOf(await api.get(`${ofProject('web')}?environment=nowhere`))).toEqual([]);
    expect(versionsOf(await api.get(`${ofProject('web')}?environment=`))).toEqual([]);
  });

  it('is for those who reach the project', async () => {
    const mia = await acme.token(['project:read'], people.mia);
    expect((await api.get(ofProject('api'), { token: mia })).status).toBe(403);
    expect((await api.get(ofProject('nope'))).status).toBe(404);
  });
});

describe('asking for a list wrongly', () => {
  it.each<[string, number, RegExp?]>([
    ['?status=bogus', 400, /^invalid value for status/],
    ['?sort=bogus', 400, /^invalid sort/],
    ['?sort=crash_free_sessions', 400, /^sorting by crash statistics requires flattening \(flatten=1\)/],
    ['?start=null&end=null', 400],
    ['?statsPeriod=forever', 400],
    ['?per_page=0', 400, /^Invalid per_page parameter\./],
    ['?per_page=101', 400, /^Invalid per_page value\. Cannot exceed 100\./],
    ['?per_page=-1', 400],
    ['?cursor=100:1:0', 400],
    ['?query=is:unresolved', 400, /release\.version:/],
    ['?query=release.stage:adopted', 400],
    ['?project=17', 404],
    ['?project=', 404],
    [`?project=%00${'x'.repeat(2_000)}`, 404],
    ['?environment=nowhere', 404, /nowhere/],
    ['?environment=', 404],
    [`?environment=${'x'.repeat(3_000)}`, 404],
    ['?environment=%00', 404],
  ])('%s is answered with %i', async (query, status, detail = /./) => {
    const answer = await api.get(`${ofOrganization}${query}`);
    expect(answer).toMatchObject({ status, body: { detail: expect.stringMatching(detail) as unknown } });
    expect(Object.keys(answer.body as object)).toEqual(['detail']);
  });

  it('with a cursor of another list is answered with 400, in whatever it says', async () => {
    await create(['1', '2', '3'].map((version) => [version, ['web']]));
    const bySemver = cursorOf(await api.get(`${ofOrganization}?sort=semver&per_page=1`));
    const byDate = cursorOf(await api.get(`${ofOrganization}?per_page=1`));
    const long = Buffer.from(`>${'x'.repeat(1_200)}`).toString('base64url');
    for (const query of [`cursor=${bySemver}`, `sort=semver&cursor=${byDate}`, `cursor=${long}`]) {
      expect((await api.get(`${ofOrganization}?${query}`)).status, query).toBe(400);
    }
    expect((await api.get(`${ofProject('web')}?cursor=${bySemver}`)).status).toBe(400);
  });

  it('for a project out of reach is answered with 403, and so is too little scope', async () => {
    const mia = await acme.token(['project:read'], people.mia);
    expect((await api.get(`${ofOrganization}?project=${acme.api.id}`, { token: mia })).status).toBe(403);
    expect((await api.get(ofOrganization, { token: await acme.token(['org:read']) })).status).toBe(403);
    expect((await api.get('/api/0/organizations/globex/releases/')).status).toBe(403);
    expect((await api.get(ofOrganization, { token: null })).status).toBe(401);
  });
});
