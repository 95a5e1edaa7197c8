import { beforeEach, describe, expect, it } from 'vitest';
import { type CommitWorld, createCommitWorld, manyCommits } from '../../tests/support/setting-commits.ts';
import type { Table } from '../platform/table.ts';
import { readAuthors } from './author-store.ts';
import { clearRefsAndCommits } from './clear-refs.ts';
import { readCommitFiles } from './commit-file-store.ts';
import { readRepositories } from './repository-store.ts';
import { setCommits } from './set-commits.ts';

const byText = (one: string = '', other: string = ''): number => (one < other ? -1 : 1);

let world: CommitWorld;

beforeEach(async () => {
  world = await createCommitWorld();
});

describe('setting commits', () => {
  it.each([1, 499, 500, 501, 1_001])('keeps the order of %i of them', async (count) => {
    const commits = manyCommits(count);
    const after = await world.set(commits);
    expect(after.commitList).toMatchObject({ count, finished: true, chunks: Math.ceil(count / 500) });
    expect(await world.listed(after)).toEqual(commits.map(({ id }) => id));
    expect(await world.standing()).toEqual(after);
  });

  it('replaces a list whole, and has the old one forgotten after a day', async () => {
    const first = await world.set(manyCommits(600, 'a'));
    const second = await world.set(manyCommits(3, 'b'), first);
    expect(await world.listed(await world.standing())).toEqual(['b0', 'b1', 'b2']);
    const chunks = await Array.fromAsync(
      world.acme.app.table.queryAll({ partition: `RELEASE_DATA#${world.release.id}`, beginsWith: 'COMMITS#' }),
    );
    const expiry = new Map(chunks.map((chunk) => [chunk['generation'], chunk['expiresAt']]));
    expect(expiry.get(first.commitList?.generation)).toBe(Date.parse('2026-03-03T09:00:00Z') / 1_000);
    expect(expiry.get(second.commitList?.generation), 'the visible one stays').toBeUndefined();
    expect(await world.listed(first), 'readers on their way get to the end').toHaveLength(600);
  });

  it('has commits know the releases whose lists name them', async () => {
    const commit = (id: string) => ({ id, repository: 'acme/app' });
    const listings = async (...ids: string[]) =>
      (await world.commits(ids)).map(({ listedIn }) =>
        [...(listedIn ?? [])].map((one) => one.split(' ')[1]).sort(byText),
      );
    const after = await world.set([commit('a'), commit('b')]);
    await world.set([commit('b')], await world.newRelease('2.0'));
    expect(await listings('a', 'b')).toEqual([['1.0'], ['1.0', '2.0']]);
    const again = await world.set([commit('c')], after);
    expect(await listings('a', 'b', 'c')).toEqual([[], ['2.0'], ['1.0']]);
    await clearRefsAndCommits(world.acme.app, again);
    expect(await listings('b', 'c')).toEqual([['2.0'], []]);
  });

  it('does nothing for the same list once more', async () => {
    const after = await world.set(manyCommits(20));
    const requests: string[] = [];
    const table = new Proxy(world.acme.app.table, {
      get(target, method: keyof Table) {
        requests.push(method);
        return target[method].bind(target);
      },
    });
    expect(await setCommits({ ...world.acme.app, table }, { release: after, commits: manyCommits(20) })).toEqual(after);
    expect(requests).toEqual([]);
  });

  it('counts what comes twice once, and leaves out who asks for it', async () => {
    const after = await world.set([
      { id: 'a' },
      { id: 'b', message: 'wip #skipsentry' },
      { id: 'a' },
      { id: 'c', message: null },
    ]);
    expect(after.commitList).toMatchObject({ count: 2, lastCommit: { id: 'a' } });
    expect(await world.listed(after)).toEqual(['a', 'c']);
    const [organization] = await readRepositories(world.acme.app.table, 'acme');
    expect(organization?.name, 'for commits of no repository').toMatch(/^organization-\d+$/);
  });

  it('keeps what was known of a commit unless it is said anew', async () => {
    await world.set([
      {
        id: 'a',
        repository: 'acme/app',
        message: 'First',
        author_email: 'Eve@x.example',
        author_name: 'Eve',
        timestamp: '2026-01-01T00:00:00.000Z',
      },
    ]);
    const second = await world.newRelease('2.0');
    const after = await world.set(
      [
        { id: 'b', repository: 'acme/app' },
        { id: 'a', repository: 'acme/app' },
      ],
      second,
    );
    expect(await world.commits(['a', 'b'])).toMatchObject([
      { message: 'First', authorEmail: 'eve@x.example', dateCreated: '2026-01-01T00:00:00.000Z' },
      { message: null, dateCreated: '2026-03-02T09:00:00.000Z' },
    ]);
    expect(after.commitList?.authors, 'also of commits that were known').toEqual([
      { email: 'eve@x.example', name: 'Eve' },
    ]);
    await world.set(
      [{ id: 'a', repository: 'acme/app', message: 'Second', author_email: 'eve@x.example', author_name: 'Eva' }],
      after,
    );
    expect(await world.commits(['a'])).toMatchObject([{ message: 'Second', dateCreated: '2026-01-01T00:00:00.000Z' }]);
    expect((await readAuthors(world.acme.app.table, 'acme', ['eve@x.example'])).get('eve@x.example')?.name).toBe('Eva');
  });

  it('knows the head of each repository, and keeps one that is known', async () => {
    const after = await world.set([
      { id: 'a1', repository: 'acme/app' },
      { id: 'b1', repository: 'acme/api' },
      { id: 'a2', repository: 'acme/app' },
    ]);
    expect((await world.standing()).heads).toEqual({ 'acme/app': 'a1', 'acme/api': 'b1' });
    await world.set([{ id: 'a3', repository: 'acme/app' }], after);
    expect((await world.standing()).heads).toEqual({ 'acme/app': 'a1', 'acme/api': 'b1' });
  });

  it('adds files to those that are known', async () => {
    const file = (path: string) => ({ path, type: 'M' as const });
    const commit = { id: 'a', repository: 'acme/app' };
    const first = await world.set([{ ...commit, patch_set: [file('b'), file('a'), file('b')] }]);
    const second = await world.set([{ ...commit, patch_set: [file('c'), { path: 'a', type: 'D' }] }], first);
    await world.set([commit], second);
    const files = await readCommitFiles(world.acme.app.table, await world.commits(['a']));
    expect([...files.values()].flat()).toEqual([file('b'), file('a'), file('c')]);
  });

  it('loses no files of a commit that builds add at the same moment, and forgets the sets that it does not name', async () => {
    const file = (path: string) => ({ path, type: 'A' as const });
    await world.set([{ id: 'seed', repository: 'acme/app' }]);
    const versions = ['2.0', '3.0', '4.0', '5.0'];
    const releases = await Promise.all(versions.map(world.newRelease));
    await Promise.all(
      releases.map((of, index) =>
        world.set([{ id: 'a', repository: 'acme/app', patch_set: [file(`only-${index}`), file('both')] }], of),
      ),
    );
    const [commit] = await world.commits(['a']);
    if (commit === undefined) throw new Error('the commit is gone');
    const files = await readCommitFiles(world.acme.app.table, [commit]);
    const paths = [...files.values()].flat().map(({ path }) => path);
    expect(paths.toSorted()).toEqual(['both', 'only-0', 'only-1', 'only-2', 'only-3']);
    const partition = `COMMIT#acme#${commit.repositoryId}#a`;
    const items = await Array.fromAsync(
      world.acme.app.table.queryAll({ partition, beginsWith: 'FILES#', consistent: true }),
    );
    expect(items.length).toBeGreaterThan(3);
    for (const item of items) {
      const forgotten = Math.floor(world.acme.app.clock.now() / 1_000) + 24 * 60 * 60;
      expect(item['expiresAt']).toBe(item['fileSet'] === commit.fileSet ? undefined : forgotten);
    }
  });

  it('stores twenty thousand files of one commit, and the longest message', async () => {
    const patchSet = Array.from({ length: 20_000 }, (_, index) => ({ path: `src/${index}.ts`, type: 'A' as const }));
    await world.set([{ id: 'a', repository: 'acme/app', patch_set: patchSet, message: '😀'.repeat(200_000) }]);
    const [commit] = await world.commits(['a']);
    expect([...(commit?.message ?? '')]).toHaveLength(50_000);
    const files = await readCommitFiles(world.acme.app.table, commit === undefined ? [] : [commit]);
    expect([...files.values()].flat()).toHaveLength(20_000);
  });

  it('takes commits of sixty repositories, and messages as long as they can be, again and again', async () => {
    const commits = Array.from({ length: 60 }, (_, index) => ({ id: 'a', repository: `r${index}-${'ü'.repeat(58)}` }));
    expect((await world.set(commits)).commitList?.count).toBe(60);
    const long = manyCommits(110).map((commit) => ({ ...commit, message: '😀'.repeat(50_000) }));
    const one = await world.set(long, await world.newRelease('2.0'));
    const other = await world.newRelease('3.0');
    await world.set(
      long.map(({ id, repository }) => ({ id, repository })),
      other,
    );
    expect((await world.set([{ id: 'x', repository: 'acme/app' }], one)).commitList).toMatchObject({
      count: 1,
      finished: true,
    });
    expect((await world.commits(['c0']))[0]?.listedIn).toEqual(new Set([`${other.id} 3.0`]));
  });

  it('refuses more repositories than it can name, before it writes anything', async () => {
    const commits = Array.from({ length: 61 }, (_, index) => ({ id: 'a', repository: `r${index}` }));
    await expect(world.set(commits)).rejects.toMatchObject({ status: 400, fields: { commits: [expect.any(String)] } });
    expect(await readRepositories(world.acme.app.table, 'acme')).toEqual([]);
  });

  it('asks the database twice a hundred commits, and a few times more', async () => {
    const counted = new Map<string, number>();
    const table = new Proxy(world.acme.app.table, {
      get(target, method: keyof Table) {
        return (first: unknown, ...rest: unknown[]) => {
          // Of nothing, nothing is asked.
          if (!Array.isArray(first) || first.length > 0) counted.set(method, (counted.get(method) ?? 0) + 1);
          return (target[method] as (...args: unknown[]) => unknown)(first, ...rest);
        };
      },
    });
    await setCommits(
      { ...world.acme.app, table },
      { release: world.release, commits: manyCommits(1_000).map(({ id, repository }) => ({ id, repository })) },
    );
    const total = [...counted.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBeLessThanOrEqual(45);
  });
});
