import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRepository, type Repository } from '../lib/releases/index.ts';
import { type Acme, createAcme, people, withToken } from '../tests/support/acme.ts';
import { type ApiAnswer, type ApiClient, apiClient } from '../tests/support/api.ts';
import { cursorOf, followPages } from '../tests/support/api-pages.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { storeCommits } from '../tests/support/stored-commits.ts';
import { createReleases } from '../tests/support/stored-releases.ts';
import { apiDoor } from './middleware/api-door.ts';
import { served } from './read-release.ts';

let acme: Acme;
let api: ApiClient;
let app: Repository;
let docs: Repository;

beforeEach(async () => {
  acme = await createAcme();
  api = apiClient(acme.app, await acme.token(['org:ci']));
  const organization = 'acme';
  app = await createRepository(acme.app, { organization, name: 'acme/app', provider: 'github' });
  docs = await createRepository(acme.app, { organization, name: 'acme/docs' });
});

const version = 'web@1.4.0+77';
const encoded = encodeURIComponent(version);
const releasePath = (of = encoded) => `/api/0/organizations/acme/releases/${of}/`;
const ofProject = (project: string) => `/api/0/projects/acme/${project}/releases/${encoded}/`;
const create = (releases: Parameters<typeof createReleases>[1]) => createReleases({ app: acme.app, api }, releases);
const ids = ({ body }: ApiAnswer): string[] => (body as { id: string }[]).map(({ id }) => id);
const ada = { email: people.ada, name: 'Ada L.', userId: 'u1' };
const bot = { email: 'bot@ci.example', name: null };

/** The IDs on all pages of a list. */
const walk = async (path: string, between: (page: number) => Promise<void> = async () => {}): Promise<string[]> =>
  (await followPages(api, path, { between })).flatMap(ids);

describe('stored requests', () => {
  it.each(readdirSync(new URL('../events/read-release/', import.meta.url)))('%s is answered', async (file) => {
    await create([[version, ['web']]]);
    const name = file.replace('.json', '');
    const handler = apiDoor('read-release', served, async () => acme.app);
    const event = withToken(storedEvent(`read-release/${name}`), await acme.token(['project:read']));
    expect((await handler(event, lambdaContext())).statusCode).toBe(name === 'not-found' ? 404 : 200);
  });
});

describe('a release', () => {
  it('is shown whole, in the form of the organization and of its projects', async () => {
    await create([[version, ['web', 'api'], { owner: people.mia, ref: 'main' }]]);
    const answer = await api.get(releasePath());
    expect(answer).toMatchObject({
      status: 200,
      body: {
        version,
        ref: 'main',
        owner: { name: 'Mia' },
        projects: [{ slug: 'api' }, { slug: 'web' }],
        currentProjectMeta: {},
      },
    });
    expect((await api.get(ofProject('web'))).body).toEqual(answer.body);
    expect((await api.get(ofProject(acme.api.id))).body).toEqual(answer.body);
  });

  it('knows what is before and after it in a project', async () => {
    await create([
      ['1', ['web']],
      ['2', ['api']],
      [version, ['web', 'api'], { dateReleased: '2026-01-01T00:00:00Z' }],
      ['4', ['web']],
      ['5', ['web']],
    ]);
    const meta = async (path: string) => (await api.get(path)).body.currentProjectMeta as unknown;
    const sessions = { sessionsLowerBound: null, sessionsUpperBound: null };
    expect(await meta(`${releasePath()}?project=${acme.web.id}`)).toEqual({
      prevReleaseVersion: '1',
      nextReleaseVersion: '4',
      firstReleaseVersion: '1',
      lastReleaseVersion: '5',
      ...sessions,
    });
    expect(await meta(`${ofProject('web')}?project=api`)).toEqual({
      prevReleaseVersion: '2',
      nextReleaseVersion: null,
      firstReleaseVersion: '2',
      lastReleaseVersion: version,
      ...sessions,
    });
    expect((await api.get(`${releasePath()}?project=17`)).status).toBe(404);
    const mia = await acme.token(['project:read'], people.mia);
    expect((await api.get(`${releasePath()}?project=api`, { token: mia })).status).toBe(403);
  });

  it('is found by who reaches one of its projects, under its exact version', async () => {
    await create([
      [version, ['api']],
      ['nowhere', []],
      [' app space+plus%40#x@3.0.0', ['web']],
    ]);
    const mia = await acme.token(['project:read'], people.mia);
    expect((await api.get(releasePath(), { token: mia })).status).toBe(404);
    expect((await api.get(ofProject('api'), { token: mia })).status).toBe(403);
    expect((await api.get(ofProject('web'))).status).toBe(404);
    expect((await api.get(ofProject('nope'))).status).toBe(404);
    expect((await api.get(releasePath('nowhere'))).status).toBe(404);
    expect((await api.get(releasePath('%20app%20space%2Bplus%2540%23x@3.0.0'))).status).toBe(200);
    expect((await api.get(releasePath('app%20space%2Bplus%2540%23x@3.0.0'))).status).toBe(404);
    const token = await acme.token(['org:read']);
    expect((await api.get(releasePath(), { token })).status).toBe(403);
    expect((await api.get(releasePath(), { token: null })).status).toBe(401);
  });

  it.each([
    ['%00'],
    ['%0A'],
    ['latest'],
    ['%F0%9F%98%80'.repeat(201)],
    ['x'.repeat(5_000)],
    ['%20'],
    ['a%2Fb'],
    ['..%5C'],
  ])('is not found under %s', async (odd) => {
    for (const path of ['', 'commits/', 'commitfiles/']) {
      expect(await api.get(`${releasePath(odd)}${path}`)).toMatchObject({
        status: 404,
        body: { detail: expect.any(String) as unknown },
      });
    }
  });
});

describe('the commits of a release', () => {
  it('are shown whole, newest first', async () => {
    await create([
      [version, ['web'], { ref: 'main' }],
      ['older', ['web']],
    ]);
    const two = { id: 'b'.repeat(40), repository: docs };
    await storeCommits(acme.app, { version: 'older', generation: 'o1' }, [two]);
    await storeCommits(acme.app, { version, generation: 'gone' }, [two]);
    await storeCommits(acme.app, { version, generation: 'g1' }, [
      { id: 'a'.repeat(40), repository: app, message: 'Fix it', author: ada },
      two,
      { id: 'c'.repeat(40), repository: app, author: bot },
    ]);
    const answer = await api.get(`${releasePath()}commits/`);
    expect(answer.status).toBe(200);
    expect(answer.body[0]).toEqual({
      id: 'a'.repeat(40),
      message: 'Fix it',
      dateCreated: '2026-02-01T00:00:00.000Z',
      pullRequest: null,
      suspectCommitType: '',
      repository: expect.objectContaining({ id: app.id, name: 'acme/app', provider: { id: 'github', name: 'GitHub' } }),
      author: expect.objectContaining({ id: 'u1', name: 'Ada L.', email: people.ada }),
      releases: [expect.objectContaining({ version, ref: 'main' })],
    });
    expect(answer.body[1].releases.map((release: { version: string }) => release.version)).toEqual(['older', version]);
    expect(answer.body[2]).toMatchObject({ message: null, author: { name: null, email: 'bot@ci.example' } });
    expect(ids(await api.get(`${ofProject('web')}commits/`))).toEqual(ids(answer));
    expect(cursorOf(answer)).toBeUndefined();
  });

  it('are none before any were set', async () => {
    await create([[version, ['web']]]);
    for (const path of ['commits/', 'commitfiles/', 'commits/?repo_name=acme/app']) {
      expect(await api.get(`${releasePath()}${path}`)).toMatchObject({ status: 200, body: [] });
    }
  });

  it('of one repository are found by its ID or else its name', async () => {
    await create([[version, ['web']]]);
    const commits = Array.from({ length: 9 }, (_, index) => ({ id: `c${index}`, repository: index % 3 ? docs : app }));
    await storeCommits(acme.app, { version, generation: 'g1' }, commits);
    const path = `${ofProject('web')}commits/`;
    expect(await walk(`${path}?repo_id=${app.id}&per_page=2`)).toEqual(['c0', 'c3', 'c6']);
    expect(await walk(`${path}?repo_name=acme/app`)).toEqual(['c0', 'c3', 'c6']);
    expect(await walk(`${path}?repo_id=${app.id}&repo_name=acme/docs`)).toEqual(['c0', 'c3', 'c6']);
    expect(await walk(`${releasePath()}commits/?repo_name=acme/docs`)).toHaveLength(6);
    for (const query of ['repo_id=17', 'repo_name=nope', 'repo_name=', `repo_id=17&repo_name=acme/app`]) {
      expect((await api.get(`${path}?${query}`)).status, query).toBe(404);
    }
  });

  it('go on through the list that the first page was of, and back', async () => {
    await create([[version, ['web']]]);
    const commits = Array.from({ length: 250 }, (_, index) => ({ id: `c${index}`, repository: app }));
    await storeCommits(acme.app, { version, generation: 'g1' }, commits);
    const path = `${releasePath()}commits/`;
    const seen = await walk(path, async (page) => {
      if (page === 0) {
        await storeCommits(acme.app, { version, generation: 'g2' }, [{ id: 'new', repository: app }]);
      }
    });
    expect(seen).toEqual(commits.map(({ id }) => id));
    expect(await walk(path), 'anew').toEqual(['new']);
    await storeCommits(acme.app, { version, generation: 'g1' }, commits);
    const second = await api.get(`${path}?cursor=${cursorOf(await api.get(path))}`);
    const back = await api.get(`${path}?cursor=${cursorOf(second, 'previous')}`);
    expect(ids(back)).toEqual(seen.slice(0, 100));
    expect(cursorOf(back, 'previous')).toBeUndefined();
  }, 30_000);

  it('begin anew when the list is gone, and know cursors of other lists', async () => {
    await create([[version, ['web']]]);
    await storeCommits(acme.app, { version, generation: 'g1' }, [{ id: 'c', repository: app }]);
    const cursor = (position: string) => Buffer.from(`>${position}`).toString('base64url');
    for (const position of ['old#3', '2026-03-02T09:00:00.000Z#17', 'x', '#1', `${'x'.repeat(1_100)}#1`]) {
      for (const list of ['commits/', 'commitfiles/']) {
        const answer = await api.get(`${releasePath()}${list}?cursor=${cursor(position)}`);
        expect(answer, `${list} ${position}`).toMatchObject({
          status: 400,
          body: { detail: expect.stringContaining('page') as unknown },
        });
      }
    }
  });
});

describe('the files of a release', () => {
  it('are in the order of their paths, and each has an ID of its own', async () => {
    await create([[version, ['web']]]);
    const file = (path: string, type: 'A' | 'D' | 'M' = 'M') => ({ path, type });
    await storeCommits(acme.app, { version, generation: 'g1' }, [
      { id: 'c1', repository: app, message: 'One', author: ada, files: [file('src/b#1.ts', 'A'), file('README.md')] },
      { id: 'c2', repository: docs, files: [file('src/a.ts', 'D'), file('README.md')] },
      { id: 'c3', repository: app },
    ]);
    const { body } = await api.get(`${releasePath()}commitfiles/`);
    const files = body as { id: string; filename: string; type: string; repoName: string }[];
    expect(files.map(({ filename, type, repoName }) => [filename, type, repoName])).toEqual([
      ['README.md', 'M', 'acme/app'],
      ['README.md', 'M', 'acme/docs'],
      ['src/a.ts', 'D', 'acme/docs'],
      ['src/b#1.ts', 'A', 'acme/app'],
    ]);
    expect(files[0]).toMatchObject({ commitMessage: 'One', author: { email: people.ada }, orgId: expect.any(Number) });
    expect(new Set(files.map(({ id }) => id)).size).toBe(4);
    const all = files.map(({ id }) => id);
    expect(await walk(`${releasePath()}commitfiles/?per_page=1`)).toEqual(all);
    expect(await walk(`${ofProject('web')}commitfiles/?per_page=3&repo_name=acme/app`)).toEqual([all[0], all[3]]);
    expect((await api.get(`${releasePath()}commitfiles/?repo_id=17`)).status).toBe(404);
  });

  it('fill pages also where paths are long', async () => {
    await create([[version, ['web']]]);
    const files = Array.from({ length: 5 }, (_, index) => ({ path: `${'𝄞'.repeat(250)}${index}`, type: 'A' as const }));
    await storeCommits(acme.app, { version, generation: 'g1' }, [{ id: 'c1', repository: app, files }]);
    expect(await walk(`${releasePath()}commitfiles/?per_page=2`)).toHaveLength(5);
  });
});
