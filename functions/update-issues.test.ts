import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { createIssue, findIssue, type Issue, listActivities, listIssues } from '../lib/issues/index.ts';
import { findMember } from '../lib/organizations/index.ts';
import { mapLimited } from '../lib/platform/map-limited.ts';
import type { Table } from '../lib/platform/table.ts';
import { type Acme, createAcme, people, withToken } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { apiDoor } from './middleware/api-door.ts';
import { served } from './update-issues.ts';

const organization = 'acme';
const inWeb = '/api/0/projects/acme/web/issues/';
const inAcme = '/api/0/organizations/acme/issues/';
const text = expect.any(String) as unknown;

let acme: Acme;
let client: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  client = apiClient(acme.app, await acme.token(['org:ci']));
});

const create = (title = 'Boom', project = 'web', release?: string): Promise<Issue> =>
  createIssue(acme.app, { organization, project, title, release });
const as = async (email: string): Promise<ApiClient> => apiClient(acme.app, await acme.token(['event:write'], email));
const statuses = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await listIssues(acme.app, { organization })).items.map(({ shortId, status }) => [shortId, status]),
  );

describe('the stored events', () => {
  it.each(readdirSync(new URL('../events/update-issues/', import.meta.url)))('%s is answered', async (file) => {
    await create();
    const token = await acme.token(['org:ci']);
    const event = withToken(storedEvent(`update-issues/${file.replace('.json', '')}`), token);
    const answer = await apiDoor('update-issues', served, async () => acme.app)(event, lambdaContext());
    expect(answer.statusCode).toBe(file === 'unknown-status.json' ? 400 : 200);
    expect(answer.headers?.['Content-Type']).toBe('application/json');
  });
});

describe('changing many issues', () => {
  it.each([
    ['', { 'WEB-1': 'ignored', 'WEB-2': 'ignored', 'API-1': 'unresolved' }],
    ['?id=WEB-2', { 'WEB-1': 'unresolved', 'WEB-2': 'ignored', 'API-1': 'unresolved' }],
    ['?status=unresolved', { 'WEB-1': 'ignored', 'WEB-2': 'ignored', 'API-1': 'unresolved' }],
    ['?status=resolved', { 'WEB-1': 'unresolved', 'WEB-2': 'unresolved', 'API-1': 'unresolved' }],
    ['?id=WEB-1&status=resolved', { 'WEB-1': 'unresolved', 'WEB-2': 'unresolved', 'API-1': 'unresolved' }],
    ['?query=two', { 'WEB-1': 'unresolved', 'WEB-2': 'ignored', 'API-1': 'unresolved' }],
  ])('of a project concerns those that are named: %s', async (search, expected) => {
    await create('one');
    await create('two');
    await create('two', 'api');
    expect(await client.put(`${inWeb}${search}`, { status: 'muted', snoozeDuration: null })).toMatchObject({
      status: 200,
      body: { status: 'ignored', statusDetails: {}, inbox: null },
    });
    expect(await statuses()).toEqual(expected);
  });

  it('of an organization ends where the reach of the caller ends', async () => {
    const issue = await create('one');
    const other = await create('two', 'api');
    const mia = await as(people.mia);
    expect((await mia.put(`${inAcme}?id=${issue.id}&id=${other.id}`, { status: 'resolved' })).status).toBe(404);
    expect((await mia.put(`${inAcme}?project=api`, { status: 'resolved' })).status).toBe(400);
    expect(await statuses(), 'nothing changed').toEqual({ 'WEB-1': 'unresolved', 'API-1': 'unresolved' });
    expect((await mia.put(inAcme, { status: 'resolved' })).status).toBe(200);
    expect(await statuses()).toEqual({ 'WEB-1': 'resolved', 'API-1': 'unresolved' });
    expect((await client.put(`${inAcme}?project=api`, { status: 'resolved' })).status).toBe(200);
    expect(await statuses()).toEqual({ 'WEB-1': 'resolved', 'API-1': 'resolved' });
  });

  it.each([
    [{ status: 'resolved' }, { status: 'resolved', statusDetails: {}, inbox: null }],
    [{ status: 'resolvedInNextRelease' }, { status: 'resolved', statusDetails: { inNextRelease: true }, inbox: null }],
    [
      { status: 'resolved', statusDetails: { inNextRelease: true } },
      { status: 'resolved', statusDetails: { inNextRelease: true }, inbox: null },
    ],
    [
      { status: 'resolved', statusDetails: { inRelease: ' web@1 ' } },
      { status: 'resolved', statusDetails: { inRelease: 'web@1' }, inbox: null },
    ],
    [{ status: 'unresolved' }, { status: 'unresolved', statusDetails: {} }],
    [{ inbox: false }, { inbox: null }],
    [{ assignedTo: null }, { assignedTo: null }],
  ])('with %j answers what changed', async (sent, body) => {
    await create();
    expect(await client.put(inWeb, sent)).toMatchObject({ status: 200, body });
    const again = await client.put(inWeb, sent);
    expect(new Set(Object.keys(again.body as object))).toEqual(new Set(Object.keys(body)));
  });

  it('takes many at once, ten in a transaction, and the same again changes nothing', async () => {
    const numbers = Array.from({ length: 120 }, (_, index) => index);
    await mapLimited(numbers, 25, (number) => create(`Boom ${number}`));
    const requests: string[] = [];
    const table = new Proxy(acme.app.table, {
      get(target, method: keyof Table) {
        requests.push(method);
        return target[method];
      },
    });
    const counting = apiClient({ ...acme.app, table }, await acme.token(['org:ci']));
    expect((await counting.put(inWeb, { status: 'resolved' })).status).toBe(200);
    expect(requests.filter((method) => method === 'write')).toHaveLength(12);
    expect(requests.filter((method) => method === 'query')).toHaveLength(2);
    requests.length = 0;
    expect((await counting.put(inWeb, { status: 'resolved' })).status).toBe(200);
    expect(requests).not.toContain('write');
  });

  it('says honestly that the time did not suffice, and goes on when asked again', async () => {
    const numbers = Array.from({ length: 130 }, (_, index) => index);
    await mapLimited(numbers, 25, (number) => create(`Boom ${number}`));
    const { table, clock } = acme.app;
    const slow: Table = {
      ...table,
      write: (actions, options) => {
        clock.advance(3_000);
        return table.write(actions, options);
      },
    };
    const slowly = apiClient({ ...acme.app, table: slow }, await acme.token(['org:ci']));
    const answer = await slowly.put(inWeb, { status: 'resolved' });
    expect(answer).toMatchObject({ status: 503, body: { detail: expect.stringContaining('100 changed') as unknown } });
    expect(answer.headers['Retry-After']).toBe('1');
    expect((await slowly.put(inWeb, { status: 'resolved' })).status).toBe(200);
    expect(new Set(Object.values(await statuses()))).toEqual(new Set(['resolved']));
  });

  it('and changes of others at the same moment both happen', async () => {
    const issues = await mapLimited(Array.from({ length: 20 }), 10, () => create());
    const mia = await as(people.mia);
    await Promise.all([
      client.put(inWeb, { status: 'resolved' }),
      mia.put(`${inWeb}?id=${issues[3]?.id}`, { assignedTo: people.mia }),
      mia.put(inWeb, { inbox: false }),
    ]);
    expect(await findIssue(acme.app, { organization, issue: issues[3]?.id ?? '' })).toMatchObject({
      status: 'resolved',
      assignee: expect.any(String) as unknown,
    });
    expect(new Set(Object.values(await statuses()))).toEqual(new Set(['resolved']));
  });
});

describe('changing one issue', () => {
  it('shows the whole of it, and who did it', async () => {
    const issue = await create('Boom', 'web', 'web@1');
    const mia = await as(people.mia);
    const person = { name: 'Mia', email: people.mia };
    const sent = { status: 'resolved', statusDetails: { inRelease: 'web@2' }, inbox: false, assignedTo: people.mia };
    expect(await mia.put(`${inAcme}web-1/`, sent)).toMatchObject({
      status: 200,
      body: {
        id: issue.id,
        status: 'resolved',
        statusDetails: { inRelease: 'web@2', actor: person },
        dateResolved: text,
        inbox: null,
        assignedTo: { type: 'user', ...person },
        isSubscribed: true,
      },
    });
    const activities = await listActivities(acme.app, { organization, issue: issue.id });
    expect(new Set(activities.map(({ type }) => type))).toEqual(new Set([13, 18, 23]));
    const userId = (await findMember(acme.app, organization, people.mia))?.userId;
    expect(new Set(activities.map(({ actor }) => actor))).toEqual(new Set([userId]));
    expect((await mia.put(`/api/0/issues/${issue.id}/`, sent)).status, 'twice is once').toBe(200);
    expect(await listActivities(acme.app, { organization, issue: issue.id })).toEqual(activities);
    expect(await mia.put(`/api/0/issues/${issue.id}/`, { status: 'unresolved', assignedTo: '' })).toMatchObject({
      body: { status: 'unresolved', substatus: 'ongoing', statusDetails: {}, dateResolved: null, assignedTo: null },
    });
    expect(await mia.put('/api/0/issues/WEB-1/', { assignedTo: `user:${userId}` })).toMatchObject({
      body: { assignedTo: { id: userId } },
    });
  });

  it('is refused where the caller does not reach it', async () => {
    await create('Boom', 'api');
    expect((await (await as(people.mia)).put(`${inAcme}API-1/`, { status: 'resolved' })).status).toBe(404);
    expect((await (await as(people.ada)).put(`${inAcme}API-1/`, { status: 'resolved' })).status).toBe(200);
  });
});
