import type { APIGatewayProxyEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Table } from '../lib/platform/table.ts';
import { type Acme, createAcme, people, withToken } from '../tests/support/acme.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { releaseRequest } from '../tests/support/release-request.ts';
import { testStart } from '../tests/support/test-app.ts';
import { served } from './create-release.ts';
import { apiDoor } from './middleware/api-door.ts';

let acme: Acme;
let token: string;

beforeEach(async () => {
  acme = await createAcme();
  token = await acme.token(['org:ci']);
});

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function answer(event: APIGatewayProxyEvent): Promise<Answer> {
  const handler = apiDoor('create-release', served, async () => acme.app);
  const { statusCode, body, headers } = await handler(event, lambdaContext());
  expect(headers?.['Content-Type']).toBe('application/json');
  return { status: statusCode, body: JSON.parse(body) as unknown };
}

const stored = (name: string) => answer(withToken(storedEvent(`create-release/${name}`), token));

/** A request to the organization's form, or to that of a project. */
function post(body: unknown, options: { project?: string; org?: string; as?: string } = {}): Promise<Answer> {
  const { as = token, ...form } = options;
  const event = releaseRequest(body, form);
  return answer(withToken(event, as));
}

const shownWeb = () => ({
  id: Number(acme.web.id),
  slug: 'web',
  name: 'Web',
  newGroups: 0,
  platform: 'javascript',
  platforms: ['javascript'],
  hasHealthData: false,
});
const shownApi = () => ({
  ...shownWeb(),
  id: Number(acme.api.id),
  slug: 'api',
  name: 'API',
  platform: null,
  platforms: [],
});

const shownRelease = () => ({
  id: expect.any(Number) as unknown,
  version: 'web@1.4.0+77',
  status: 'open',
  shortVersion: 'web@1.4.0+77',
  versionInfo: {
    package: 'web',
    version: { raw: '1.4.0+77', major: 1, minor: 4, patch: 0, pre: null, buildCode: '77', components: 3 },
    description: '1.4.0 (77)',
    buildHash: null,
  },
  ref: null,
  url: null,
  dateReleased: null,
  dateCreated: testStart,
  data: {},
  newGroups: 0,
  owner: null,
  commitCount: 0,
  lastCommit: null,
  deployCount: 0,
  lastDeploy: null,
  authors: [],
  projects: [shownWeb()],
  refs: [],
  firstEvent: null,
  lastEvent: null,
  currentProjectMeta: {},
  userAgent: 'sentry-cli/3.8.0',
});

describe('creating a release', () => {
  it('answers 201 with the whole release', async () => {
    expect(await stored('organization')).toEqual({
      status: 201,
      body: { ...shownRelease(), projects: [shownApi(), shownWeb()] },
    });
    expect([...acme.app.counted]).toEqual([['create-release.success', 1]]);
  });

  it('answers 201 in the form of one project, of which the address knows better than the body', async () => {
    expect(await stored('project')).toEqual({
      status: 201,
      body: { ...shownRelease(), userAgent: 'sentry-cli/2.58.6' },
    });
    expect(await post({ version: '2', projects: ['api'] }, { project: 'web' })).toMatchObject({
      status: 201,
      body: { projects: [{ slug: 'web' }] },
    });
  });

  it('takes projects by ID, as a number and as a text, each once', async () => {
    const { id } = acme.web;
    expect(await post({ version: '1', projects: [Number(id), id, 'web'] })).toMatchObject({
      status: 201,
      body: { projects: [shownWeb()] },
    });
    expect((await post({ version: '1', projects: [id] }, { project: id })).status).toBe(208);
  });

  it('answers 208 for one that is there, and fills what was empty', async () => {
    await stored('organization');
    const filled = {
      ...shownRelease(),
      projects: [shownApi(), shownWeb()],
      ref: 'main',
      url: 'https://ci.acme.example/builds/77',
      dateReleased: '2026-03-02T09:00:01.500Z',
    };
    expect(await stored('finalized')).toEqual({ status: 208, body: filled });
    expect(await stored('finalized'), 'once more').toEqual({ status: 208, body: filled });
    const other = {
      version: 'web@1.4.0+77',
      projects: ['web'],
      ref: 'other',
      url: 'https://other.example',
      dateReleased: testStart,
    };
    expect(await post(other), 'never overwrites').toEqual({ status: 208, body: filled });
  });

  it('answers 201 when a project is new to it', async () => {
    await stored('project');
    expect(await post({ version: 'web@1.4.0+77', projects: ['api'] })).toMatchObject({
      status: 201,
      body: { userAgent: 'sentry-cli/2.58.6', projects: [shownApi(), shownWeb()] },
    });
  });

  it('archives and opens again, and keeps the status when none is told', async () => {
    await stored('project');
    expect(await stored('archived')).toMatchObject({
      status: 208,
      body: { status: 'archived', projects: [shownWeb()] },
    });
    expect(await stored('project')).toMatchObject({ status: 208, body: { status: 'archived' } });
    expect(await post({ version: 'web@1.4.0+77', projects: [], status: 'open' })).toMatchObject({
      status: 208,
      body: { status: 'open' },
    });
  });

  it('creates one that belongs to no project yet', async () => {
    expect(await stored('archived')).toMatchObject({ status: 201, body: { status: 'archived', projects: [] } });
  });

  it('has an owner, named by ID or address, who is shown as long as they are a member', async () => {
    expect(await post({ version: '1', projects: ['web'], owner: ` ${people.mia.toUpperCase()}` })).toMatchObject({
      status: 201,
      body: { owner: { id: expect.any(String) as unknown, name: 'Mia', username: people.mia, email: people.mia } },
    });
    expect(await post({ version: '1', projects: ['web'] })).toMatchObject({ body: { owner: { name: 'Mia' } } });
    expect(await post({ version: '1', projects: ['web'], owner: people.ada })).toMatchObject({
      body: { owner: { name: 'Mia' } },
    });
  });

  it('ignores fields that it does not know, and empty lists of those that come later', async () => {
    const body = { version: '1', projects: ['web'], commits: [], refs: [], headCommits: [], somethingElse: { a: 1 } };
    expect((await post(body)).status).toBe(201);
  });

  it('has the commits that come with it', async () => {
    expect(await stored('commits')).toMatchObject({
      status: 201,
      body: { commitCount: 1, lastCommit: { message: 'Fixes WEB-1' } },
    });
  });

  it('keeps a version exactly as it was sent', async () => {
    expect(await post({ version: ' app space+plus%40#x@3.0.0 ', projects: ['web'] })).toMatchObject({
      status: 201,
      body: { version: ' app space+plus%40#x@3.0.0 ' },
    });
    expect((await post({ version: 'app space+plus%40#x@3.0.0', projects: ['web'] })).status).toBe(201);
  });

  it('costs three requests to the database, and two when the token is known', async () => {
    const requests: string[] = [];
    const table = new Proxy(acme.app.table, {
      get(target, method: keyof Table) {
        requests.push(method);
        return target[method];
      },
    });
    acme = { ...acme, app: { ...acme.app, table } };
    await stored('organization');
    expect(requests).toEqual(['get', 'batchGet', 'write']);
    await post({ version: '2', projects: ['web', 'api'] });
    expect(requests.slice(3)).toEqual(['batchGet', 'write']);
    const mia = await acme.token(['project:releases'], people.mia);
    requests.length = 0;
    await post({ version: '3', projects: ['web'] }, { as: mia });
    expect(requests, 'of a person').toEqual(['get', 'batchGet', 'write']);
  });

  it('creates one release out of twenty requests at once, and loses nothing', async () => {
    const requests = Array.from({ length: 20 }, (_, index) =>
      post({ version: '1', projects: ['web', 'api'], ref: 'main', url: `https://ci.example/${index}` }),
    );
    const answers = await Promise.all(requests);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(208)]);
    const ids = answers.map(({ body }) => (body as { id: number }).id);
    expect(new Set(ids).size).toBe(1);
    expect(await post({ version: '1', projects: [] })).toMatchObject({
      body: { id: ids[0], ref: 'main', projects: [shownApi(), shownWeb()] },
    });
  });

  it('attaches each project once when parallel requests bring different ones', async () => {
    await post({ version: '1', projects: [] });
    const requests = Array.from({ length: 20 }, (_, index) =>
      post({ version: '1', projects: [index % 2 === 0 ? 'web' : 'api'] }),
    );
    const statuses = (await Promise.all(requests)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 201, ...Array<number>(18).fill(208)]);
    expect(await post({ version: '1', projects: [] })).toMatchObject({ body: { projects: [shownApi(), shownWeb()] } });
  });
});

describe('refusing a release', () => {
  it('names every field that is wrong', async () => {
    expect(await stored('invalid')).toEqual({
      status: 400,
      body: {
        version: [expect.stringContaining('web/1.4.0 is not allowed')],
        status: [expect.stringContaining('Invalid status gone')],
        url: [expect.any(String)],
        dateReleased: [expect.any(String)],
      },
    });
  });

  it.each<[unknown, Record<string, unknown>]>([
    [{ projects: ['web'] }, { version: ['This field is required.'] }],
    [{ version: null, projects: ['web'] }, { version: ['This field may not be null.'] }],
    [{ version: '1' }, { projects: ['This field is required.'] }],
    [{ version: '1', projects: null }, { projects: ['This field may not be null.'] }],
    [{ version: '1', projects: 'web' }, { projects: [expect.any(String)] }],
    [{ version: '1', projects: [{}] }, { projects: [expect.any(String)] }],
    [
      { version: '1', projects: ['web', 'nope', 'Web', '7'] },
      { projects: [expect.stringMatching(/: nope, Web, 7\.$/)] },
    ],
    [{ version: '1', projects: ['web'], owner: 'nobody@acme.example' }, { owner: [expect.any(String)] }],
    [{ version: '1', projects: ['web'], headCommits: null }, { headCommits: ['This field may not be null.'] }],
  ])('answers 400 to %j and stores nothing', async (body, fields) => {
    expect(await post(body)).toEqual({ status: 400, body: fields });
    expect((await post({ version: '1', projects: ['web'] })).status).toBe(201);
  });

  it('answers 400 to what is not JSON, or no object', async () => {
    expect(await stored('broken-json')).toEqual({
      status: 400,
      body: { detail: 'The body is not valid JSON in UTF-8.' },
    });
    expect(await post([])).toMatchObject({ status: 400, body: { detail: expect.any(String) as unknown } });
  });

  it.each([[undefined], ['nonsense'], ['0'.repeat(64)]])('answers 401 without a token of ours: %s', async (bad) => {
    const { status, body } = await answer(withToken(storedEvent('create-release/organization'), bad));
    expect({ status, keys: Object.keys(body as object) }).toEqual({ status: 401, keys: ['detail'] });
  });

  it('answers 403 for another organization and for too little scope, before it reads the body', async () => {
    const readOnly = await acme.token(['org:read', 'project:read']);
    const detail = expect.any(String) as unknown;
    expect(await post('nonsense', { as: readOnly })).toEqual({ status: 403, body: { detail } });
    expect(await post({ version: '1' }, { org: 'globex' })).toEqual({ status: 403, body: { detail } });
    expect(await post({ version: '1' }, { org: 'globex', project: 'web' })).toEqual({ status: 403, body: { detail } });
  });

  it('answers 404 for a project that does not exist', async () => {
    for (const project of ['nope', '17', 'WEB', '']) {
      expect(await post({ version: '1' }, { project })).toEqual({
        status: 404,
        body: { detail: expect.any(String) as unknown },
      });
    }
  });

  it('answers 413 and 415 to bodies that it does not take', async () => {
    const event = storedEvent('create-release/organization');
    expect(
      await answer(withToken({ ...event, body: JSON.stringify({ version: 'x'.repeat(6 * 1024 * 1024) }) }, token)),
    ).toMatchObject({
      status: 413,
    });
    const form = { ...event, multiValueHeaders: { ...event.multiValueHeaders, 'Content-Type': ['text/plain'] } };
    expect(await answer(withToken(form, token))).toEqual({
      status: 415,
      body: { detail: expect.any(String) as unknown },
    });
  });
});
