import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { listProjectActivities } from '../lib/projects/index.ts';
import { type Acme, createAcme, people, withToken } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { apiDoor } from './middleware/api-door.ts';
import { served } from './update-release.ts';

let acme: Acme;
let token: string;
let api: ApiClient;
const at = '/api/0/organizations/acme/releases/web@1.4.0%2B77/';

beforeEach(async () => {
  acme = await createAcme();
  token = await acme.token(['org:ci']);
  api = apiClient(acme.app, token);
  await api.post('/api/0/organizations/acme/releases/', { version: 'web@1.4.0+77', projects: ['web', 'api'] });
});

const activities = async () =>
  (await Promise.all([acme.web, acme.api].map(({ id }) => listProjectActivities(acme.app, id)))).map((all) =>
    all.map(({ type, ident, data }) => ({ type, ident, data })),
  );

describe('changing a release', () => {
  it.each(readdirSync(new URL('../events/update-release', import.meta.url)))('answers 200 to %s', async (name) => {
    const event = withToken(storedEvent(`update-release/${name.replace('.json', '')}`), token);
    const answer = await apiDoor('update-release', served, async () => acme.app)(event, lambdaContext());
    expect({ status: answer.statusCode, body: JSON.parse(answer.body) as unknown }).toMatchObject({
      status: 200,
      body: { version: 'web@1.4.0+77' },
    });
  });

  it('overwrites what it says, clears what is null, and leaves the rest', async () => {
    const body = { ref: 'main', url: 'https://ci.example/1', dateReleased: '2026-03-02T10:00:00.123456789+01:00' };
    expect(await api.put(at, body)).toMatchObject({
      status: 200,
      body: { ref: 'main', url: 'https://ci.example/1', dateReleased: '2026-03-02T09:00:00.123Z', status: 'open' },
    });
    expect(await api.put(at, { ref: 'other', url: null })).toMatchObject({
      body: { ref: 'other', url: null, dateReleased: '2026-03-02T09:00:00.123Z' },
    });
    expect(await api.put(at, { ref: '', dateReleased: null })).toMatchObject({
      body: { ref: null, url: null, dateReleased: null },
    });
    expect(await api.put(at, {})).toMatchObject({ status: 200, body: { ref: null } });
  });

  it('archives and opens again', async () => {
    expect(await api.put(at, { status: 'archived' })).toMatchObject({ body: { status: 'archived' } });
    expect(await api.put(at, { ref: 'main' })).toMatchObject({ body: { status: 'archived' } });
    expect(await api.put(at, { status: 'open' })).toMatchObject({ body: { status: 'open' } });
  });

  it('tells every project once that the release is out', async () => {
    const told = { type: 10, ident: 'web@1.4.0+77', data: { version: 'web@1.4.0+77' } };
    await api.put(at, { ref: 'main' });
    expect(await activities()).toEqual([[], []]);
    await api.put(at, { dateReleased: '2026-03-02T09:00:00Z' });
    await api.put(at, { dateReleased: '2026-03-03T09:00:00Z' });
    expect(await activities()).toEqual([[told], [told]]);
  });

  it('takes the form of a project, of which the release has to be one', async () => {
    const inProject = (project: string) => `/api/0/projects/acme/${project}/releases/web@1.4.0%2B77/`;
    expect(await api.put(inProject('web'), { ref: 'main' })).toMatchObject({ status: 200, body: { ref: 'main' } });
    expect((await api.put(inProject('nope'), {})).status).toBe(404);
    await api.post('/api/0/projects/acme/web/releases/', { version: '2' });
    expect((await api.put('/api/0/projects/acme/api/releases/2/', {})).status).toBe(404);
  });

  it('sets commits, newest first, and shows the newest', async () => {
    const commits = [
      {
        id: 'a',
        repository: 'acme/app',
        author_name: 'Ada',
        author_email: people.ada,
        message: 'One',
        timestamp: '2026-03-01T09:00:00+02:00',
      },
      {
        id: 'b',
        repository: 'acme/app',
        author_name: 'Eve',
        author_email: 'EVE@x.example',
        timestamp: '2026-03-01T08:00:00Z',
      },
      { id: 'c', repository: 'acme/app', message: 'out #skipsentry' },
    ];
    const { status, body } = await api.put(at, { commits });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        commitCount: 2,
        lastCommit: {
          id: 'b',
          message: null,
          dateCreated: '2026-03-01T08:00:00.000Z',
          author: { name: 'Eve', email: 'eve@x.example' },
          repository: { name: 'acme/app', provider: { id: 'unknown' } },
          releases: [{ version: 'web@1.4.0+77' }],
        },
        authors: [
          { name: 'Eve', email: 'eve@x.example' },
          { name: 'Ada', username: people.ada, email: people.ada, id: expect.any(String) },
        ],
      },
    });
  });

  it('takes ten thousand commits in one body', async () => {
    const commits = Array.from({ length: 10_000 }, (_, index) => ({
      id: String(index).padStart(40, '0'),
      repository: 'acme/app',
      message: `Change ${index}: ${'x'.repeat(420)}`,
      timestamp: new Date(Date.UTC(2026, 0, 1) - index * 1000).toISOString(),
    }));
    const body = JSON.stringify({ commits });
    expect(body.length).toBeGreaterThan(5_500_000);
    expect(await api.send('PUT', at, body)).toMatchObject({ status: 200, body: { commitCount: 10_000 } });
  });

  it.each<[string, unknown, unknown]>([
    [
      'a line break in the name of a repository',
      { commits: [{ id: 'a', repository: 'acme\n/app' }] },
      { commits: { repository: ['Write this as a text.'] } },
    ],
    ['a commit without ID', { commits: [{ repository: 'a' }] }, { commits: { id: ['This field is required.'] } }],
    ['commits that are null', { commits: null }, { commits: ['This field may not be null.'] }],
    ['an ID that is too long', { commits: [{ id: 'a'.repeat(65) }] }, { commits: { id: [expect.any(String)] } }],
    [
      'a kind of change that there is not',
      { commits: [{ id: 'a', patch_set: [{ path: 'x', type: 'Z' }] }] },
      { commits: { patch_set: { type: [expect.stringMatching(/^Commit patch_set type Z is not supported\./)] } } },
    ],
    [
      'a path that is too long',
      { commits: [{ id: 'a', patch_set: [{ path: 'x'.repeat(511), type: 'A' }] }] },
      { commits: { patch_set: { path: [expect.any(String)] } } },
    ],
    ['a status that there is not', { status: 'gone' }, { status: [expect.stringMatching(/^Invalid status gone/)] }],
  ])('refuses %s and changes nothing', async (_, body, fields) => {
    expect(await api.put(at, { ref: 'main', ...(body as object) })).toEqual({
      status: 400,
      body: fields,
      headers: expect.anything() as unknown,
    });
    expect(await api.put(at, {})).toMatchObject({ body: { ref: null, commitCount: 0 } });
  });

  it('finds no release out of reach, in other organizations, without projects or that is not there', async () => {
    const mia = await acme.token(['project:releases'], people.mia);
    await api.post('/api/0/organizations/acme/releases/', { version: 'backend', projects: ['api'] });
    await api.post('/api/0/organizations/acme/releases/', { version: 'none', projects: [] });
    const put = (version: string, as = token) =>
      api.put(`/api/0/organizations/acme/releases/${version}/`, {}, { token: as });
    expect((await put('backend', mia)).status).toBe(404);
    expect((await put('web@1.4.0%2B77', mia)).status, 'one project is enough').toBe(200);
    expect((await put('none')).status).toBe(404);
    expect((await put('nope')).status).toBe(404);
    expect((await put('x'.repeat(3_000))).status).toBe(404);
    expect((await put('%00')).status).toBe(404);
    expect((await put('%E0%A4%A')).status).toBe(400);
    expect((await api.put('/api/0/organizations/globex/releases/1/', {})).status).toBe(403);
    expect((await put('backend', await acme.token(['project:read']))).status).toBe(403);
    expect((await api.put(at, {}, { token: null })).status).toBe(401);
  });
});

describe('refs', () => {
  const refs = [{ repository: 'acme/app', commit: 'a..b' }];

  it('of unknown repositories are refused before anything is written', async () => {
    const answer = await api.put(at, { ref: 'main', refs });
    expect(answer).toMatchObject({ status: 400, body: { refs: [expect.stringContaining('acme/app')] } });
    expect(await api.put(at, {})).toMatchObject({ body: { ref: null, refs: [] } });
  });

  it('are kept, shown, and cleared by an empty list together with the commits', async () => {
    await api.post(
      '/api/0/organizations/acme/repos/',
      { name: 'acme/app' },
      { token: await acme.token(['org:admin']) },
    );
    expect(await api.put(at, { refs, commits: [{ id: 'b', repository: 'acme/app' }] })).toMatchObject({
      status: 200,
      body: {
        commitCount: 1,
        refs: [{ repository: 'acme/app', commit: 'b', previousCommit: 'a', fetch: 'not-needed', detail: null }],
      },
    });
    expect(await api.put(at, { refs: [] })).toMatchObject({ body: { refs: [], commitCount: 0, lastCommit: null } });
  });
});
