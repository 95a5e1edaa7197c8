import { beforeAll, describe, expect, it } from 'vitest';
import { addMember, createToken, scopes } from '../lib/organizations/index.ts';
import { memberKey } from '../lib/organizations/member-store.ts';
import { people } from './support/acme.ts';
import type { ApiAnswer } from './support/api.ts';
import { type BusyAcme, createBusyAcme, versions } from './support/busy-acme.ts';
import { addressOf, type Operation, operations } from './support/documented-operations.ts';
import { tableDigest } from './support/table-digest.ts';

let acme: BusyAcme;

beforeAll(async () => {
  acme = await createBusyAcme();
});

/** Where something is there, with the first of all that is known unless told otherwise. */
function address(operation: Operation, values: Readonly<Record<string, string>> = {}): string {
  const first = Object.entries(acme.known).map(([name, [value = '']]): [string, string] => [name, value]);
  const all = Object.entries({ ...Object.fromEntries(first), ...values });
  return addressOf(operation, Object.fromEntries(all.map(([name, value]) => [name, encodeURIComponent(value)])));
}

/** A body that no endpoint takes: who is let in is told so, and nothing changes. */
const unusable = [[]];

function call(
  operation: Operation,
  token: string | null,
  values?: Readonly<Record<string, string>>,
): Promise<ApiAnswer> {
  const body = operation.body === undefined ? undefined : unusable;
  // Who may only read ends their own snooze, and not that of everybody.
  const query = operation.method === 'DELETE' && operation.path.endsWith('/snooze/') ? '?target=me' : '';
  return acme.client.send(operation.method, `${address(operation, values)}${query}`, body, { token });
}

/** Nothing is there, so that what deletes finds nothing, either. */
const nothing = {
  project: 'none',
  version: 'none',
  issue: 'NONE-1',
  repo: '1',
  tokenId: '1',
  team: 'none',
  incident: '99',
  rule: '1',
  digest: '1',
};

describe.each(operations)('$method $path', (operation) => {
  it.each([
    ['no token', null],
    ['an unknown one', '0'.repeat(64)],
    ['what is none', 'x'],
  ])('refuses %s', async (_, token) => {
    expect(await call(operation, token)).toMatchObject({ status: 401, body: { detail: expect.any(String) } });
  });

  it('refuses a token of another organization', async () => {
    const { status } = await call(operation, acme.foreignToken);
    if (operation.pathParameters.includes('org')) expect(status).toBe(403);
    else if (operation.pathParameters.length > 0 && operation.body === undefined) expect(status).toBe(404);
    else if (operation.path.includes('/users/me/')) expect([400, 403]).toContain(status);
    else expect(JSON.stringify((await call(operation, acme.foreignToken)).body)).not.toMatch(/acme/i);
  });

  it('lets exactly those scopes pass that the document names', async () => {
    const passed: string[] = [];
    for (const scope of scopes) {
      const { status } = await call(operation, await tokenOf(scope), nothing);
      if (status !== 403) passed.push(scope);
    }
    if (operation.scopes.length > 0) expect(new Set(passed)).toEqual(new Set(operation.scopes));
  });
});

const tokens = new Map<string, string>();

/** Of a person who reaches everything: some endpoints are for people only. */
async function tokenOf(scope: (typeof scopes)[number]): Promise<string> {
  const known = tokens.get(scope) ?? (await acme.token([scope], people.olivia));
  tokens.set(scope, known);
  return known;
}

describe('a token', () => {
  const reading = operations.filter(({ method, scopes: any }) => method === 'GET' && any.length > 0);

  it.each([
    ['personal', people.olivia],
    ['of the organization', undefined],
  ])('that is %s and has expired is refused everywhere', async (kind, email) => {
    const validUntil = new Date(acme.app.clock.now() + 1_000).toISOString();
    const made = await createToken(acme.app, {
      organization: 'acme',
      name: 'short',
      kind: email === undefined ? 'organization' : 'personal',
      scopes: [...scopes],
      validUntil,
      ...(email !== undefined && { email }),
    });
    const [first] = reading;
    if (first !== undefined) expect((await call(first, made.token)).status, kind).toBe(200);
    acme.app.clock.advance(1_000);
    for (const operation of operations) expect((await call(operation, made.token)).status).toBe(401);
  });

  it('that was revoked is refused everywhere after a minute', async () => {
    const all = await acme.client.post('/api/0/organizations/acme/org-auth-tokens/', { name: 'gone', scopes });
    const { id, token } = all.body as { id: string; token: string };
    for (const operation of reading) expect((await call(operation, token, nothing)).status).not.toBe(401);
    expect((await acme.client.delete(`/api/0/organizations/acme/org-auth-tokens/${id}/`)).status).toBe(204);
    acme.app.clock.advance(60_000);
    for (const operation of operations) expect((await call(operation, token)).status).toBe(401);
  });
});

describe('somebody who has left the organization', () => {
  it.each(operations)('is refused by $method $path', async (operation) => {
    const { table, clock, publicUrl, ids } = acme.app;
    const email = 'lea@acme.example';
    const known = tokens.get(email) ?? (await leaver({ table, clock, publicUrl, ids }, email));
    tokens.set(email, known);
    const body = operation.body === undefined ? undefined : wellFormed(operation);
    const path = address(operation);
    expect((await acme.client.send(operation.method, path, body, { token: known })).status).toBe(401);
  });
});

describe('a member without the team', () => {
  const inSecret = operations.filter(({ pathParameters }) =>
    ['project', 'version', 'issue', 'rule', 'digest'].some((name) => pathParameters.includes(name)),
  );
  let mia: string;

  beforeAll(async () => {
    mia = await acme.token(scopes, people.mia);
  });

  it.each(inSecret)('is not let into $method $path, and changes nothing', async (operation) => {
    const body = operation.body === undefined ? undefined : wellFormed(operation);
    const [, rule = ''] = acme.known['rule'] ?? [];
    const [, digest = ''] = acme.known['digest'] ?? [];
    const secret = { version: versions.api, issue: 'API-1', rule, digest };
    for (const project of ['api', acme.api.id]) {
      const path = address(operation, { ...secret, project });
      const before = await tableDigest(acme.app);
      const { status, body: answer } = await acme.client.send(operation.method, path, body, { token: mia });
      expect([403, 404], `${status} ${JSON.stringify(answer)}`).toContain(status);
      expect(await tableDigest(acme.app)).toBe(before);
    }
  });

  const lists = operations.filter(({ method }) => method === 'GET');
  it.each(lists)('learns nothing of it from GET $path', async (operation) => {
    const queries = ['', '?project=api', `?project=${acme.api.id}`, '?environment=SECRET', '?query=SECRET', '?status='];
    for (const version of Object.values(versions)) {
      for (const one of [
        { project: 'web', issue: 'WEB-1' },
        { project: 'api', issue: 'API-1' },
      ]) {
        for (const query of queries) {
          const path = `${address(operation, { version, ...one })}${query}`;
          const { status, body } = await acme.client.get(path, { token: mia });
          if (status < 400) expect(secretsIn(body), path).toEqual([]);
        }
      }
    }
  });

  it('makes no token that would reach everything', async () => {
    const path = '/api/0/organizations/acme/org-auth-tokens/';
    expect((await acme.client.post(path, { name: 'mine' }, { token: mia })).status).toBe(403);
    const ada = await acme.token(scopes, people.ada);
    expect((await acme.client.post(path, { name: 'mine' }, { token: ada })).status).toBe(403);
    const olivia = await acme.token(scopes, people.olivia);
    expect((await acme.client.post(path, { name: 'mine' }, { token: olivia })).status).toBe(201);
  });

  it('who reaches it sees what they do not', async () => {
    const { body } = await acme.client.get(`${shared}deploys/`);
    expect(secretsIn(body)).not.toEqual([]);
    expect(secretsIn((await acme.client.get('/api/0/organizations/acme/releases/')).body)).not.toEqual([]);
  });

  it('deploys a release of several teams only for the projects within reach', async () => {
    const named = await acme.client.post(
      `${shared}deploys/`,
      { environment: 'mine', projects: ['api'] },
      { token: mia },
    );
    expect(named.status).toBe(400);
    expect((await acme.client.post(`${shared}deploys/`, { environment: 'mine' }, { token: mia })).status).toBe(201);
    const ofProject = async (slug: string) =>
      (await acme.client.get(`/api/0/projects/acme/${slug}/releases/${encodeURIComponent(versions.both)}/deploys/`))
        .body as { environment: string }[];
    expect((await ofProject('web')).map(({ environment }) => environment)).toContain('mine');
    expect((await ofProject('api')).map(({ environment }) => environment)).not.toContain('mine');
  });
});

const shared = `/api/0/organizations/acme/releases/${encodeURIComponent(versions.both)}/`;

/** Whatever in an answer is of the team `backend`, its project included; what a release says of itself is all its projects'. */
function secretsIn(answer: unknown): unknown[] {
  const found: unknown[] = [];
  JSON.stringify(answer, (name, value: unknown) => {
    if (name === 'lastDeploy') return null;
    if (typeof value === 'string' && (value.includes('SECRET') || (name === 'slug' && value === 'api')))
      found.push(value);
    return value;
  });
  return found;
}

const digest = {
  ...{ name: 'Mine', rules: ['1'], schedule: '0 9 * * 1', period: '7d', inputChannelId: 'C0ALERTS01' },
};
const alertRule = {
  ...{ name: 'Mine', aggregate: 'count()', projects: ['web'], timeWindow: 5, thresholdType: 0 },
  triggers: [{ label: 'critical', alertThreshold: 1 }],
};

/** A body that an endpoint takes, so that nothing but the reach can be refused. */
function wellFormed({ path }: Operation): object {
  if (path.endsWith('/notification-settings/')) return { kind: 'deploy', value: 'committed_only' };
  if (path.endsWith('/metrics/query/')) return { query: 'sum(c:custom/views@none)' };
  if (path.endsWith('/deploys/')) return { environment: 'staging' };
  if (path.endsWith('/issues/') || path.endsWith('{issue}/') || path.endsWith('{incident}/'))
    return { status: 'resolved' };
  if (path.endsWith('/alert-rules/') || path.endsWith('/preview/')) return alertRule;
  if (path.endsWith('/digests/')) return digest;
  if (path.endsWith('/snooze/')) return { target: 'me' };
  if (path.endsWith('/comments/')) return { comment: 'Mine' };
  if (path.endsWith('/releases/')) return { version: versions.api, projects: ['api'] };
  return path.endsWith('{version}/') ? { ref: 'mine' } : { name: 'Mine' };
}

/** The token of somebody who is a member no more. */
async function leaver(
  app: Parameters<typeof addMember>[0] & Parameters<typeof createToken>[0],
  email: string,
): Promise<string> {
  const organization = 'acme';
  const { userId } = await addMember(app, { organization, email, name: 'Lea', role: 'owner' });
  const made = await createToken(app, { organization, name: 'lea', kind: 'personal', scopes: [...scopes], email });
  await app.table.write([{ delete: memberKey(organization, userId) }]);
  return made.token;
}
