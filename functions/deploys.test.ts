import { readdirSync } from 'node:fs';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme, people, withToken } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { testStart } from '../tests/support/test-app.ts';
import { served } from './deploys.ts';
import { apiDoor } from './middleware/api-door.ts';

let acme: Acme;
let token: string;
let api: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  token = await acme.token(['org:ci']);
  api = apiClient(acme.app, token);
});

const releases = '/api/0/organizations/acme/releases/';
const deploysOf = (version: string) => `${releases}${version}/deploys/`;
const ofProject = (project: string, version: string) => `/api/0/projects/acme/${project}/releases/${version}/deploys/`;

async function makeRelease(version = '1', projects: readonly string[] = ['web', 'api']): Promise<void> {
  expect((await api.post(releases, { version, projects })).status).toBe(201);
}

/** The release as it is shown, without changing it. */
const release = async (version = '1') => (await api.post(releases, { version, projects: ['web'] })).body;

describe('the stored events', () => {
  const statuses: Readonly<Record<string, number>> = {
    create: 201,
    'create-for-project': 201,
    list: 200,
    'list-of-project': 200,
    invalid: 400,
  };

  it.each(readdirSync(new URL('../events/deploys/', import.meta.url)))('%s is answered', async (file) => {
    await makeRelease('web@1.4.0');
    const name = file.replace(/\.json$/, '');
    const event = withToken(storedEvent<APIGatewayProxyEvent>(`deploys/${name}`), token);
    const answer = await apiDoor('deploys', served, async () => acme.app)(event, lambdaContext());
    expect(answer.statusCode).toBe(statuses[name]);
  });
});

describe('recording a deploy', () => {
  it('answers with it, counts it and shows it with its release', async () => {
    await makeRelease();
    const sent = { name: 'foo', environment: 'production', url: 'https://www.example.com' };
    const { status, body } = await api.post(deploysOf('1'), sent);
    const deploy = { id: expect.stringMatching(/^\d{16}$/), ...sent, dateStarted: null, dateFinished: testStart };
    expect({ status, body }).toEqual({ status: 201, body: deploy });
    expect(await release()).toMatchObject({ deployCount: 1, lastDeploy: body });
    expect((await api.get(deploysOf('1'))).body).toEqual([body]);
  });

  it('takes what clients send of it, times in any zone and nulls included', async () => {
    await makeRelease();
    const times = { dateStarted: '2026-03-02T09:00:00+01:00', dateFinished: '2026-03-02T08:10:00.123456789Z' };
    const answer = await api.post(deploysOf('1'), { environment: ' prod ', name: '', url: null, ...times, other: 1 });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        environment: 'prod',
        name: null,
        url: null,
        dateStarted: '2026-03-02T08:00:00.000Z',
        dateFinished: '2026-03-02T08:10:00.123Z',
      },
    });
    const nulls = { environment: 'prod', name: null, url: null, dateStarted: null, dateFinished: null };
    expect((await api.post(deploysOf('1'), nulls)).body.dateFinished).toBe(testStart);
  });

  it.each([
    ['no environment', {}, 'environment'],
    ['an empty environment', { environment: ' ' }, 'environment'],
    ['null as environment', { environment: null }, 'environment'],
    ['a long environment', { environment: 'x'.repeat(65) }, 'environment'],
    ['half a character', { environment: '\ud800' }, 'environment'],
    ['a long name', { environment: 'prod', name: 'x'.repeat(65) }, 'name'],
    ['a number as name', { environment: 'prod', name: 7 }, 'name'],
    ['an address that is none', { environment: 'prod', url: 'over there' }, 'url'],
    ['a day', { environment: 'prod', dateFinished: '2026-03-02' }, 'dateFinished'],
    ['a moment without zone', { environment: 'prod', dateStarted: '2026-03-02T08:00:00' }, 'dateStarted'],
    ['no projects', { environment: 'prod', projects: [] }, 'projects'],
    ['null as projects', { environment: 'prod', projects: null }, 'projects'],
    ['a text as projects', { environment: 'prod', projects: 'web' }, 'projects'],
    ['lists as projects', { environment: 'prod', projects: [[]] }, 'projects'],
  ])('refuses %s and says of which field', async (_, body, field) => {
    await makeRelease();
    expect(await api.post(deploysOf('1'), body)).toMatchObject({
      status: 400,
      body: { [field]: [expect.any(String)] },
    });
    expect((await api.get(deploysOf('1'))).body).toEqual([]);
  });

  it.each(['bad/name', 'bad\nname', 'bad\rname', 'bad\fname', 'bad\0name'])(
    'refuses the environment %j',
    async (environment) => {
      await makeRelease();
      expect(await api.post(deploysOf('1'), { environment })).toMatchObject({
        status: 400,
        body: { environment: [expect.stringMatching(/^Invalid value for environment/)] },
      });
      expect(await release()).toMatchObject({ deployCount: 0, lastDeploy: null });
    },
  );

  it('takes odd names of environments and counts their characters as people do', async () => {
    await makeRelease();
    const names = ['🚀'.repeat(64), 'a#b', '__proto__', '生产', 'x'.repeat(64)];
    for (const environment of names) {
      expect((await api.post(deploysOf('1'), { environment })).body).toMatchObject({ environment });
      acme.app.clock.advance(1);
    }
    const listed = (await api.get(deploysOf('1'))).body as readonly { environment: string }[];
    expect(listed.map(({ environment }) => environment)).toEqual(names.toReversed());
  });

  it('takes only projects of the release, in the form that clients know', async () => {
    await makeRelease('1', ['web']);
    const answer = await api.post(deploysOf('1'), { environment: 'production', projects: ['web', 'api', 'api', 7] });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        detail: {
          code: 'parameter-validation-error',
          message: 'Invalid projects (api, 7) for release 1',
          extra: expect.any(Object),
        },
      },
    });
    expect(await release()).toMatchObject({ deployCount: 0 });
  });

  it('ends when a release has been to more environments than anybody has', async () => {
    await makeRelease();
    const names = new Set(Array.from({ length: 500 }, (_, index) => `${index}${'🚀'.repeat(60)}`));
    await acme.app.table.update(
      { pk: 'RELEASE#acme#1', sk: `PROJECT#${acme.web.id}` },
      { expression: 'SET environments = :names', values: { ':names': names } },
    );
    expect(await api.post(deploysOf('1'), { environment: 'new' })).toMatchObject({
      status: 400,
      body: { environment: [expect.stringContaining('500')] },
    });
    expect((await api.post(deploysOf('1'), { environment: [...names][7] })).status).toBe(201);
    expect((await api.post(ofProject('api', '1'), { environment: 'new' })).status).toBe(201);
  });

  it.each([
    ['a release that is not there', deploysOf('2'), 404],
    ['a version that is none', deploysOf('latest'), 404],
    ['a version that is too long', deploysOf('x'.repeat(3_000)), 404],
    ['a version of a character that is none', deploysOf('%00'), 404],
    ['a project that is not there', ofProject('nowhere', '1'), 404],
    ['a project that is none of the release’s', ofProject('api', '1'), 404],
    ['another organization', '/api/0/organizations/other/releases/1/deploys/', 403],
  ])('of %s is refused, and so is the list', async (_, path, status) => {
    await makeRelease('1', ['web']);
    const refused = { status, body: { detail: expect.any(String) } };
    expect(await api.post(path, { environment: 'prod' })).toMatchObject(refused);
    expect(await api.get(path)).toMatchObject(refused);
  });

  it('needs a scope that writes, and the list one that reads', async () => {
    await makeRelease();
    const reader = { token: await acme.token(['project:read']) };
    expect((await api.post(deploysOf('1'), { environment: 'prod' }, reader)).status).toBe(403);
    expect((await api.get(deploysOf('1'), reader)).status).toBe(200);
    expect((await api.get(deploysOf('1'), { token: await acme.token(['org:read']) })).status).toBe(403);
    expect((await api.get(deploysOf('1'), { token: null })).status).toBe(401);
  });

  it('is for people who reach a project of the release', async () => {
    await makeRelease('1', ['api']);
    await makeRelease('2', ['web', 'api']);
    const mia = { token: await acme.token(['project:releases'], people.mia) };
    expect((await api.post(deploysOf('1'), { environment: 'prod' }, mia)).status).toBe(404);
    expect((await api.post(ofProject('api', '1'), { environment: 'prod' }, mia)).status).toBe(403);
    expect((await api.post(deploysOf('2'), { environment: 'prod' }, mia)).status).toBe(201);
  });
});
