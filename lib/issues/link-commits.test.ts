import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme } from '../../tests/support/acme.ts';
import { testStart } from '../../tests/support/test-app.ts';
import { mapLimited } from '../platform/map-limited.ts';
import type { Table } from '../platform/table.ts';
import { createIssue } from './create-issue.ts';
import { findIssue, listActivities, listHistory } from './find-issue.ts';
import type { Issue } from './issue-store.ts';
import { type CommitReference, linkCommits } from './link-commits.ts';
import { listIssuesOfCommit } from './list-issues-of-commit.ts';
import { markRegressed } from './mark-regressed.ts';
import { resolveIssuesInRelease } from './resolve-issues-in-release.ts';
import { unlinkCommit } from './unlink-commit.ts';
import { updateIssues } from './update-issues.ts';

const organization = 'acme';
let acme: Acme;
let app: Acme['app'];
let requests: number;

beforeEach(async () => {
  acme = await createAcme();
  requests = 0;
  app = { ...acme.app, table: counting(acme.app.table) };
});

/** Counts what DynamoDB is asked, a read of many keys as often as it takes. */
function counting(table: Table): Table {
  return {
    ...table,
    batchGet(keys, options) {
      requests += Math.ceil(new Set(keys.map(({ pk, sk }) => `${pk} ${sk}`)).size / 100);
      return table.batchGet(keys, options);
    },
    write(actions, options) {
      requests += 1;
      return table.write(actions, options);
    },
  };
}

const create = (title = 'Boom'): Promise<Issue> => createIssue(app, { organization, project: 'web', title });
const standing = (issue: string): Promise<Issue> => findIssue(app, { organization, issue });
const told = async (issue: string) => ({
  activities: (await listActivities(app, { organization, issue })).map(({ type }) => type),
  history: (await listHistory(app, { organization, issue })).map(({ status }) => status),
});
const commit = (id: string) => ({ repository: 'acme/app', id });
const link = (links: readonly CommitReference[], releaseId?: string) =>
  linkCommits(app, { organization, links, releaseId });

/** What setting the commits of a release does about issues. */
async function fixIn(release: string, links: readonly CommitReference[]): Promise<string[]> {
  const releaseId = `id of ${release}`;
  const linked = await link(links, releaseId);
  const issues = linked.flatMap(({ issueId, standing: stands }, index) =>
    issueId === undefined ? [] : [{ issueId, actor: links[index]?.actor, standing: stands }],
  );
  return resolveIssuesInRelease(app, { organization, release, releaseId, issues });
}

describe('linking commits', () => {
  it('resolves the issues that they name, once', async () => {
    const [one, two] = [await create('one'), await create('two')];
    const links = [
      { shortId: 'WEB-1', commit: commit('a'), actor: 'user-1' },
      { shortId: 'web-1', commit: commit('a') },
      { shortId: 'WEB-1', commit: commit('b') },
      { shortId: 'WEB-2', commit: commit('b') },
      { shortId: 'WEB-12F', commit: commit('b') },
    ];
    expect(await link(links)).toEqual([
      { issueId: one.id, isNew: true },
      { issueId: one.id, isNew: false },
      { issueId: one.id, isNew: true },
      { issueId: two.id, isNew: true },
      { isNew: false },
    ]);
    expect(await standing('WEB-1')).toMatchObject({ status: 'resolved', resolvedAt: testStart, revision: 2 });
    expect((await standing('WEB-1')).inbox).toBeUndefined();
    expect(await told('WEB-1')).toEqual({
      activities: [16],
      history: ['set_resolved_in_commit'],
    });
    expect((await link(links)).map(({ isNew }) => isNew)).toEqual([false, false, false, false, false]);
    expect(await standing('WEB-1')).toMatchObject({ revision: 2 });
    const fixed = (id: string) => listIssuesOfCommit(app, { organization, commit: commit(id) });
    const found = await Promise.all(['a', 'b', 'c'].map(fixed));
    expect(found.map((ids) => new Set(ids))).toEqual([new Set([one.id]), new Set([one.id, two.id]), new Set()]);
  });

  it.each([
    [false, undefined, undefined],
    [true, undefined, 'user-1'],
    [true, 'user-2', 'user-2'],
  ])(
    'subscribes whose commit it is, who takes the issue if they want and nobody has it: %s, %s',
    async (selfAssign, before, after) => {
      const issue = await create();
      if (before !== undefined) await updateIssues(app, { organization, issueIds: [issue.id], assignee: before });
      await link([{ shortId: 'WEB-1', commit: commit('a'), actor: 'user-1', selfAssign }]);
      const { assignee, subscribers } = await standing('WEB-1');
      expect(assignee).toBe(after);
      expect(subscribers).toContain('user-1');
      await link([{ shortId: 'WEB-1', commit: commit('b'), actor: 'user-1', selfAssign }]);
      expect((await standing('WEB-1')).subscribers).toEqual(subscribers);
      expect((await told('WEB-1')).activities.filter((type) => type === 18)).toHaveLength(after === undefined ? 0 : 1);
    },
  );

  it('of the same issues at the same moment loses none', async () => {
    const issues = await mapLimited(Array.from({ length: 12 }), 10, () => create());
    const builds = Array.from({ length: 6 }, (_, build) =>
      link(issues.map(({ shortId }) => ({ shortId, commit: commit(`c${build}`) }))),
    );
    const outcomes = (await Promise.all(builds)).flat();
    expect(outcomes.filter(({ isNew }) => isNew)).toHaveLength(72);
    expect(await standing('WEB-1')).toMatchObject({ status: 'resolved', revision: 7 });
  });

  it('that name one issue is one change for ninety of them, told with the first', async () => {
    const issue = await create();
    const links = Array.from({ length: 200 }, (_, index) => ({
      shortId: 'WEB-1',
      commit: commit(`c${index}`),
      actor: `user-${index % 3}`,
      selfAssign: index % 3 > 0,
    }));
    requests = 0;
    const outcomes = await link(links);
    expect(requests, 'a short ID, 201 items, 90 + 90 + 20 links').toBe(1 + 3 + 3);
    expect(outcomes).toEqual(links.map(() => ({ issueId: issue.id, isNew: true })));
    expect(await standing('WEB-1')).toMatchObject({ status: 'resolved', revision: 4, assignee: 'user-1' });
    expect((await standing('WEB-1')).subscribers).toEqual(['user-0', 'user-1', 'user-2']);
    const activities = await listActivities(app, { organization, issue: 'WEB-1' });
    expect(activities).toMatchObject([
      { type: 18, data: { assignee: 'user-1' }, actor: 'user-1' },
      { type: 16, data: { commit: 'c0' }, actor: 'user-0' },
    ]);
    const found = await Promise.all(
      ['c0', 'c91', 'c199'].map(commit).map((one) => listIssuesOfCommit(app, { organization, commit: one })),
    );
    expect(found).toEqual([[issue.id], [issue.id], [issue.id]]);
  });

  it('in two builds at the same moment makes each link once', async () => {
    await create();
    const links = Array.from({ length: 120 }, (_, index) => ({ shortId: 'WEB-1', commit: commit(`c${index}`) }));
    const other = { shortId: 'WEB-1', commit: commit('other') };
    const outcomes = await Promise.all([link([...links, other]), link(links.toReversed())]);
    expect(outcomes.flat().filter(({ isNew }) => isNew)).toHaveLength(121);
    const found = await Promise.all(
      ['c0', 'c119', 'other'].map(commit).map((one) => listIssuesOfCommit(app, { organization, commit: one })),
    );
    expect(found.flat()).toHaveLength(3);
  });

  it('goes on where it stopped', async () => {
    const issues = await mapLimited(Array.from({ length: 25 }), 10, () => create());
    const links = issues.map(({ shortId }) => ({ shortId, commit: commit('a') }));
    const { table } = app;
    let writes = 0;
    const lossy: Table = {
      ...table,
      async write(actions, options) {
        await table.write(actions, options);
        writes += 1;
        if (writes === 2) throw new Error('the connection broke');
      },
    };
    const run = (over: Table) => linkCommits({ ...app, table: over }, { organization, links });
    await expect(run(lossy)).rejects.toThrow('the connection broke');
    await run(table);
    for (const { shortId } of links) {
      expect(await told(shortId)).toEqual({ activities: [16], history: ['set_resolved_in_commit'] });
    }
  });
});

describe('a release whose commits fix issues', () => {
  it.each([1, 34, 60, 120])('costs at most 2n + 2 requests for %d issues, and twice is once', async (count) => {
    const issues = await mapLimited(Array.from({ length: count }), 20, () => create());
    const links = issues.map(({ shortId }, index) => ({ shortId, commit: commit(`c${index}`) }));
    requests = 0;
    expect(await fixIn('web@2', links)).toHaveLength(count);
    expect(requests).toBeLessThanOrEqual(2 * count + 2);
    expect(requests).toBe(Math.ceil(count / 100) + Math.ceil((3 * count) / 100) + 2 * Math.ceil(count / 10));
    requests = 0;
    expect(await fixIn('web@2', links)).toEqual([]);
    expect(requests).toBe(Math.ceil(count / 100) + Math.ceil((3 * count) / 100));
  });

  it('resolves what waited for the next release, in the name of whose commit it is', async () => {
    const issue = await create();
    await updateIssues(app, { organization, issueIds: [issue.id], status: 'resolvedInNextRelease' });
    await fixIn('abcdabc', [
      { shortId: 'WEB-1', commit: commit('a'), actor: 'user-1' },
      { shortId: 'WEB-1', commit: commit('b'), actor: 'user-2' },
    ]);
    const { resolution, status, inbox } = await standing('WEB-1');
    expect({ status, inbox, resolution }).toEqual({
      status: 'resolved',
      inbox: undefined,
      resolution: { type: 'in_release', status: 'resolved', release: 'abcdabc', actor: 'user-1', at: testStart },
    });
  });

  it('does not resolve again what regressed since', async () => {
    const issue = await create();
    const links = [{ shortId: 'WEB-1', commit: commit('a') }];
    await fixIn('web@2', links);
    await markRegressed(app, { organization, issueId: issue.id, release: 'web@3' });
    expect(await fixIn('web@2', links)).toEqual([]);
    expect(await standing('WEB-1')).toMatchObject({ status: 'unresolved', substatus: 'regressed' });
  });
});

describe('a link that is taken back', () => {
  it.each([
    ['resolved', 'unresolved', 'ongoing', [2, 16]],
    ['ignored', 'ignored', 'archived_forever', [3, 16]],
  ] as const)('leaves an issue that is %s by then %s', async (now, status, substatus, activities) => {
    const issue = await create();
    const request = { organization, issueId: issue.id, commit: commit('a') };
    await link([{ shortId: 'WEB-1', commit: commit('a') }]);
    if (now === 'ignored') await updateIssues(app, { organization, issueIds: [issue.id], status: 'ignored' });
    expect(await unlinkCommit(app, request)).toBe(true);
    expect(await standing('WEB-1')).toMatchObject({ status, substatus });
    expect((await told('WEB-1')).activities).toEqual(activities);
    expect(await unlinkCommit(app, request), 'once').toBe(false);
  });
});
