import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme } from '../../tests/support/acme.ts';
import { testStart } from '../../tests/support/test-app.ts';
import type { Table } from '../platform/table.ts';
import { createIssue } from './create-issue.ts';
import { findIssue, findIssueIds, listActivities, listHistory } from './find-issue.ts';
import type { Issue } from './issue-store.ts';
import { linkCommits } from './link-commits.ts';
import { listIssues } from './list-issues.ts';
import { listIssuesOfCommit } from './list-issues-of-commit.ts';
import { markRegressed } from './mark-regressed.ts';
import { resolveIssuesInRelease } from './resolve-issues-in-release.ts';
import { unlinkCommit } from './unlink-commit.ts';
import { updateIssues } from './update-issues.ts';

const organization = 'acme';
const actor = 'user-1';
let acme: Acme;
let app: Acme['app'];
let requests: number;

beforeEach(async () => {
  acme = await createAcme();
  app = { ...acme.app, table: counting(acme.app.table) };
});

function counting(table: Table): Table {
  return {
    ...table,
    batchGet(keys, options) {
      requests += Math.ceil(keys.length / 100);
      return table.batchGet(keys, options);
    },
    write(actions, options) {
      requests += 1;
      return table.write(actions, options);
    },
  };
}

const create = (title = 'TypeError: cart is undefined', more: object = {}): Promise<Issue> =>
  createIssue(app, { organization, project: 'web', title, ...more });
const standing = (issue: Issue): Promise<Issue> => findIssue(app, { organization, issue: issue.id });
const told = async (issue: Issue) => ({
  activities: (await listActivities(app, { organization, issue: issue.id })).map(({ type }) => type),
  history: (await listHistory(app, { organization, issue: issue.id })).map(({ status }) => status),
});
const resolveIn = (release: string, issues: readonly Issue[], releaseId = `id of ${release}`): Promise<string[]> =>
  resolveIssuesInRelease(app, {
    organization,
    release,
    releaseId,
    issues: issues.map(({ id }) => ({ issueId: id, actor })),
  });
const titles = async (query: string, more: object = {}): Promise<string[]> =>
  (await listIssues(app, { organization, query, ...more })).items.map(({ title }) => title);

describe('a new issue', () => {
  it('waits in the inbox and is found by its ID and its short ID', async () => {
    const issue = await create('Boom', { release: 'web@1', culprit: 'cart.ts' });
    expect(issue).toEqual({
      id: expect.stringMatching(/^\d{16}$/) as unknown,
      organization,
      projectId: acme.web.id,
      shortId: 'WEB-1',
      status: 'unresolved',
      substatus: 'new',
      level: 'error',
      title: 'Boom',
      culprit: 'cart.ts',
      firstSeen: testStart,
      lastSeen: testStart,
      firstRelease: 'web@1',
      lastRelease: 'web@1',
      inbox: { reason: 'new', addedAt: testStart },
      revision: 1,
    });
    expect(await findIssue(app, { organization, issue: 'web-1' })).toEqual(issue);
    expect(await standing(issue)).toEqual(issue);
    expect(await findIssueIds(app, organization, ['WEB-1', 'web-i', 'WEB-2', 'x'])).toEqual(
      new Map([
        ['WEB-1', issue.id],
        ['web-i', issue.id],
      ]),
    );
  });

  it('has a number that no other has, at the same moment too', async () => {
    const issues = await Promise.all(Array.from({ length: 12 }, (_, index) => create(`Boom ${index}`)));
    expect(new Set(issues.map(({ shortId }) => shortId)).size).toBe(12);
    expect((await createIssue(app, { organization, project: 'api', title: 'Boom' })).shortId).toBe('API-1');
  });

  it('is nobody else’s, and needs a project', async () => {
    const issue = await create();
    await expect(findIssue(app, { organization: 'other', issue: issue.id })).rejects.toMatchObject({ status: 404 });
    await expect(findIssue(app, { organization, issue: 'WEB-99' })).rejects.toMatchObject({ status: 404 });
    await expect(create('x', { project: 'none' })).rejects.toMatchObject({ status: 404 });
  });
});

describe('updating issues', () => {
  it.each([
    ['resolved', { status: 'resolved', substatus: null }, [1], ['resolved']],
    [
      'resolvedInNextRelease',
      { status: 'resolved', resolution: { type: 'in_next_release', status: 'pending', release: 'web@1' } },
      [13],
      ['resolved'],
    ],
    ['muted', { status: 'ignored', substatus: 'archived_forever' }, [3], ['ignored']],
    ['ignored', { status: 'ignored' }, [3], ['ignored']],
  ] as const)('to %s tells of it once and empties the inbox', async (status, expected, activities, history) => {
    const issue = await create('Boom', { release: 'web@1' });
    const update = { organization, issueIds: [issue.id, '7'], status, actor };
    const { issues, missing } = await updateIssues(app, update);
    expect(issues).toMatchObject([expected]);
    expect(missing).toEqual(['7']);
    await updateIssues(app, update);
    expect(await standing(issue)).toEqual(issues[0]);
    expect(issues[0]?.inbox).toBeUndefined();
    expect(await titles('is:for_review')).toEqual([]);
    expect(await told(issue)).toEqual({ activities, history });
    await updateIssues(app, { organization, withStatus: 'any', status: 'unresolved' });
    expect(await standing(issue)).toMatchObject({ status: 'unresolved', substatus: 'ongoing' });
    expect((await told(issue)).activities).toEqual([2, ...activities]);
  });

  it('takes those with a status, of one project', async () => {
    const issues = [await create('one'), await create('two')];
    const other = await createIssue(app, { organization, project: 'api', title: 'three' });
    await updateIssues(app, { organization, issueIds: [issues[0]?.id ?? ''], status: 'ignored' });
    const update = { organization, projectIds: [acme.web.id], withStatus: 'ignored', status: 'resolved' } as const;
    expect((await updateIssues(app, update)).issues.map(({ title }) => title)).toEqual(['one']);
    expect(await titles('is:resolved')).toEqual(['one']);
    expect(await standing(other)).toMatchObject({ status: 'unresolved' });
  });

  it('marks as reviewed, also together with a status', async () => {
    const issue = await create();
    await updateIssues(app, { organization, issueIds: [issue.id], inbox: false, status: 'resolved', actor });
    expect(new Set((await told(issue)).activities)).toEqual(new Set([1, 23]));
    expect(await standing(issue)).toMatchObject({ status: 'resolved', revision: 2 });
  });

  it('is refused when it says too little', async () => {
    for (const update of [{ status: 'resolved' }, { issueIds: ['1'] }, { issueIds: ['1'], inbox: true }] as const) {
      await expect(updateIssues(app, { organization, ...update })).rejects.toMatchObject({ status: 400 });
    }
  });
});

describe('resolving issues in a release', () => {
  it('happens once for a release, also when they regressed since', async () => {
    const issue = await create();
    await updateIssues(app, { organization, issueIds: [issue.id], status: 'resolvedInNextRelease' });
    const both = await Promise.all([resolveIn('web@2', [issue, issue]), resolveIn('web@2', [issue])]);
    expect(both.flat()).toEqual([issue.id]);
    expect(await standing(issue)).toMatchObject({
      status: 'resolved',
      substatus: null,
      resolvedAt: testStart,
      resolution: { type: 'in_release', status: 'resolved', release: 'web@2', actor },
    });
    app.clock.advance(1_000);
    const regressed = await markRegressed(app, { organization, issueId: issue.id, release: 'web@3' });
    expect(regressed).toMatchObject({
      status: 'unresolved',
      substatus: 'regressed',
      lastRelease: 'web@3',
      inbox: { reason: 'regression' },
    });
    expect(await markRegressed(app, { organization, issueId: issue.id })).toEqual(regressed);
    expect(await resolveIn('web@2', [issue])).toEqual([]);
    expect(await standing(issue)).toEqual(regressed);
    expect(await resolveIn('web@4', [issue])).toEqual([issue.id]);
    expect(await told(issue)).toEqual({
      activities: [13, 6, 13, 13],
      history: ['resolved', 'regressed', 'resolved', 'resolved'],
    });
  });

  it('goes on where it stopped, also when a write succeeded and its answer was lost', async () => {
    const issues = [await create('one'), await create('two')];
    const { table } = app;
    let writes = 0;
    const lossy: Table = {
      ...table,
      async write(actions, options) {
        await table.write(actions, options);
        writes += 1;
        if (writes === 1) throw new Error('the connection broke');
      },
    };
    const input = {
      organization,
      release: 'web@2',
      releaseId: '2',
      issues: issues.map(({ id }) => ({ issueId: id })),
    };
    await expect(resolveIssuesInRelease({ ...app, table: lossy }, input)).rejects.toThrow('the connection broke');
    await resolveIssuesInRelease(app, input);
    for (const issue of issues) {
      expect(await standing(issue)).toMatchObject({ status: 'resolved', revision: 2 });
      expect(await told(issue)).toEqual({ activities: [13], history: ['resolved'] });
    }
  });

  it('asks at most 2n + 2 times for n issues, and twice is once', async () => {
    const issues: Issue[] = [];
    for (let number = 0; number < 60; number += 1) issues.push(await create(`Boom ${number}`));
    requests = 0;
    expect(await resolveIn('web@2', issues)).toHaveLength(60);
    expect(requests, 'two for what stands there, and one per ten issues').toBe(8);
    requests = 0;
    expect(await resolveIn('web@2', issues)).toEqual([]);
    expect(requests).toBe(2);
  });

  it('leaves out what is not there, and what belongs to others', async () => {
    const issue = await create();
    const input = {
      organization: 'other',
      release: '1',
      releaseId: '1',
      issues: [{ issueId: issue.id }, { issueId: '7' }],
    };
    expect(await resolveIssuesInRelease(app, input)).toEqual([]);
    expect(await standing(issue)).toEqual(issue);
  });
});

describe('a commit that fixes an issue', () => {
  const commit = { repository: 'acme/app', id: 'abc' };

  it('resolves it once, and opens it again when it does not say so any more', async () => {
    const issue = await create();
    const link = { organization, issueId: issue.id, commit, actor };
    const links = [{ shortId: issue.shortId, commit, actor }];
    expect(await linkCommits(app, { organization, links })).toEqual([{ issueId: issue.id, isNew: true }]);
    expect(await linkCommits(app, { organization, links })).toEqual([{ issueId: issue.id, isNew: false }]);
    const linked = await standing(issue);
    expect(linked).toMatchObject({ status: 'resolved', resolvedAt: testStart });
    expect(linked.inbox).toBeUndefined();
    expect(await listIssuesOfCommit(app, { organization, commit })).toEqual([issue.id]);
    expect([await unlinkCommit(app, link), await unlinkCommit(app, link)]).toEqual([true, false]);
    expect(await standing(issue)).toMatchObject({ status: 'unresolved', substatus: 'ongoing' });
    expect(await told(issue)).toEqual({
      activities: [2, 16],
      history: ['unresolved', 'set_resolved_in_commit'],
    });
    expect(await listIssuesOfCommit(app, { organization, commit })).toEqual([]);
  });
});
