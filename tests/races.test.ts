import { beforeEach, describe, expect, it } from 'vitest';
import { door as eraser } from '../functions/delete-project.ts';
import { createIssue } from '../lib/issues/index.ts';
import { scopes } from '../lib/organizations/index.ts';
import { type Acme, createAcme, people } from './support/acme.ts';
import { type ApiAnswer, type ApiClient, apiClient } from './support/api.ts';

let acme: Acme;
let api: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  api = apiClient(acme.app, await acme.token(scopes));
});

const releases = '/api/0/organizations/acme/releases/';

/** All at once; none of them may fail on our side. @returns how many got which status */
async function atOnce(...calls: readonly Promise<ApiAnswer>[]): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { status } of await Promise.all(calls)) {
    expect(status).toBeLessThan(500);
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const commits = (letter: string) =>
  times(3, (index) => ({ id: `${letter}${index}`.padEnd(40, '0'), repository: 'acme/web', message: `${letter}` }));

/** Everything about a release can be asked for. */
async function readsWell(version: string, status: number): Promise<void> {
  for (const part of ['', 'commits/', 'commitfiles/', 'deploys/', 'previous-with-commits/']) {
    expect((await api.get(`${releases}${version}/${part}`)).status, part).toBe(status);
  }
}

describe('at the same moment', () => {
  it('one of several gets a slug', async () => {
    const create = () => api.post('/api/0/teams/acme/backend/projects/', { name: 'Fresh', slug: 'fresh' });
    expect(await atOnce(...times(5, create))).toEqual({ 201: 1, 409: 4 });
    expect((await api.get('/api/0/organizations/acme/projects/')).body).toHaveLength(3);
  });

  it('projects of one name get a slug each', async () => {
    const create = () => api.post('/api/0/teams/acme/backend/projects/', { name: 'Fresh' });
    expect(await atOnce(...times(5, create))).toEqual({ 201: 5 });
    const { body } = await api.get('/api/0/organizations/acme/projects/');
    expect(new Set((body as { slug: string }[]).map(({ slug }) => slug)).size).toBe(7);
  });

  it('one of several gets the name of a repository', async () => {
    const create = () => api.post('/api/0/organizations/acme/repos/', { name: 'acme/web' });
    expect(await atOnce(...times(5, create))).toEqual({ 201: 1, 409: 4 });
    expect((await api.get('/api/0/organizations/acme/repos/')).body).toHaveLength(1);
  });

  it('a release is created once, for all projects that are named', async () => {
    const create = (index: number) => api.post(releases, { version: '1', projects: [index % 2 === 0 ? 'web' : 'api'] });
    const counts = await atOnce(...times(6, create));
    expect((counts[201] ?? 0) + (counts[208] ?? 0)).toBe(6);
    const { body } = await api.get(`${releases}1/`);
    expect((body as { projects: { slug: string }[] }).projects.map(({ slug }) => slug)).toEqual(['api', 'web']);
  });

  it('a release is deleted while its commits are set and it is deployed', async () => {
    for (let round = 0; round < 6; round += 1) {
      const version = `v${round}`;
      await api.post(releases, { version, projects: ['web'], commits: commits('a') });
      await atOnce(
        api.put(`${releases}${version}/`, { commits: commits('b') }),
        api.delete(`${releases}${version}/`),
        api.post(`${releases}${version}/deploys/`, { environment: 'production' }),
        api.post(releases, { version, projects: ['api'], commits: commits('c') }),
        api.put(`${releases}${version}/`, { status: 'archived' }),
      );
      const { status } = await api.get(`${releases}${version}/`);
      await readsWell(version, status);
      expect((await api.get(releases)).status).toBe(200);
      expect([201, 208]).toContain(
        (await api.post(releases, { version, projects: ['web'], commits: commits('d') })).status,
      );
      const { body } = await api.get(`${releases}${version}/commits/`);
      expect((body as { message: string }[]).map(({ message }) => message)).toEqual(['d', 'd', 'd']);
      expect((await api.delete(`${releases}${version}/`)).status).toBe(204);
      await readsWell(version, 404);
    }
  });

  it('two lists of commits are set: one of them wins whole', async () => {
    await api.post(releases, { version: '1', projects: ['web'] });
    for (let round = 0; round < 5; round += 1) {
      const put = (letter: string) => api.put(`${releases}1/`, { commits: commits(letter) });
      expect(await atOnce(put(`a${round}`), put(`b${round}`), put(`c${round}`))).toEqual({ 200: 3 });
      const { body } = await api.get(`${releases}1/commits/`);
      expect(new Set((body as { message: string }[]).map(({ message }) => message)).size).toBe(1);
      expect(body).toHaveLength(3);
      expect((await api.get(`${releases}1/`)).body.commitCount).toBe(3);
    }
  });

  it('a project is deleted while releases of it are created, and its slug is free again', async () => {
    for (let round = 0; round < 4; round += 1) {
      const version = `r${round}`;
      await atOnce(
        api.delete('/api/0/projects/acme/web/'),
        ...times(4, (index) =>
          api.post(releases, { version: `${version}.${index}`, projects: ['web', 'api'], commits: commits('a') }),
        ),
        api.post('/api/0/projects/acme/web/releases/', { version }),
        api.put('/api/0/projects/acme/web/', { name: 'Renamed' }),
        api.put(
          '/api/0/users/me/notification-settings/',
          { project: 'web', kind: 'deploy', value: 'committed_only' },
          { token: await acme.token([], people.olivia) },
        ),
      );
      for (const message of acme.app.deletions.takeAll()) await eraser.handle(acme.app, message);
      expect((await api.get(releases)).status).toBe(200);
      const listed = await api.get(releases);
      for (const { version: one } of listed.body as { version: string }[]) await readsWell(one, 200);
      expect((await api.post('/api/0/teams/acme/backend/projects/', { name: 'Web', slug: 'web' })).status).toBe(201);
      expect((await api.get('/api/0/projects/acme/web/releases/')).body, 'nothing of the one before').toEqual([]);
    }
  });

  it('deploys of one release all count, and the last one is the last', async () => {
    await api.post(releases, { version: '1', projects: ['web', 'api'] });
    const deploy = (index: number) =>
      api.post(`${releases}1/deploys/`, {
        environment: `e${index % 2}`,
        dateFinished: `2026-03-0${index + 1}T00:00:00Z`,
      });
    expect(await atOnce(...times(6, deploy))).toEqual({ 201: 6 });
    expect((await api.get(`${releases}1/`)).body).toMatchObject({ deployCount: 6, lastDeploy: { environment: 'e1' } });
    const { body } = await api.get(`${releases}1/deploys/`);
    expect((body as { dateFinished: string }[]).map(({ dateFinished }) => dateFinished.slice(0, 10))).toEqual([
      '2026-03-06',
      '2026-03-05',
    ]);
  });

  it('an issue and a project are changed in several ways, and all of them last', async () => {
    const { shortId } = await createIssue(acme.app, { organization: 'acme', project: 'web', title: 'Broken' });
    const issue = `/api/0/organizations/acme/issues/${shortId}/`;
    const project = '/api/0/projects/acme/web/';
    const counts = await atOnce(
      api.put(issue, { status: 'resolved' }),
      api.put(issue, { inbox: false }),
      api.put(issue, { assignedTo: people.mia }),
      api.put(project, { name: 'Renamed' }),
      api.put(project, { platform: 'python' }),
      api.put(project, { team: 'backend' }),
    );
    expect(counts).toEqual({ 200: 6 });
    expect((await api.get(issue)).body).toMatchObject({ status: 'resolved', assignedTo: { email: people.mia } });
    expect((await api.get(project)).body).toMatchObject({
      name: 'Renamed',
      platform: 'python',
      team: { slug: 'backend' },
    });
  });

  it('a token is revoked twice while it is used', async () => {
    const { body } = await api.post('/api/0/organizations/acme/org-auth-tokens/', { name: 'ci', scopes: ['org:ci'] });
    const { id, token } = body as { id: string; token: string };
    const revoke = () => api.delete(`/api/0/organizations/acme/org-auth-tokens/${id}/`);
    const use = (index: number) => api.post(releases, { version: `t${index}`, projects: ['web'] }, { token });
    const counts = await atOnce(use(0), use(1), revoke(), revoke(), use(2), use(3));
    expect(counts).toMatchObject({ 204: 1, 404: 1 });
    acme.app.clock.advance(60_000);
    expect(await atOnce(use(4))).toEqual({ 401: 1 });
    expect((await api.get('/api/0/organizations/acme/org-auth-tokens/')).body).not.toContainEqual(
      expect.objectContaining({ id }),
    );
  });
});
