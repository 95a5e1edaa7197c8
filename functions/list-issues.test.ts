import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { createIssue, type Issue, updateIssues } from '../lib/issues/index.ts';
import { findMember } from '../lib/organizations/index.ts';
import type { Table } from '../lib/platform/table.ts';
import { deleteProject } from '../lib/projects/index.ts';
import { type Acme, createAcme, people, withToken } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { cursorOf } from '../tests/support/api-pages.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { testStart } from '../tests/support/test-app.ts';
import { served } from './list-issues.ts';
import { apiDoor } from './middleware/api-door.ts';

const organization = 'acme';
const inWeb = '/api/0/projects/acme/web/issues/';
const inAcme = '/api/0/organizations/acme/issues/';
const detail = { detail: expect.any(String) as unknown };

let acme: Acme;
let client: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  client = apiClient(acme.app, await acme.token(['event:read']));
});

async function create(title: string, more: { project?: string; release?: string; culprit?: string } = {}) {
  const issue = await createIssue(acme.app, { organization, project: 'web', title, ...more });
  acme.app.clock.advance(1_000);
  return issue;
}

const as = async (email: string): Promise<ApiClient> => apiClient(acme.app, await acme.token(['event:read'], email));
const titlesAt = async (path: string, who = client): Promise<string[]> =>
  ((await who.get(path)).body as { title: string }[]).map(({ title }) => title);

describe('the stored events', () => {
  const statuses: Record<string, number> = { 'unknown-filter': 400 };

  it.each(readdirSync(new URL('../events/list-issues/', import.meta.url)))('%s is answered', async (file) => {
    await create('Boom');
    const name = file.replace('.json', '');
    const token = await acme.token(['project:read']);
    const handler = apiDoor('list-issues', served, async () => acme.app);
    const answer = await handler(withToken(storedEvent(`list-issues/${name}`), token), lambdaContext());
    expect(answer.statusCode).toBe(statuses[name] ?? 200);
  });
});

describe('the issues of a project', () => {
  it('are shown with all that is known of them', async () => {
    const issue = await create('Boom', { release: 'web@1', culprit: 'cart.ts' });
    const { status, body } = await client.get(`${inWeb}?query=&cursor=`);
    expect({ status, body }).toEqual({
      status: 200,
      body: [
        {
          id: issue.id,
          shortId: 'WEB-1',
          title: 'Boom',
          culprit: 'cart.ts',
          permalink: null,
          type: 'default',
          metadata: { title: 'Boom' },
          level: 'error',
          status: 'unresolved',
          substatus: 'new',
          statusDetails: {},
          dateResolved: null,
          firstSeen: testStart,
          lastSeen: testStart,
          firstRelease: { version: 'web@1' },
          lastRelease: { version: 'web@1' },
          project: { id: acme.web.id, slug: 'web', name: 'Web' },
          inbox: { reason: 'new', dateAdded: testStart },
          assignedTo: null,
          isSubscribed: false,
          subscribers: [],
        },
      ],
    });
  });

  it.each(['', 'is:for_review'])('come in pages that lead to each other: %s', async (query) => {
    for (const title of ['one', 'two', 'three']) await create(title);
    await create('elsewhere', { project: 'api' });
    const pageAt = async (cursor = '') => {
      const { body, headers } = await client.get(`${inWeb}?query=${query}&per_page=2&cursor=${cursor}`);
      return { titles: (body as { title: string }[]).map(({ title }) => title), headers };
    };
    const first = await pageAt();
    const second = await pageAt(cursorOf(first));
    const back = await pageAt(cursorOf(second, 'previous'));
    expect([first.titles, second.titles, back.titles]).toEqual([['three', 'two'], ['one'], ['three', 'two']]);
    expect(cursorOf(second)).toBeUndefined();
  });

  it('cost three requests, and one more where people are to be shown', async () => {
    for (const title of ['one', 'two', 'three']) await create(title);
    const requests: string[] = [];
    const table = new Proxy(acme.app.table, {
      get(target, method: keyof Table) {
        requests.push(method);
        return target[method];
      },
    });
    await apiClient({ ...acme.app, table }, await acme.token(['event:read'])).get(inWeb);
    expect(requests).toEqual(['get', 'batchGet', 'query']);
    const assignee = (await findMember(acme.app, organization, people.mia))?.userId;
    await updateIssues(acme.app, { organization, withStatus: 'any', assignee });
    requests.length = 0;
    await apiClient({ ...acme.app, table }, await acme.token(['event:read'])).get(inWeb);
    expect(requests).toEqual(['get', 'batchGet', 'query', 'batchGet']);
  });
});

describe('the issues of an organization', () => {
  it('are those of all projects within reach, or of the projects that are named', async () => {
    await create('in web');
    await create('in api', { project: 'api' });
    const mia = await as(people.mia);
    expect(await titlesAt(inAcme)).toEqual(['in api', 'in web']);
    expect(await titlesAt(`${inAcme}?project=-1`)).toEqual(['in api', 'in web']);
    expect(await titlesAt(`${inAcme}?project=${acme.web.id}`)).toEqual(['in web']);
    expect(await titlesAt(`${inAcme}?project=web&project=${acme.api.id}&query=api`)).toEqual(['in api']);
    expect(await titlesAt(inAcme, await as(people.ada))).toEqual(['in api', 'in web']);
    expect(await titlesAt(inAcme, mia)).toEqual(['in web']);
    for (const project of ['api', 'nope', '7', '']) {
      expect(await mia.get(`${inAcme}?project=web&project=${project}`)).toMatchObject({
        status: 400,
        body: { project: [expect.any(String)] },
      });
    }
  });

  it('leave out those of deleted projects', async () => {
    await create('in web');
    await create('in api', { project: 'api' });
    await deleteProject(acme.app, { organization, project: 'api' });
    expect(await titlesAt(inAcme)).toEqual(['in web']);
    expect((await client.get(`${inAcme}API-1/`)).status).toBe(404);
  });
});

describe('one issue', () => {
  let issue: Issue;
  let userId: string;

  beforeEach(async () => {
    issue = await create('Boom', { release: 'web@1' });
    userId = (await findMember(acme.app, organization, people.mia))?.userId ?? '';
    const update = { organization, issueIds: [issue.id], actor: userId };
    await updateIssues(acme.app, { ...update, status: 'resolvedInNextRelease', assignee: userId, inbox: false });
  });

  it('is found by ID and short ID, with the people around it', async () => {
    const person = { id: userId, name: 'Mia', email: people.mia };
    const mia = await as(people.mia);
    for (const path of [
      `${inAcme}web-1/`,
      `${inAcme}${issue.id}/`,
      '/api/0/issues/WEB-1/',
      `/api/0/issues/${issue.id}/`,
    ]) {
      expect(await mia.get(path), path).toMatchObject({
        status: 200,
        body: {
          shortId: 'WEB-1',
          status: 'resolved',
          substatus: null,
          statusDetails: { inNextRelease: true, actor: person },
          inbox: null,
          assignedTo: { type: 'user', ...person },
          isSubscribed: true,
          subscribers: [person],
        },
      });
    }
  });

  it('tells what was done about it, and the states that it went through', async () => {
    const user = { id: userId, name: 'Mia', email: people.mia };
    const at = new Date(Date.parse(testStart) + 1_000).toISOString();
    for (const address of [`${inAcme}WEB-1/`, '/api/0/issues/WEB-1/']) {
      const { body: activities } = await client.get(`${address}activities/`);
      expect(activities).toEqual([
        { id: '2-23', type: 'mark_reviewed', typeId: 23, user, data: {}, dateCreated: at },
        { id: '2-18', type: 'assigned', typeId: 18, user, data: { assignee: userId }, dateCreated: at },
        {
          id: '2-13',
          type: 'set_resolved_in_release',
          typeId: 13,
          user,
          data: { inNextRelease: 'true' },
          dateCreated: at,
        },
      ]);
      const { body: history } = await client.get(`${address}history/`);
      expect(history).toMatchObject([
        { status: 'reviewed', user, release: null },
        { status: 'resolved', user, release: null },
      ]);
      const first = await client.get(`${address}activities/?per_page=2`);
      const next = await client.get(`${address}activities/?per_page=2&cursor=${cursorOf(first)}`);
      expect([first.body, next.body].flat()).toEqual(activities);
    }
  });

  it.each(['WEB-99', 'API-1', '99', '9'.repeat(30), 'x', '%00', '%F0%9F%A6%8A', '"', 'A'.repeat(3_000)])(
    'is not there: %s',
    async (named) => {
      await create('in api', { project: 'api' });
      const mia = await as(people.mia);
      for (const path of [
        `${inAcme}${named}/`,
        `/api/0/issues/${named}/activities/`,
        `/api/0/issues/${named}/history/`,
      ]) {
        expect(await mia.get(path)).toMatchObject({ status: 404, body: detail });
      }
    },
  );
});

describe('the events of a project', () => {
  it('are none yet, for those who may ask', async () => {
    const path = '/api/0/projects/acme/web/events/?cursor=';
    expect(await client.get(path)).toMatchObject({ status: 200, body: [] });
    expect((await (await as(people.mia)).get('/api/0/projects/acme/api/events/')).status).toBe(403);
  });
});
