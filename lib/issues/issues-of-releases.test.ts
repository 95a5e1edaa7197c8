import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme } from '../../tests/support/acme.ts';
import { testStart } from '../../tests/support/test-app.ts';
import { mapLimited } from '../platform/map-limited.ts';
import type { Item, Table } from '../platform/table.ts';
import { clearPendingResolutions } from './clear-pending-resolutions.ts';
import { createIssue } from './create-issue.ts';
import { eraseProjectIssues } from './erase-project-issues.ts';
import { findIssue, listActivities } from './find-issue.ts';
import { isFirstRelease } from './is-first-release.ts';
import type { Issue } from './issue-store.ts';
import { linkCommits } from './link-commits.ts';
import { listIssues } from './list-issues.ts';
import { markRegressed } from './mark-regressed.ts';
import { resolveIssuesInRelease } from './resolve-issues-in-release.ts';
import { updateIssues } from './update-issues.ts';

const organization = 'acme';
let acme: Acme;
let app: Acme['app'];

beforeEach(async () => {
  acme = await createAcme();
  app = acme.app;
});

const create = (release?: string, project = 'web'): Promise<Issue> =>
  createIssue(app, { organization, project, title: 'Boom', release });
const standing = (issue: Issue): Promise<Issue> => findIssue(app, { organization, issue: issue.id });
const putOff = (...issues: Issue[]) =>
  updateIssues(app, {
    organization,
    issueIds: issues.map(({ id }) => id),
    status: 'resolvedInNextRelease',
    actor: 'u',
  });
const come = (release: string, more: { projectIds?: string[]; addedAt?: string } = {}) =>
  clearPendingResolutions(app, { organization, projectIds: [acme.web.id], release, ...more });

describe('a release that comes', () => {
  it('is what resolutions in the next release waited for, once', async () => {
    const issues = [await create('web@1'), await create()];
    await putOff(...issues);
    app.clock.advance(1_000);
    const both = await Promise.all([come('web@2'), come('web@2')]);
    expect(new Set(both.flat())).toEqual(new Set(issues.map(({ id }) => id)));
    expect(both.flat()).toHaveLength(2);
    for (const issue of issues) {
      expect((await standing(issue)).resolution).toEqual({
        type: 'in_release',
        status: 'resolved',
        release: 'web@2',
        actor: 'u',
        at: testStart,
      });
      const activities = await listActivities(app, { organization, issue: issue.id });
      expect(activities.map(({ data }) => data)).toEqual([{ version: 'web@2' }, { inNextRelease: 'true' }]);
    }
    expect(await come('web@3')).toEqual([]);
  });

  it('leaves alone what is another’s, seen in that very release, resolved later, or open again', async () => {
    const elsewhere = await create('api@1', 'api');
    const seenInIt = await create('web@2');
    const openAgain = await create('web@1');
    const later = await create('web@1');
    await putOff(elsewhere, seenInIt, openAgain);
    await markRegressed(app, { organization, issueId: openAgain.id });
    app.clock.advance(1_000);
    await putOff(later);
    expect(await come('web@2', { addedAt: testStart })).toEqual([]);
    expect(await standing(openAgain)).toMatchObject({ status: 'unresolved', substatus: 'regressed' });
    expect(await come('web@3')).toEqual(expect.arrayContaining([seenInIt.id, later.id]));
    expect(await come('api@2', { projectIds: [acme.web.id, acme.api.id] })).toEqual([elsewhere.id]);
  });

  it('costs one request a project when nothing waits', async () => {
    await create('web@1');
    const requests: string[] = [];
    const table = new Proxy(app.table, {
      get(target, method: keyof Table) {
        requests.push(method);
        return target[method];
      },
    });
    await clearPendingResolutions(
      { ...app, table },
      { organization, projectIds: [acme.web.id, acme.api.id], release: '2' },
    );
    expect(requests).toEqual(['queryAll', 'queryAll']);
  });

  it('knows whether an issue was first seen in it', async () => {
    await create('web@1');
    const ask = (version: string, of = organization) => isFirstRelease(app, { organization: of, version });
    expect([await ask('web@1'), await ask('web@2'), await ask('web@1', 'other')]).toEqual([true, false, false]);
    expect([await ask(''), await ask('x'.repeat(5_000))]).toEqual([false, false]);
  });
});

describe('erasing the issues of a project', () => {
  async function itemsOfIssues(): Promise<Item[]> {
    const partitions = [`PROJECT#${acme.web.id}#PENDING`, `FIRST_RELEASE#${organization}#web@1`];
    const items = await Promise.all(
      partitions.map((partition) => Array.fromAsync(app.table.queryAll({ partition, consistent: true }))),
    );
    return items.flat();
  }

  async function erase(table = app.table): Promise<number> {
    for (let calls = 1; ; calls += 1) {
      const answer = await eraseProjectIssues({ table }, { organization, projectId: acme.web.id });
      if (answer === 'done') return calls;
    }
  }

  it('leaves nothing of them, in as many pages as it takes, and nothing else changes', async () => {
    const issues = await mapLimited(Array.from({ length: 30 }), 10, () => create('web@1'));
    const other = await create('web@1', 'api');
    const [first, second] = issues;
    const links = [{ shortId: first?.shortId ?? '', commit: { repository: 'acme/app', id: 'a' } }];
    await linkCommits(app, { organization, links });
    const fixed = { release: 'web@2', releaseId: '2', issues: [{ issueId: second?.id ?? '' }] };
    await resolveIssuesInRelease(app, { organization, ...fixed });
    await putOff(...issues.slice(2, 5));
    expect(await erase()).toBe(3);
    for (const { id } of issues) {
      expect(await Array.fromAsync(app.table.queryAll({ partition: `ISSUE#${id}`, consistent: true }))).toEqual([]);
    }
    expect((await itemsOfIssues()).map(({ sk }) => sk)).toEqual([other.id]);
    const shortIds = await Array.fromAsync(app.table.queryAll({ partition: 'ORG#acme', beginsWith: 'SHORT_ID#' }));
    expect(shortIds.map(({ sk }) => sk)).toEqual(['SHORT_ID#API-1']);
    expect((await listIssues(app, { organization })).items).toEqual([other]);
    expect((await create()).shortId, 'no number twice').toBe('WEB-Z');
  });

  it('goes on after an interruption at any point', async () => {
    const issues = await mapLimited(Array.from({ length: 3 }), 3, () => create('web@1'));
    await putOff(...issues);
    for (let writes = 0; ; writes += 1) {
      let left = writes;
      const breaking: Table = {
        ...app.table,
        write(actions, options) {
          left -= 1;
          return left < 0 ? Promise.reject(new Error('the process ended')) : app.table.write(actions, options);
        },
      };
      const calls = await erase(breaking).catch(() => undefined);
      if (calls !== undefined) break;
    }
    expect(await itemsOfIssues()).toEqual([]);
    expect((await listIssues(app, { organization })).items).toEqual([]);
  });

  it('takes an issue that is changed at the same moment too', async () => {
    const issue = await create('web@1');
    let raced = false;
    const racing: Table = {
      ...app.table,
      async write(actions, options) {
        if (!raced) {
          raced = true;
          await updateIssues(app, { organization, issueIds: [issue.id], status: 'resolved' });
        }
        return app.table.write(actions, options);
      },
    };
    await erase(racing);
    const left = await Array.fromAsync(app.table.queryAll({ partition: `ISSUE#${issue.id}`, consistent: true }));
    expect(left).toEqual([]);
  });
});
