import { readdirSync } from 'node:fs';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRepository } from '../lib/releases/index.ts';
import { type Acme, createAcme, people, withToken } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { cursorOf } from '../tests/support/api-pages.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { testStart } from '../tests/support/test-app.ts';
import { apiDoor } from './middleware/api-door.ts';
import { served } from './repositories.ts';

const repos = '/api/0/organizations/acme/repos/';
let acme: Acme;
let api: ApiClient;
let token: string;

beforeEach(async () => {
  acme = await createAcme();
  token = await acme.token(['project:releases']);
  api = apiClient(acme.app, token);
});

const add = (name: string, more: object = {}) => api.post(repos, { name, ...more });
const names = async (query = '') => {
  const { body } = await api.get(`${repos}${query}`);
  return (body as { name: string }[]).map(({ name }) => name);
};

describe('repositories', () => {
  it('are made with what a client needs to recognise its remote', async () => {
    const { status, body } = await add('acme/app', { url: null, provider: { id: 'integrations:github' }, extra: 1 });
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        id: expect.stringMatching(/^\d+$/) as unknown,
        name: 'acme/app',
        url: 'https://github.com/acme/app',
        provider: { id: 'github', name: 'GitHub' },
        status: 'active',
        dateCreated: testStart,
        integrationId: null,
        externalSlug: 'acme/app',
        externalId: null,
      },
    });
    expect((await api.get(repos)).body).toEqual([body]);
  });

  const unknown = { id: 'unknown', name: 'Unknown Provider' };
  it.each<[string, string, object, string | null, object]>([
    ['GitHub by its address', 'x', { url: 'https://github.com/acme/x' }, 'https://github.com/acme/x', { id: 'github' }],
    ['GitLab', 'a/b', { provider: 'gitlab' }, 'https://gitlab.com/a/b', { id: 'integrations:gitlab' }],
    ['Bitbucket', 'a/b', { provider: 'bitbucket' }, 'https://bitbucket.org/a/b', { id: 'bitbucket' }],
    ['a server of one’s own', 'x', { url: 'https://git.acme.example/x' }, 'https://git.acme.example/x', { id: 'git' }],
    ['a service that nobody knows', 'x', { provider: 'sourcehut' }, null, unknown],
    ['a service named like a part of every object', 'a/b', { provider: 'constructor' }, null, unknown],
    ['GitHub, without owner', 'x', { provider: 'github' }, null, unknown],
    ['nowhere', 'origin', {}, null, unknown],
  ])('on %s have an address only together with a provider that clients know', async (_, name, sent, url, provider) => {
    expect((await add(name, sent)).body).toMatchObject({ url, provider });
  });

  it('are made once', async () => {
    expect((await add('acme/app')).status).toBe(201);
    expect(await add('acme/app', { url: 'https://example.com' })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('acme/app') },
    });
  });

  it.each<[string, unknown, string]>([
    ['no name', {}, 'name'],
    ['a blank name', { name: ' ' }, 'name'],
    ['a long name', { name: 'x'.repeat(201) }, 'name'],
    ['NUL in the name', { name: 'a\0' }, 'name'],
    ['half a character', { name: '\ud800' }, 'name'],
    ['another address than of the web', { name: 'a', url: 'git@github.com:acme/app.git' }, 'url'],
    ['a number as provider', { name: 'a', provider: 7 }, 'provider'],
    ['an empty provider', { name: 'a', provider: '' }, 'provider'],
  ])('with %s are refused', async (_, body, field) => {
    const answer = await api.post(repos, body);
    expect({ status: answer.status, fields: Object.keys(answer.body as object) }).toEqual({
      status: 400,
      fields: [field],
    });
  });

  it('are listed by name in pages, those of other organizations not', async () => {
    for (const name of ['c/c', 'a/a', 'b/B', '😀']) await add(name);
    await createRepository(acme.app, { organization: 'globex', name: 'theirs' });
    expect(await names()).toEqual(['a/a', 'b/B', 'c/c', '😀']);
    expect(await names('?query=b')).toEqual(['b/B']);
    expect(await names('?status=active')).toHaveLength(4);
    expect(await names('?status=deleted')).toEqual([]);
    const page = await api.get(`${repos}?per_page=2&cursor=`);
    expect(page.body).toMatchObject([{ name: 'a/a' }, { name: 'b/B' }]);
    expect(await names(`?per_page=2&cursor=${cursorOf(page)}`)).toEqual(['c/c', '😀']);
    expect((await api.get(`${repos}?per_page=0`)).status).toBe(400);
  });

  it('are deleted by ID, once', async () => {
    const { body } = await add('acme/app');
    const address = `${repos}${(body as { id: string }).id}/`;
    expect(await api.delete(address)).toMatchObject({ status: 204, body: undefined });
    expect(await names()).toEqual([]);
    expect((await api.delete(address)).status).toBe(404);
    for (const id of ['0', 'x'.repeat(3_000), '%00', '%ED%A0%80', 'acme%2Fapp']) {
      expect([400, 404], id).toContain((await api.delete(`${repos}${id}/`)).status);
    }
    expect((await add('acme/app')).status, 'the name is free').toBe(201);
  });

  it('ask for a token of the organization that may', async () => {
    expect((await api.get(repos, { token: null })).status).toBe(401);
    expect((await api.get(repos.replace('acme', 'globex'))).status).toBe(403);
    const ci = await acme.token(['org:ci']);
    expect((await api.get(repos, { token: ci })).status).toBe(200);
    expect((await api.delete(`${repos}1/`, { token: ci })).status).toBe(403);
    const reader = await acme.token(['project:read'], people.mia);
    expect((await api.get(repos, { token: reader })).status).toBe(200);
    expect((await api.post(repos, { name: 'a' }, { token: reader })).status).toBe(403);
  });
});

describe('a stored event', () => {
  const status: Readonly<Record<string, number>> = { list: 200, create: 201, taken: 409, 'delete-unknown': 404 };

  it.each(readdirSync(new URL('../events/repositories', import.meta.url)))('%s is answered', async (file) => {
    await add('acme/app');
    const name = file.replace('.json', '');
    const event = storedEvent<APIGatewayProxyEvent>(`repositories/${name}`);
    const handler = apiDoor('repositories', served, async () => acme.app);
    expect((await handler(withToken(event, token), lambdaContext())).statusCode).toBe(status[name]);
  });
});
