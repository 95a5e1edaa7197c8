import { beforeEach, describe, expect, it } from 'vitest';
import { type CommitWorld, createCommitWorld, manyCommits } from '../../tests/support/setting-commits.ts';
import { createIssue, findIssue } from '../issues/index.ts';
import type { Table } from '../platform/table.ts';
import { setCommits } from './set-commits.ts';

let world: CommitWorld;

beforeEach(async () => {
  world = await createCommitWorld();
});

/** A table of which every write from the n-th on fails, as when the process ends there. */
function failingFrom(n: number): { table: Table; writes: () => number } {
  let writes = 0;
  const table = new Proxy(world.acme.app.table, {
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

describe('ending in between', () => {
  it('leaves the old list visible wherever it happens, and the next attempt works', async () => {
    await createIssue(world.acme.app, { organization: 'acme', project: 'web', title: 'Broken' });
    let ended = true;
    let writes = 0;
    while (ended) {
      writes += 1;
      const version = `ended at write ${writes}`;
      const old = await world.set([{ id: 'old', repository: 'acme/app' }], await world.newRelease(version));
      const commits = [
        ...manyCommits(150, `${writes}-`),
        { id: `fix-${writes}`, repository: 'acme/app', message: 'Fixes WEB-1', author_email: `${writes}@x.example` },
      ];
      const app = { ...world.acme.app, table: failingFrom(writes).table };
      ended = await setCommits(app, { release: old, commits }).then(
        () => false,
        () => true,
      );
      const after = await world.standing(version);
      const isOld = after.commitList?.generation === old.commitList?.generation;
      expect(await world.listed(after), version).toHaveLength(isOld ? 1 : 151);
      const again = await world.set(commits, after);
      expect(again.commitList, version).toMatchObject({ count: 151, finished: true });
      expect(await world.listed(await world.standing(version)), version).toHaveLength(151);
      expect(await findIssue(world.acme.app, { organization: 'acme', issue: 'WEB-1' }), version).toMatchObject({
        status: 'resolved',
        resolution: { release: version, type: 'in_release' },
      });
    }
    expect(writes, 'it was ended at every write').toBeGreaterThan(7);
  });
});

describe('builds at the same time', () => {
  it('all succeed, and one whole list is visible', async () => {
    const lists = Array.from({ length: 50 }, (_, index) => manyCommits(20, `build${index}-`));
    const outcomes = await Promise.all(lists.map((commits) => world.set(commits)));
    expect(outcomes.every(({ commitList }) => commitList?.count === 20)).toBe(true);
    const ids = await world.listed(await world.standing());
    expect(lists.map((commits) => commits.map(({ id }) => id))).toContainEqual(ids);
  });

  it('that share their commits all succeed', async () => {
    const lists = Array.from({ length: 50 }, (_, index) => [...manyCommits(30), ...manyCommits(1, `own${index}-`)]);
    await Promise.all(lists.map((commits) => world.set(commits)));
    const ids = await world.listed(await world.standing());
    expect(ids).toHaveLength(31);
    const [shared] = await world.commits(['c0']);
    expect(shared?.listedIn).toEqual(new Set([`${world.release.id} 1.0`]));
  });

  it.each([
    ['different lists', (build: number) => manyCommits(5, `build${build}-`)],
    ['lists that overlap', (build: number) => manyCommits(40).slice(build, build + 10)],
  ])('of %s leave exactly the commits of the visible one knowing the release', async (_, listOf) => {
    const lists = Array.from({ length: 20 }, (_unused, build) => listOf(build));
    await Promise.all(lists.map((commits) => world.set(commits)));
    const visible = await world.listed(await world.standing());
    const all = await world.commits([...new Set(lists.flat().map(({ id }) => id))]);
    expect(new Set(all.flatMap(({ id, listedIn }) => (listedIn === undefined ? [] : id)))).toEqual(new Set(visible));
  });

  it('with the very same list are one', async () => {
    await Promise.all(Array.from({ length: 20 }, () => world.set(manyCommits(30))));
    expect(await world.listed(await world.standing())).toHaveLength(30);
  });
});
