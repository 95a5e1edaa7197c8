import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme, people } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';

const inWeb = '/api/0/projects/acme/web/issues/';
const inAcme = '/api/0/organizations/acme/issues/';
const detail = { detail: expect.any(String) as unknown };

let acme: Acme;
let client: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  client = apiClient(acme.app, await acme.token(['event:read']));
});

const as = async (email: string): Promise<ApiClient> => apiClient(acme.app, await acme.token(['event:read'], email));

describe('refusals of lists', () => {
  it.each([
    ['?query=is:new', { query: [expect.any(String)] }],
    [`?query=${'x'.repeat(1_001)}`, { query: [expect.any(String)] }],
    ['?per_page=0', detail],
    ['?cursor=abc', detail],
    [`?cursor=${Buffer.from('>2026-03-02').toString('base64url')}`, detail],
    [`?cursor=${Buffer.from(`<${'x'.repeat(1_400)}`).toString('base64url')}`, detail],
  ])('%s is answered with 400', async (search, body) => {
    for (const path of [inWeb, inAcme])
      expect(await client.get(`${path}${search}`)).toMatchObject({ status: 400, body });
  });

  it('tell strangers and other organizations nothing', async () => {
    expect(await client.get(inWeb, { token: null })).toMatchObject({ status: 401, body: detail });
    expect(await client.get('/api/0/organizations/other/issues/')).toMatchObject({ status: 403, body: detail });
    const token = await acme.token(['org:read', 'team:admin']);
    expect(await client.get(inWeb, { token })).toMatchObject({ status: 403, body: detail });
  });

  it.each([
    ['nope', 404],
    ['api', 403],
    ['%00', 404],
    ['x'.repeat(3_000), 404],
  ])('concern projects: %s', async (project, status) => {
    const mia = await as(people.mia);
    expect(await mia.get(`/api/0/projects/acme/${project}/issues/`)).toMatchObject({ status, body: detail });
  });
});
