import { beforeEach, describe, expect, it } from 'vitest';
import { createIssue, type Issue, listIssues } from '../lib/issues/index.ts';
import { type Acme, createAcme } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';

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

const create = (): Promise<Issue> => createIssue(acme.app, { organization, project: 'web', title: 'Boom' });
const statuses = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await listIssues(acme.app, { organization })).items.map(({ shortId, status }) => [shortId, status]),
  );

describe('a change that cannot be', () => {
  it.each<[unknown, object]>([
    [{ status: 'fixed' }, { status: [text] }],
    [{ status: null }, { status: [text] }],
    [{ status: 'muted', snoozeDuration: 30 }, { snoozeDuration: [text] }],
    [{ status: 'resolved', statusDetails: { inRelease: 'latest' } }, { statusDetails: { inRelease: [text] } }],
    [{ status: 'resolved', statusDetails: { inRelease: '' } }, { statusDetails: { inRelease: [text] } }],
    [{ status: 'resolved', statusDetails: { inRelease: 'a\u0000' } }, { statusDetails: { inRelease: [text] } }],
    [{ status: 'resolved', statusDetails: { inRelease: '\ud800' } }, { statusDetails: { inRelease: [text] } }],
    [{ status: 'resolved', statusDetails: { inRelease: '1', inNextRelease: true } }, { statusDetails: [text] }],
    [{ status: 'resolved', statusDetails: { inNextRelease: 'yes' } }, { statusDetails: { inNextRelease: [text] } }],
    [{ status: 'ignored', statusDetails: { inRelease: '1' } }, { statusDetails: [text] }],
    [{ inbox: true }, { inbox: [text] }],
    [{ assignedTo: 'nobody@acme.example' }, { assignedTo: [text] }],
    [{ assignedTo: 'team:backend' }, { assignedTo: [text] }],
    [{ assignedTo: '\ud800@acme.example' }, { assignedTo: [text] }],
    [{ assignedTo: 'x'.repeat(10_000) }, { assignedTo: [text] }],
    [{}, { detail: text }],
    [{ isBookmarked: true }, { detail: text }],
    [[], { detail: text }],
    ['nonsense', { detail: text }],
  ])('is refused: %j', async (sent, body) => {
    await create();
    for (const path of [inWeb, inAcme, `${inAcme}WEB-1/`, '/api/0/issues/WEB-1/']) {
      expect(await client.put(path, sent)).toEqual(expect.objectContaining({ status: 400, body }));
    }
    expect(await statuses()).toEqual({ 'WEB-1': 'unresolved' });
  });

  it.each<[string, number, object]>([
    ['?status=', 400, { status: [text] }],
    ['?status=new', 400, { status: [text] }],
    ['?status=resolved&status=ignored', 400, { status: [text] }],
    ['?environment=production', 400, { environment: [text] }],
    ['?query=is:new', 400, { query: [text] }],
    ['?id=WEB-1&query=Boom', 400, { detail: text }],
    ['?id=', 404, { detail: text }],
    ['?id=WEB-1&id=WEB-99', 404, { detail: text }],
    [`?id=${'9'.repeat(400)}`, 404, { detail: text }],
    ['?id=%00&id=%F0%9F%A6%8A', 404, { detail: text }],
  ])('is refused for a selection that is none: %s', async (search, status, body) => {
    await create();
    for (const path of [inWeb, inAcme]) {
      expect(await client.put(`${path}${search}`, { status: 'resolved' })).toEqual(
        expect.objectContaining({ status, body }),
      );
    }
    expect(await statuses()).toEqual({ 'WEB-1': 'unresolved' });
  });

  it('is refused without the right to it', async () => {
    const token = await acme.token(['event:read', 'project:read', 'org:read']);
    for (const path of [inWeb, inAcme, `${inAcme}WEB-1/`, '/api/0/issues/WEB-1/']) {
      expect(await client.put(path, { status: 'resolved' }, { token })).toMatchObject({
        status: 403,
        body: { detail: text },
      });
      expect(await client.put(path, { status: 'resolved' }, { token: null })).toMatchObject({ status: 401 });
    }
  });
});
