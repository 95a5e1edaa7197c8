import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme, people } from '../../tests/support/acme.ts';
import { createIssue, findIssue, listActivities, listHistory, markRegressed } from '../issues/index.ts';
import type { Table } from '../platform/table.ts';
import { readAuthors } from './author-store.ts';
import { clearRefsAndCommits } from './clear-refs.ts';
import type { SentCommit } from './commit-body.ts';
import { readCommitFiles } from './commit-file-store.ts';
import { readCommitList } from './commit-list-store.ts';
import { readCommits } from './commit-store.ts';
import type { Release } from './release-record.ts';
import { readReleases } from './release-store.ts';
import { readRepositories } from './repository-store.ts';
import { saveRelease } from './save-release.ts';
import { setCommits } from './set-commits.ts';

const byText = (one: string = '', other: string = ''): number => (one < other ? -1 : 1);

let acme: Acme;
let release: Release;

beforeEach(async () => {
  acme = await createAcme();
  release = await newRelease('1.0');
});

async function newRelease(version: string): Promise<Release> {
  const at = { organization: 'acme', version };
  return (await saveRelease(acme.app, at, undefined, { projectIds: [acme.web.id] })).release;
}

const set = (commits: readonly SentCommit[], of = release) => setCommits(acme.app, { release: of, commits });

const many = (count: number, prefix = 'c'): SentCommit[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${prefix}${index}`,
    repository: 'acme/app',
    message: `Change number ${index}`,
    author_name: 'Dev',
    author_email: `dev${index % 7}@acme.example`,
    timestamp: new Date(Date.UTC(2026, 0, 1) - index * 1_000).toISOString(),
  }));

async function standing(version = '1.0'): Promise<Release> {
  const [found] = await readReleases(acme.app.table, 'acme', [version]);
  if (found === undefined) throw new Error('the release is gone');
  return found;
}

async function listed(of: Release): Promise<string[]> {
  const { generation = '', count = 0 } = of.commitList ?? {};
  const all = await readCommitList(acme.app.table, { releaseId: of.id, generation }, 0, count + 1);
  return all.map(({ id }) => id);
}

async function commitsOf(ids: readonly string[], repository = 'acme/app') {
  const repositories = await readRepositories(acme.app.table, 'acme');
  const repositoryId = repositories.find(({ name }) => name === repository)?.id ?? '';
  const found = await readCommits(
    acme.app.table,
    ids.map((id) => ({ organization: 'acme', repositoryId, id })),
  );
  return ids.flatMap((id) => found.get(`${repositoryId}#${id}`) ?? []);
}

/** A table of which every write from the n-th on fails, as when the process ends there. */
function failingFrom(n: number): { table: Table; writes: () => number } {
  let writes = 0;
  const table = new Proxy(acme.app.table, {
    get(target, method: keyof Table) {
      const real = target[method].bind(target) as (...args: unknown[]) => unknown;
      if (!['write', 'batchWrite', 'put', 'update'].includes(method)) return real;
      return async (...args: unknown[]) => {
        if (method === 'batchWrite' && (args[0] as unknown[]).length === 0) return undefined;
        writes += 1;
        if (writes >= n) throw new Error('the process ended');
        return real(...args);
      };
    },
  });
  return { table, writes: () => writes };
}

describe('setting commits', () => {
  it.each([1, 499, 500, 501, 1_001])('keeps the order of %i of them', async (count) => {
    const commits = many(count);
    const after = await set(commits);
    expect(after.commitList).toMatchObject({ count, finished: true, chunks: Math.ceil(count / 500) });
    expect(await listed(after)).toEqual(commits.map(({ id }) => id));
    expect(await standing()).toEqual(after);
  });

  it('replaces a list whole, and has the old one forgotten after a day', async () => {
    const first = await set(many(600, 'a'));
    const second = await set(many(3, 'b'), first);
    expect(await listed(await standing())).toEqual(['b0', 'b1', 'b2']);
    const chunks = await Array.fromAsync(
      acme.app.table.queryAll({ partition: `RELEASE_DATA#${release.id}`, beginsWith: 'COMMITS#' }),
    );
    const expiry = new Map(chunks.map((chunk) => [chunk['generation'], chunk['expiresAt']]));
    expect(expiry.get(first.commitList?.generation)).toBe(Date.parse('2026-03-03T09:00:00Z') / 1_000);
    expect(expiry.get(second.commitList?.generation), 'the visible one stays').toBeUndefined();
    expect(await listed(first), 'readers on their way get to the end').toHaveLength(600);
  });

  it('has commits know the releases whose lists name them', async () => {
    const commit = (id: string) => ({ id, repository: 'acme/app' });
    const listings = async (...ids: string[]) =>
      (await commitsOf(ids)).map(({ listedIn }) => [...(listedIn ?? [])].map((one) => one.split(' ')[1]).sort(byText));
    const after = await set([commit('a'), commit('b')]);
    await set([commit('b')], await newRelease('2.0'));
    expect(await listings('a', 'b')).toEqual([['1.0'], ['1.0', '2.0']]);
    const again = await set([commit('c')], after);
    expect(await listings('a', 'b', 'c')).toEqual([[], ['2.0'], ['1.0']]);
    await clearRefsAndCommits(acme.app, again);
    expect(await listings('b', 'c')).toEqual([['2.0'], []]);
  });

  it('does nothing for the same list once more', async () => {
    const after = await set(many(20));
    const requests: string[] = [];
    const table = new Proxy(acme.app.table, {
      get(target, method: keyof Table) {
        requests.push(method);
        return target[method].bind(target);
      },
    });
    expect(await setCommits({ ...acme.app, table }, { release: after, commits: many(20) })).toEqual(after);
    expect(requests).toEqual([]);
  });

  it('counts what comes twice once, and leaves out who asks for it', async () => {
    const after = await set([
      { id: 'a' },
      { id: 'b', message: 'wip #skipsentry' },
      { id: 'a' },
      { id: 'c', message: null },
    ]);
    expect(after.commitList).toMatchObject({ count: 2, lastCommit: { id: 'a' } });
    expect(await listed(after)).toEqual(['a', 'c']);
    const [organization] = await readRepositories(acme.app.table, 'acme');
    expect(organization?.name, 'for commits of no repository').toMatch(/^organization-\d+$/);
  });

  it('keeps what was known of a commit unless it is said anew', async () => {
    await set([
      {
        id: 'a',
        repository: 'acme/app',
        message: 'First',
        author_email: 'Eve@x.example',
        author_name: 'Eve',
        timestamp: '2026-01-01T00:00:00.000Z',
      },
    ]);
    const second = await newRelease('2.0');
    const after = await set(
      [
        { id: 'b', repository: 'acme/app' },
        { id: 'a', repository: 'acme/app' },
      ],
      second,
    );
    expect(await commitsOf(['a', 'b'])).toMatchObject([
      { message: 'First', authorEmail: 'eve@x.example', dateCreated: '2026-01-01T00:00:00.000Z' },
      { message: null, dateCreated: '2026-03-02T09:00:00.000Z' },
    ]);
    expect(after.commitList?.authors, 'also of commits that were known').toEqual([
      { email: 'eve@x.example', name: 'Eve' },
    ]);
    await set(
      [{ id: 'a', repository: 'acme/app', message: 'Second', author_email: 'eve@x.example', author_name: 'Eva' }],
      after,
    );
    expect(await commitsOf(['a'])).toMatchObject([{ message: 'Second', dateCreated: '2026-01-01T00:00:00.000Z' }]);
    expect((await readAuthors(acme.app.table, 'acme', ['eve@x.example'])).get('eve@x.example')?.name).toBe('Eva');
  });

  it('knows the head of each repository, and keeps one that is known', async () => {
    const after = await set([
      { id: 'a1', repository: 'acme/app' },
      { id: 'b1', repository: 'acme/api' },
      { id: 'a2', repository: 'acme/app' },
    ]);
    expect((await standing()).heads).toEqual({ 'acme/app': 'a1', 'acme/api': 'b1' });
    await set([{ id: 'a3', repository: 'acme/app' }], after);
    expect((await standing()).heads).toEqual({ 'acme/app': 'a1', 'acme/api': 'b1' });
  });

  it('adds files to those that are known', async () => {
    const file = (path: string) => ({ path, type: 'M' as const });
    const commit = { id: 'a', repository: 'acme/app' };
    const first = await set([{ ...commit, patch_set: [file('b'), file('a'), file('b')] }]);
    const second = await set([{ ...commit, patch_set: [file('c'), { path: 'a', type: 'D' }] }], first);
    await set([commit], second);
    const files = await readCommitFiles(acme.app.table, await commitsOf(['a']));
    expect([...files.values()].flat()).toEqual([file('b'), file('a'), file('c')]);
  });

  it('loses no files of a commit that builds add at the same moment, and forgets the sets that it does not name', async () => {
    const file = (path: string) => ({ path, type: 'A' as const });
    await set([{ id: 'seed', repository: 'acme/app' }]);
    const versions = ['2.0', '3.0', '4.0', '5.0'];
    const releases = await Promise.all(versions.map(newRelease));
    await Promise.all(
      releases.map((of, index) =>
        set([{ id: 'a', repository: 'acme/app', patch_set: [file(`only-${index}`), file('both')] }], of),
      ),
    );
    const [commit] = await commitsOf(['a']);
    if (commit === undefined) throw new Error('the commit is gone');
    const files = await readCommitFiles(acme.app.table, [commit]);
    const paths = [...files.values()].flat().map(({ path }) => path);
    expect(paths.toSorted()).toEqual(['both', 'only-0', 'only-1', 'only-2', 'only-3']);
    const partition = `COMMIT#acme#${commit.repositoryId}#a`;
    const items = await Array.fromAsync(acme.app.table.queryAll({ partition, beginsWith: 'FILES#', consistent: true }));
    expect(items.length).toBeGreaterThan(3);
    for (const item of items) {
      const forgotten = Math.floor(acme.app.clock.now() / 1_000) + 24 * 60 * 60;
      expect(item['expiresAt']).toBe(item['fileSet'] === commit.fileSet ? undefined : forgotten);
    }
  });

  it('stores twenty thousand files of one commit, and the longest message', async () => {
    const patchSet = Array.from({ length: 20_000 }, (_, index) => ({ path: `src/${index}.ts`, type: 'A' as const }));
    await set([{ id: 'a', repository: 'acme/app', patch_set: patchSet, message: '😀'.repeat(200_000) }]);
    const [commit] = await commitsOf(['a']);
    expect([...(commit?.message ?? '')]).toHaveLength(50_000);
    const files = await readCommitFiles(acme.app.table, commit === undefined ? [] : [commit]);
    expect([...files.values()].flat()).toHaveLength(20_000);
  });

  it('takes commits of sixty repositories, and messages as long as they can be, again and again', async () => {
    const commits = Array.from({ length: 60 }, (_, index) => ({ id: 'a', repository: `r${index}-${'ü'.repeat(58)}` }));
    expect((await set(commits)).commitList?.count).toBe(60);
    const long = many(110).map((commit) => ({ ...commit, message: '😀'.repeat(50_000) }));
    const one = await set(long, await newRelease('2.0'));
    const other = await newRelease('3.0');
    await set(
      long.map(({ id, repository }) => ({ id, repository })),
      other,
    );
    expect((await set([{ id: 'x', repository: 'acme/app' }], one)).commitList).toMatchObject({
      count: 1,
      finished: true,
    });
    expect((await commitsOf(['c0']))[0]?.listedIn).toEqual(new Set([`${other.id} 3.0`]));
  });

  it('refuses more repositories than it can name, before it writes anything', async () => {
    const commits = Array.from({ length: 61 }, (_, index) => ({ id: 'a', repository: `r${index}` }));
    await expect(set(commits)).rejects.toMatchObject({ status: 400, fields: { commits: [expect.any(String)] } });
    expect(await readRepositories(acme.app.table, 'acme')).toEqual([]);
  });

  it('asks the database twice a hundred commits, and a few times more', async () => {
    const counted = new Map<string, number>();
    const table = new Proxy(acme.app.table, {
      get(target, method: keyof Table) {
        return (first: unknown, ...rest: unknown[]) => {
          // Of nothing, nothing is asked.
          if (!Array.isArray(first) || first.length > 0) counted.set(method, (counted.get(method) ?? 0) + 1);
          return (target[method] as (...args: unknown[]) => unknown)(first, ...rest);
        };
      },
    });
    await setCommits(
      { ...acme.app, table },
      { release, commits: many(1_000).map(({ id, repository }) => ({ id, repository })) },
    );
    const total = [...counted.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBeLessThanOrEqual(45);
  });
});

describe('ending in between', () => {
  it('leaves the old list visible wherever it happens, and the next attempt works', async () => {
    await createIssue(acme.app, { organization: 'acme', project: 'web', title: 'Broken' });
    let ended = true;
    let writes = 0;
    while (ended) {
      writes += 1;
      const version = `ended at write ${writes}`;
      const old = await set([{ id: 'old', repository: 'acme/app' }], await newRelease(version));
      const commits = [
        ...many(150, `${writes}-`),
        { id: `fix-${writes}`, repository: 'acme/app', message: 'Fixes WEB-1', author_email: `${writes}@x.example` },
      ];
      const app = { ...acme.app, table: failingFrom(writes).table };
      ended = await setCommits(app, { release: old, commits }).then(
        () => false,
        () => true,
      );
      const after = await standing(version);
      const isOld = after.commitList?.generation === old.commitList?.generation;
      expect(await listed(after), version).toHaveLength(isOld ? 1 : 151);
      const again = await set(commits, after);
      expect(again.commitList, version).toMatchObject({ count: 151, finished: true });
      expect(await listed(await standing(version)), version).toHaveLength(151);
      expect(await findIssue(acme.app, { organization: 'acme', issue: 'WEB-1' }), version).toMatchObject({
        status: 'resolved',
        resolution: { release: version, type: 'in_release' },
      });
    }
    expect(writes, 'it was ended at every write').toBeGreaterThan(7);
  });
});

describe('builds at the same time', () => {
  it('all succeed, and one whole list is visible', async () => {
    const lists = Array.from({ length: 50 }, (_, index) => many(20, `build${index}-`));
    const outcomes = await Promise.all(lists.map((commits) => set(commits)));
    expect(outcomes.every(({ commitList }) => commitList?.count === 20)).toBe(true);
    const ids = await listed(await standing());
    expect(lists.map((commits) => commits.map(({ id }) => id))).toContainEqual(ids);
  });

  it('that share their commits all succeed', async () => {
    const lists = Array.from({ length: 50 }, (_, index) => [...many(30), ...many(1, `own${index}-`)]);
    await Promise.all(lists.map((commits) => set(commits)));
    const ids = await listed(await standing());
    expect(ids).toHaveLength(31);
    const [shared] = await commitsOf(['c0']);
    expect(shared?.listedIn).toEqual(new Set([`${release.id} 1.0`]));
  });

  it.each([
    ['different lists', (build: number) => many(5, `build${build}-`)],
    ['lists that overlap', (build: number) => many(40).slice(build, build + 10)],
  ])('of %s leave exactly the commits of the visible one knowing the release', async (_, listOf) => {
    const lists = Array.from({ length: 20 }, (_unused, build) => listOf(build));
    await Promise.all(lists.map((commits) => set(commits)));
    const visible = await listed(await standing());
    const all = await commitsOf([...new Set(lists.flat().map(({ id }) => id))]);
    expect(new Set(all.flatMap(({ id, listedIn }) => (listedIn === undefined ? [] : id)))).toEqual(new Set(visible));
  });

  it('with the very same list are one', async () => {
    await Promise.all(Array.from({ length: 20 }, () => set(many(30))));
    expect(await listed(await standing())).toHaveLength(30);
  });
});

describe('issues that commits fix', () => {
  const fix = (message: string, more: Partial<SentCommit> = {}) => [
    { id: 'a', repository: 'acme/app', message, ...more },
  ];
  const issue = (name = 'WEB-1') => findIssue(acme.app, { organization: 'acme', issue: name });

  beforeEach(async () => {
    await createIssue(acme.app, { organization: 'acme', project: 'web', title: 'First' });
    await createIssue(acme.app, { organization: 'acme', project: 'web', title: 'Second' });
  });

  it('are resolved in the release, out of the inbox, by the member whose address it is', async () => {
    const after = await set(fix('Fixes WEB-1 and web-2', { author_email: people.ada.toUpperCase(), author_name: 'A' }));
    expect(after.commitList?.authors, 'with the name of the member').toMatchObject([
      { email: people.ada, name: expect.not.stringMatching(/^A$/), userId: expect.any(String) },
    ]);
    const first = await issue();
    expect(first).toMatchObject({
      status: 'resolved',
      substatus: null,
      resolution: { type: 'in_release', status: 'resolved', release: '1.0', actor: expect.any(String) as unknown },
    });
    expect(first).not.toHaveProperty('inbox');
    expect((await issue('WEB-2')).status).toBe('resolved');
    const at = { organization: 'acme', issue: 'WEB-1' };
    expect((await listActivities(acme.app, at)).map(({ type }) => type)).toEqual([13, 16]);
    expect((await listHistory(acme.app, at)).map(({ status }) => status)).toEqual([
      'resolved',
      'set_resolved_in_commit',
    ]);
  });

  it('are resolved once for a release: one that came back stays open, whatever is sent again', async () => {
    const after = await set(fix('Fixes WEB-1'));
    await markRegressed(acme.app, { organization: 'acme', issueId: (await issue()).id });
    const again = await set([...fix('Fixes WEB-1'), { id: 'b', repository: 'acme/app' }], after);
    expect((await issue()).status).toBe('unresolved');
    const next = await newRelease('2.0');
    await set(fix('Fixes WEB-1'), next);
    expect(await issue(), 'the next release has the fix as well').toMatchObject({
      status: 'resolved',
      resolution: { release: '2.0' },
    });
    expect(again.commitList?.count).toBe(2);
  });

  it('open again when the commit says so no longer', async () => {
    const after = await set(fix('Fixes WEB-1, WEB-2'));
    await set(fix('Fixes WEB-2'), after);
    expect(await issue()).toMatchObject({ status: 'unresolved', substatus: 'ongoing' });
    expect((await issue('WEB-2')).status).toBe('resolved');
  });

  it('are found in commits that were known before', async () => {
    await set(fix('Fixes WEB-1'));
    const next = await newRelease('2.0');
    await set([{ id: 'a', repository: 'acme/app' }], next);
    expect((await issue()).resolution?.release).toBe('2.0');
  });
});
