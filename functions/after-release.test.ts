import type { SQSEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { createIssue, findIssue, updateIssues } from '../lib/issues/index.ts';
import { listTokens } from '../lib/organizations/index.ts';
import type { Table } from '../lib/platform/table.ts';
import { deleteProject, eraseProject, listProjectActivities } from '../lib/projects/index.ts';
import { eraseProjectReleases } from '../lib/releases/index.ts';
import { readLinksOfRelease } from '../lib/releases/release-link-store.ts';
import { readReleases } from '../lib/releases/release-store.ts';
import { type Acme, createAcme } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { asFunction } from '../tests/support/granted-actions.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { door } from './after-release.ts';
import { queueDoor } from './middleware/queue-door.ts';

let acme: Acme;
let api: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  api = apiClient(acme.app, await acme.token(['org:ci']));
});

const run = (event: SQSEvent) =>
  queueDoor<Acme['app'], typeof door.message>(door, async () => acme.app)(event, lambdaContext());

/** Handles what releases left to be done, as the queue does it. */
async function runFollowUps(): Promise<void> {
  for (const message of acme.app.followUps.takeAll()) {
    await asFunction('after-release', () => door.handle(acme.app, message));
  }
}

const create = (version: string) => api.post('/api/0/organizations/acme/releases/', { version, projects: ['web'] });
const issue = () => findIssue(acme.app, { organization: 'acme', issue: 'WEB-1' });

describe('what a new release leaves to be done', () => {
  it('gives issues that were resolved in the next release this one, once', async () => {
    const { id } = await createIssue(acme.app, {
      organization: 'acme',
      project: 'web',
      title: 'Broken',
      release: '1.0',
    });
    await updateIssues(acme.app, { organization: 'acme', issueIds: [id], status: 'resolvedInNextRelease' });
    acme.app.clock.advance(1_000);
    await create('2.0');
    expect((await issue()).resolution).toMatchObject({ type: 'in_next_release', status: 'pending' });
    await runFollowUps();
    const settled = await issue();
    expect(settled).toMatchObject({
      status: 'resolved',
      resolution: { type: 'in_release', status: 'resolved', release: '2.0' },
    });
    acme.app.clock.advance(1_000);
    await create('3.0');
    await create('2.0');
    await runFollowUps();
    expect(await issue()).toEqual(settled);
  });

  it('counts from when a project got the release, for this project alone', async () => {
    const resolve = async (project: string, issueRelease: string) => {
      const { id } = await createIssue(acme.app, { organization: 'acme', project, title: 'x', release: issueRelease });
      await updateIssues(acme.app, { organization: 'acme', issueIds: [id], status: 'resolvedInNextRelease' });
      return async () => (await findIssue(acme.app, { organization: 'acme', issue: id })).resolution?.release;
    };
    await create('2.0');
    await runFollowUps();
    acme.app.clock.advance(1_000);
    const [ofWeb, ofApi] = [await resolve('web', '1.0'), await resolve('api', '1.0')];
    acme.app.clock.advance(1_000);
    const later = await api.post('/api/0/organizations/acme/releases/', { version: '2.0', projects: ['api'] });
    expect(later.status).toBe(201);
    await runFollowUps();
    expect({ web: await ofWeb(), api: await ofApi() }).toEqual({ web: '1.0', api: '2.0' });
  });

  it('leaves alone what was resolved after the release came', async () => {
    const { id } = await createIssue(acme.app, {
      organization: 'acme',
      project: 'web',
      title: 'Broken',
      release: '1.0',
    });
    await create('2.0');
    acme.app.clock.advance(1_000);
    await updateIssues(acme.app, { organization: 'acme', issueIds: [id], status: 'resolvedInNextRelease' });
    await create('2.0');
    await runFollowUps();
    expect((await issue()).resolution).toMatchObject({ type: 'in_next_release', status: 'pending' });
  });

  it('takes a project out that was erased while the release was written, with what happened in it', async () => {
    const erased = { organization: 'acme', projectId: acme.web.id };
    let isFirst = true;
    // Between the moment at which the project is found and the one at which the release is stored.
    const batchGet: Table['batchGet'] = async (...args) => {
      const found = await acme.app.table.batchGet(...args);
      if (isFirst) {
        isFirst = false;
        await deleteProject(acme.app, { organization: 'acme', project: 'web' });
        await eraseProject(acme.app, erased, {
          erasers: [{ name: 'releases', erasePage: eraseProjectReleases }],
          budgetMs: 1_000,
        });
      }
      return found;
    };
    const racing = apiClient({ ...acme.app, table: { ...acme.app.table, batchGet } }, await acme.token(['org:ci']));
    const body = { version: '1.0', projects: ['web', 'api'], dateReleased: '2026-03-02T09:00:00Z' };
    expect((await racing.post('/api/0/organizations/acme/releases/', body)).status).toBe(201);
    expect(await listProjectActivities(acme.app, acme.web.id)).toHaveLength(1);
    await runFollowUps();
    const [release] = await readReleases(acme.app.table, 'acme', ['1.0']);
    expect(release?.projectIds).toEqual(new Set([acme.api.id]));
    expect(await readLinksOfRelease(acme.app.table, { organization: 'acme', version: '1.0' })).toHaveLength(1);
    expect(await listProjectActivities(acme.app, acme.web.id)).toEqual([]);
    expect(await listProjectActivities(acme.app, acme.api.id)).toHaveLength(1);
  });

  it('notes the use of the token and its project', async () => {
    await create('1.0');
    await runFollowUps();
    const [token] = await listTokens(acme.app, { organization: 'acme' });
    expect(token).toMatchObject({ lastUsedAt: '2026-03-02T09:00:00.000Z', lastProjectId: acme.web.id });
  });

  it('fails messages one by one, and forgets those about what is gone', async () => {
    expect(await run(storedEvent('after-release/unknown'))).toEqual({ batchItemFailures: [] });
    expect(await run(storedEvent('after-release/one-broken'))).toEqual({
      batchItemFailures: [{ itemIdentifier: '00000000-0000-4000-8000-000000000002' }],
    });
  });
});
