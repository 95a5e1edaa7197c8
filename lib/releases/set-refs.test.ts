import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme } from '../../tests/support/acme.ts';
import { type ArrayQueue, arrayQueue } from '../../tests/support/array-queue.ts';
import { withCommitList } from '../../tests/support/commit-list.ts';
import { InvalidFieldsError, NotFoundError } from '../platform/errors.ts';
import { clearRefsAndCommits } from './clear-refs.ts';
import { commitsInChunk, readCommitList } from './commit-list-store.ts';
import { readCommits } from './commit-store.ts';
import type { FetchMessage } from './fetch-message.ts';
import type { RefWish } from './ref-body.ts';
import type { Release } from './release-record.ts';
import { readReleases } from './release-store.ts';
import { createRepository } from './repositories.ts';
import { requireRepositories } from './require-repositories.ts';
import { saveRelease } from './save-release.ts';
import { setRefs } from './set-refs.ts';

const organization = 'acme';
let acme: Acme;
let fetches: ArrayQueue<FetchMessage>;

beforeEach(async () => {
  acme = await createAcme();
  fetches = arrayQueue();
  await createRepository(acme.app, { organization, name: 'acme/app', provider: 'github' });
  await createRepository(acme.app, { organization, name: 'acme/lib' });
  await createRepository(acme.app, { organization, name: 'acme/old', provider: 'bitbucket' });
});

async function release(version: string, projectIds = [acme.web.id]): Promise<Release> {
  acme.app.clock.advance(1_000);
  return (await saveRelease(acme.app, { organization, version }, undefined, { projectIds })).release;
}

async function stored(version: string): Promise<Release> {
  const [found] = await readReleases(acme.app.table, organization, [version]);
  if (found === undefined) throw new Error(`no release ${version}`);
  return found;
}

const ref = (repository: string, commit: string, previousCommit: string | null = null): RefWish => ({
  repository,
  commit,
  previousCommit,
});

async function set(to: Release, refs: readonly RefWish[], options: { fetch?: boolean; providers?: string[] } = {}) {
  const { fetch = true, providers = ['github'] } = options;
  const repositories = await requireRepositories(acme.app, organization, refs);
  return setRefs(
    { ...acme.app, fetches, providers: new Set(providers) },
    { release: to, refs, repositories, fetch, userId: 'u1' },
  );
}

describe('setting refs', () => {
  it('keeps refs, heads and commits, and asks for the commits since the release before', async () => {
    await release('0.9');
    const one = await release('1.0');
    const after = await set(one, [ref('acme/app', 'b', 'a'), ref('acme/lib', 'c')]);
    expect(after).toEqual(await stored('1.0'));
    expect(after).toMatchObject({
      heads: { 'acme/app': 'b', 'acme/lib': 'c' },
      refs: [
        { ...ref('acme/app', 'b', 'a'), fetch: 'pending', detail: null },
        { ...ref('acme/lib', 'c'), fetch: 'no-provider', detail: expect.stringContaining('acme/lib') },
      ],
    });
    expect(fetches.takeAll()).toEqual([
      {
        organization,
        version: '1.0',
        releaseId: one.id,
        fetchId: after.fetchId,
        previousVersion: '0.9',
        userId: 'u1',
      },
    ]);
    const repositories = await requireRepositories(acme.app, organization, [ref('acme/lib', 'c')]);
    const repositoryId = repositories.get('acme/lib')?.id ?? '';
    const commits = await readCommits(acme.app.table, [{ organization, repositoryId, id: 'c' }]);
    expect([...commits.values()]).toMatchObject([{ id: 'c', message: null, dateCreated: expect.any(String) }]);
  });

  it('takes the last of several refs of a repository as its head', async () => {
    const after = await set(await release('1.0'), [ref('acme/app', 'b', 'a'), ref('acme/app', 'd', 'c')]);
    expect(after.heads).toEqual({ 'acme/app': 'd' });
    expect(after.refs).toHaveLength(2);
  });

  it('replaces refs and keeps the heads of repositories that are not named', async () => {
    const one = await release('1.0');
    await set(one, [ref('acme/app', 'a'), ref('acme/lib', 'b')]);
    const after = await set(one, [ref('acme/app', 'c')]);
    expect(await stored('1.0')).toMatchObject({ heads: { 'acme/app': 'c', 'acme/lib': 'b' } });
    expect(after.refs).toHaveLength(1);
  });

  it('asks again when the same refs come again: what was sent before may have been lost', async () => {
    const one = await release('1.0');
    const first = await set(one, [ref('acme/app', 'a')]);
    const second = await set(one, [ref('acme/app', 'a')]);
    expect(fetches.takeAll().map(({ fetchId }) => fetchId)).toEqual([first.fetchId, second.fetchId]);
    expect(first.fetchId).not.toBe(second.fetchId);
  });

  it.each<[string, string, object, string, RegExp | null]>([
    ['the commits come along', 'acme/app', { fetch: false }, 'not-needed', null],
    ['no token is set up', 'acme/app', { providers: [] }, 'no-provider', /github/],
    ['the service is not one of ours', 'acme/old', {}, 'no-provider', /bitbucket/],
    ['nobody said where it is hosted', 'acme/lib', {}, 'no-provider', /acme\/lib/],
  ])('fetches nothing when %s', async (_, repository, options, fetch, detail) => {
    const { refs } = await set(await release('1.0'), [ref(repository, 'a')], options);
    const why = detail === null ? null : expect.stringMatching(detail);
    expect(refs).toEqual([{ ...ref(repository, 'a'), fetch, detail: why }]);
    expect(fetches.takeAll()).toEqual([]);
  });

  it('takes any names that repositories can have, a hundred at once', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `#${index}.:${'ö'.repeat(150)} x`);
    for (const name of names) await createRepository(acme.app, { organization, name });
    const after = await set(
      await release('1.0'),
      names.map((name) => ref(name, '😀'.repeat(64))),
    );
    expect(new Set(Object.keys(after.heads))).toEqual(new Set(names));
    expect(await stored('1.0')).toEqual(after);
  });

  it('is refused with the names that are unknown', async () => {
    const refs = [ref('acme/app', 'a'), ref('nobody/x', 'a'), ref('nobody/y', 'a')];
    const refused = await requireRepositories(acme.app, organization, refs).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InvalidFieldsError);
    expect((refused as InvalidFieldsError).fields).toEqual({
      refs: [expect.stringMatching(/^Invalid repository names: nobody\/x,nobody\/y/)],
    });
  });

  it('finds out when the release is another one by now', async () => {
    const one = await release('1.0');
    await expect(set({ ...one, id: '1' }, [ref('acme/app', 'a')])).rejects.toBeInstanceOf(NotFoundError);
  });
});

describe('clearing refs', () => {
  it('takes commits, refs and the heads of all repositories, and lets the old list be forgotten', async () => {
    const one = await withCommitList(acme.app.table, await release('1.0'), commitsInChunk + 1);
    const before = await set(one, [ref('acme/app', 'a'), ref('acme/lib', 'b')]);
    const after = await clearRefsAndCommits(acme.app, before);
    expect(after).toEqual(await stored('1.0'));
    expect(after).toMatchObject({ heads: {} });
    expect(after).not.toHaveProperty('refs');
    expect(after).not.toHaveProperty('fetchId');
    expect(after.commitList).toMatchObject({ count: 0, authors: [], finished: true });
    expect(after.commitList).not.toHaveProperty('lastCommit');
    const generation = one.commitList?.generation ?? '';
    expect(await readCommitList(acme.app.table, { releaseId: one.id, generation }, 0, 600)).toHaveLength(
      commitsInChunk + 1,
    );
  });

  it('is done when there is nothing', async () => {
    const one = await release('1.0');
    expect(await clearRefsAndCommits(acme.app, one)).toEqual(one);
  });

  it('clears what was set in the meantime', async () => {
    const one = await set(await release('1.0'), [ref('acme/app', 'a')]);
    await withCommitList(acme.app.table, one, 3);
    await clearRefsAndCommits(acme.app, one);
    expect((await stored('1.0'))?.commitList).toMatchObject({ count: 0, finished: true });
  });

  it('finds out when the release is another one by now', async () => {
    const one = await set(await release('1.0'), [ref('acme/app', 'a')]);
    await expect(clearRefsAndCommits(acme.app, { ...one, id: '1' })).rejects.toBeInstanceOf(NotFoundError);
    await expect(clearRefsAndCommits(acme.app, { ...one, version: '9' })).rejects.toBeInstanceOf(NotFoundError);
  });
});
