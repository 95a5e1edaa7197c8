import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme } from '../../tests/support/acme.ts';
import { type ArrayQueue, arrayQueue } from '../../tests/support/array-queue.ts';
import { type GithubServer, githubToken, startGithubServer } from '../../tests/support/github-server.ts';
import { asFunction } from '../../tests/support/granted-actions.ts';
import { UnavailableError } from '../platform/errors.ts';
import { clearRefsAndCommits } from './clear-refs.ts';
import { readCommitList } from './commit-list-store.ts';
import { fetchCommits } from './fetch-commits.ts';
import type { FetchMessage } from './fetch-message.ts';
import { githubCommits } from './github-commits.ts';
import type { Release } from './release-record.ts';
import { readReleases } from './release-store.ts';
import { createRepository } from './repositories.ts';
import { deleteRepositoryItem, readRepositoriesByName } from './repository-store.ts';
import { requireRepositories } from './require-repositories.ts';
import { saveRelease } from './save-release.ts';
import { setRefs } from './set-refs.ts';

const organization = 'acme';
let server: GithubServer;
let acme: Acme;
let fetches: ArrayQueue<FetchMessage>;

beforeAll(async () => {
  server = await startGithubServer();
});
afterAll(() => server.stop());

beforeEach(async () => {
  acme = await createAcme();
  fetches = arrayQueue();
  for (const name of ['acme/app', 'acme/lib', 'acme/away']) {
    await createRepository(acme.app, { organization, name, provider: 'integrations:github' });
    server.failWith(name, undefined);
  }
  server.addRepository(
    'acme/app',
    ['a0', 'a1', 'a2', 'a3', 'a4'].map((sha) => ({ sha })),
  );
  server.addRepository(
    'acme/lib',
    ['l0', 'l1', 'l2'].map((sha) => ({ sha })),
  );
});

async function release(version: string): Promise<Release> {
  acme.app.clock.advance(1_000);
  const projectIds = [acme.web.id];
  return (await saveRelease(acme.app, { organization, version }, undefined, { projectIds })).release;
}

async function stored(version: string): Promise<Release> {
  const [found] = await readReleases(acme.app.table, organization, [version]);
  if (found === undefined) throw new Error(`no release ${version}`);
  return found;
}

/** `repository@commit` or `repository@start..end`, as the command line takes them. */
async function set(version: string, ...specs: string[]): Promise<Release> {
  const refs = specs.map((spec) => {
    const [repository = '', range = ''] = spec.split('@');
    const [start = null, end] = range.split('..');
    return end === undefined
      ? { repository, commit: range, previousCommit: null }
      : { repository, commit: end, previousCommit: start };
  });
  const repositories = await requireRepositories(acme.app, organization, refs);
  const app = { ...acme.app, fetches, providers: new Set(['github']) };
  return setRefs(app, { release: await stored(version), refs, repositories, fetch: true });
}

const appWithGithub = () => ({
  ...acme.app,
  commitProviders: { github: githubCommits({ apiUrl: server.apiUrl, token: githubToken, clock: acme.app.clock }) },
});

async function fetchAll(): Promise<void> {
  for (const message of fetches.takeAll()) {
    await asFunction('fetch-commits', () => fetchCommits(appWithGithub(), message));
  }
}

async function commitsOf(version: string): Promise<string[]> {
  const { id: releaseId, commitList } = await stored(version);
  if (commitList === undefined) return [];
  const { generation } = commitList;
  return (await readCommitList(acme.app.table, { releaseId, generation }, 0, 100)).map(({ id }) => id);
}

describe('fetching commits', () => {
  it('sets those since the commit before', async () => {
    await release('1');
    await set('1', 'acme/app@a1..a3');
    await fetchAll();
    expect(await commitsOf('1')).toEqual(['a3', 'a2']);
    const after = await stored('1');
    expect(after).toMatchObject({
      heads: { 'acme/app': 'a3' },
      refs: [{ repository: 'acme/app', commit: 'a3', previousCommit: 'a1', fetch: 'fetched', detail: null }],
      commitList: { lastCommit: { id: 'a3', message: 'Change a3' }, authors: [{ email: 'ada@acme.example' }] },
    });
  });

  it('begins behind the release before, where nobody says where', async () => {
    await release('1');
    await set('1', 'acme/app@a1');
    await fetchAll();
    expect(await commitsOf('1'), 'there is none before').toEqual(['a1', 'a0']);
    await release('2');
    await set('2', 'acme/app@a4', 'acme/lib@l1');
    await fetchAll();
    expect(new Set(await commitsOf('2'))).toEqual(new Set(['a4', 'a3', 'a2', 'l1', 'l0']));
    await release('3');
    await set('3', 'acme/app@a4');
    await fetchAll();
    expect(await stored('3'), 'nothing is new').toMatchObject({ refs: [{ fetch: 'fetched' }] });
    expect(await commitsOf('3')).toEqual([]);
  });

  it.each(['constructor', '__proto__'])(
    'begins anew in a repository named %s, like a part of every object',
    async (name) => {
      await createRepository(acme.app, { organization, name, url: 'https://github.com/acme/app', provider: 'github' });
      await release('1');
      await set('1', 'acme/lib@l1');
      await fetchAll();
      await release('2');
      await set('2', `${name}@a1`);
      await fetchAll();
      expect(await stored('2')).toMatchObject({ refs: [{ fetch: 'fetched', detail: null }] });
      expect(await commitsOf('2')).toEqual(['a1', 'a0']);
    },
  );

  it('replaces the commits each time', async () => {
    await release('1');
    await set('1', 'acme/app@a0..a2');
    await fetchAll();
    await set('1', 'acme/app@a2..a4');
    await fetchAll();
    expect(await commitsOf('1')).toEqual(['a4', 'a3']);
  });

  it('keeps what others give when one will not, and says why', async () => {
    await release('1');
    await set('1', 'acme/app@a0..a2', 'acme/away@x', 'acme/lib@l0..nowhere');
    await fetchAll();
    expect(await commitsOf('1')).toEqual(['a2', 'a1']);
    expect((await stored('1')).refs).toMatchObject([
      { fetch: 'fetched', detail: null },
      { fetch: 'failed', detail: expect.stringContaining('acme/away') },
      { fetch: 'failed', detail: expect.stringContaining('acme/lib') },
    ]);
  });

  it('comes again when GitHub asks to wait, and then has them all', async () => {
    await release('1');
    await set('1', 'acme/app@a0..a1', 'acme/lib@l0..l1');
    server.failWith('acme/lib', { status: 403, headers: { 'retry-after': '5' }, body: '{}' });
    const [message] = fetches.takeAll();
    if (message === undefined) throw new Error('nothing was sent');
    await expect(fetchCommits(appWithGithub(), message)).rejects.toBeInstanceOf(UnavailableError);
    expect(await commitsOf('1')).toEqual(['a1']);
    expect((await stored('1')).refs).toMatchObject([
      { fetch: 'fetched' },
      { fetch: 'failed', detail: expect.stringContaining('later') },
    ]);
    server.failWith('acme/lib', undefined);
    await fetchCommits(appWithGithub(), message);
    expect(new Set(await commitsOf('1'))).toEqual(new Set(['a1', 'l1']));
    expect((await stored('1')).refs).toMatchObject([{ fetch: 'fetched' }, { fetch: 'fetched' }]);
  });

  it('happens once, however often the message comes', async () => {
    await release('1');
    await set('1', 'acme/app@a0..a1');
    const [message] = fetches.takeAll();
    if (message === undefined) throw new Error('nothing was sent');
    await fetchCommits(appWithGithub(), message);
    const before = server.requests.length;
    await fetchCommits(appWithGithub(), message);
    expect(server.requests).toHaveLength(before);
  });

  it('is called off by later refs, by clearing them, and by another release of the version', async () => {
    await release('1');
    await set('1', 'acme/app@a0..a1');
    await set('1', 'acme/app@a0..a2');
    const [first, second] = fetches.takeAll();
    if (first === undefined || second === undefined) throw new Error('two were sent');
    await fetchCommits(appWithGithub(), first);
    expect(await commitsOf('1')).toEqual([]);
    await fetchCommits(appWithGithub(), { ...second, releaseId: '1' });
    await fetchCommits(appWithGithub(), { ...second, version: 'nowhere' });
    expect(await commitsOf('1')).toEqual([]);
    await clearRefsAndCommits(acme.app, await stored('1'));
    await fetchCommits(appWithGithub(), second);
    expect(await commitsOf('1')).toEqual([]);
  });

  it('says so when the repository is gone', async () => {
    await release('1');
    await set('1', 'acme/app@a0..a1');
    const [app] = (await readRepositoriesByName(acme.app.table, organization, ['acme/app'])).values();
    if (app === undefined) throw new Error('no repository');
    await deleteRepositoryItem(acme.app.table, app);
    await fetchAll();
    expect((await stored('1')).refs).toMatchObject([{ fetch: 'failed', detail: expect.stringContaining('deleted') }]);
  });
});
