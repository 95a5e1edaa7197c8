import { beforeEach, expect, it } from 'vitest';
import { listTokens, scopes } from '../lib/organizations/index.ts';
import { type Acme, createAcme } from './support/acme.ts';
import { type ApiClient, apiClient } from './support/api.ts';
import { testStart } from './support/test-app.ts';

const organization = '/api/0/organizations/acme';

let acme: Acme;
let api: ApiClient;
let token: string;

beforeEach(async () => {
  acme = await createAcme();
  await apiClient(acme.app, await acme.token(['org:ci'])).post(`${organization}/releases/`, {
    version: '1',
    projects: ['web'],
  });
  token = await acme.token(scopes);
  api = apiClient(acme.app, token);
});

async function lastUse(): Promise<string | undefined> {
  const tokens = await listTokens(acme.app, { organization: 'acme' });
  return tokens.find(({ lastCharacters }) => lastCharacters === token.slice(-4))?.lastUsedAt;
}

it.each<[string, string, unknown?]>([
  ['PUT', `${organization}/releases/1/`, { status: 'archived' }],
  ['PUT', '/api/0/projects/acme/web/releases/1/', { status: 'archived' }],
  ['POST', `${organization}/releases/1/deploys/`, { environment: 'prod' }],
  ['POST', '/api/0/projects/acme/web/releases/1/deploys/', { environment: 'prod' }],
  ['PUT', `${organization}/issues/`, { status: 'resolved' }],
  ['PUT', '/api/0/projects/acme/web/issues/', { status: 'resolved' }],
  ['POST', '/api/0/teams/acme/backend/projects/', { name: 'New' }],
  ['PUT', '/api/0/projects/acme/web/', { name: 'New' }],
  ['DELETE', '/api/0/projects/acme/web/'],
  ['POST', `${organization}/repos/`, { name: 'acme/app' }],
  ['POST', `${organization}/org-auth-tokens/`, { name: 'New' }],
])('the use of a token is noted by %s %s', async (method, path, body) => {
  expect(await lastUse()).toBeUndefined();
  expect((await api.send(method, path, body)).status).toBeLessThan(300);
  expect(await lastUse()).toBe(testStart);
});

it('the use of a token is noted every ten minutes, and not when a request is refused', async () => {
  await api.put(`${organization}/releases/unknown/`, { status: 'archived' });
  expect(await lastUse()).toBeUndefined();
  let writes = 0;
  const update: typeof acme.app.table.update = async (...args) => {
    writes += 1;
    return acme.app.table.update(...args);
  };
  const counted = apiClient({ ...acme.app, table: { ...acme.app.table, update } }, token);
  for (let minute = 0; minute <= 10; minute += 1) {
    expect((await counted.put('/api/0/projects/acme/web/', { name: 'Web' })).status).toBe(200);
    acme.app.clock.advance(60_000);
  }
  expect(writes).toBe(2);
});

it('a token whose use cannot be noted works all the same', async () => {
  const update = () => Promise.reject(new Error('away'));
  const broken = apiClient({ ...acme.app, table: { ...acme.app.table, update } }, token);
  expect((await broken.put('/api/0/projects/acme/web/', { name: 'New' })).status).toBe(200);
});
