import { readdirSync } from 'node:fs';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme, people, withToken } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { apiDoor } from './middleware/api-door.ts';
import { served } from './previous-release.ts';

const releases = '/api/0/organizations/acme/releases/';
const ofWeb = '/api/0/projects/acme/web/releases/';
let acme: Acme;
let api: ApiClient;
let token: string;

beforeEach(async () => {
  acme = await createAcme();
  token = await acme.token(['project:releases']);
  api = apiClient(acme.app, token);
});

async function release(version: string, projects: readonly string[], commits: readonly string[] = []): Promise<void> {
  acme.app.clock.advance(1_000);
  const body = { version, projects, commits: commits.map((id) => ({ id })) };
  expect((await api.post(releases, body)).status).toBe(201);
}

const previous = (version: string, options: { at?: string; token?: string } = {}) =>
  api.get(`${options.at ?? releases}${version}/previous-with-commits/`, options);

describe('the previous release with commits', () => {
  it('is shown whole, or else as an empty object', async () => {
    await release('1', ['web'], ['a']);
    await release('2', ['web']);
    await release('3', ['web'], ['b']);
    const { status, body } = await previous('3');
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { version: '1', lastCommit: { id: 'a' }, projects: [{ slug: 'web' }], commitCount: 1 },
    });
    expect(await previous('3', { at: ofWeb })).toMatchObject({ status: 200, body: { version: '1' } });
    expect(await previous('1')).toMatchObject({ status: 200, body: {} });
    expect((await previous('1')).body).toEqual({});
  });

  it('is one of a project that the caller reaches', async () => {
    await release('1', ['api'], ['a']);
    await release('2', ['web', 'api']);
    const mia = await acme.token(['project:read'], people.mia);
    const ada = await acme.token(['project:read'], people.ada);
    expect((await previous('2', { token: mia })).body).toEqual({});
    expect((await previous('2', { token: ada })).body).toMatchObject({ version: '1' });
    expect((await previous('1', { token: mia })).status, 'out of reach').toBe(404);
  });

  it.each(['nowhere', 'x'.repeat(3_000), '%00', 'latest', '%F0%9F%98%80'])('of %s is not found', async (version) => {
    const answer = await previous(version);
    expect({ status: answer.status, keys: Object.keys(answer.body as object) }).toEqual({
      status: 404,
      keys: ['detail'],
    });
  });

  it('asks for a token', async () => {
    expect((await api.get(`${releases}1/previous-with-commits/`, { token: null })).status).toBe(401);
    const stranger = await acme.token(['event:read']);
    expect((await previous('1', { token: stranger })).status).toBe(403);
  });
});

describe('a stored event', () => {
  const status: Readonly<Record<string, number>> = { organization: 200, project: 200, unknown: 404 };

  it.each(readdirSync(new URL('../events/previous-release', import.meta.url)))('%s is answered', async (file) => {
    await release('shop@1.0', ['web'], ['a']);
    await release('shop@2.0', ['web']);
    const name = file.replace('.json', '');
    const event = storedEvent<APIGatewayProxyEvent>(`previous-release/${name}`);
    const handler = apiDoor('previous-release', served, async () => acme.app);
    expect((await handler(withToken(event, token), lambdaContext())).statusCode).toBe(status[name]);
  });
});
