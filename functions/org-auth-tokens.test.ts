import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { authenticateToken, createToken, listTokens, noteTokenUse, tokenCache } from '../lib/organizations/index.ts';
import { type Acme, createAcme, people } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { cursorOf } from '../tests/support/api-pages.ts';
import { statusOf } from '../tests/support/stored-events.ts';
import { testStart } from '../tests/support/test-app.ts';
import { served } from './org-auth-tokens.ts';

const path = '/api/0/organizations/acme/org-auth-tokens/';

let acme: Acme;
let api: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  api = apiClient(acme.app, await acme.token(['org:read', 'org:write', 'org:ci', 'project:read'], people.olivia));
});

describe('a token of an organization', () => {
  it('is shown once, works, and is never shown again', async () => {
    const { status, body } = await api.post(path, { name: ' Builds ', expiresAt: '2027-01-31T12:00:00+01:00' });
    expect(status).toBe(201);
    const { token, ...shown } = body as { token: string; id: string };
    expect(token).toMatch(/^sntrys_/);
    expect(shown).toEqual({
      id: expect.stringMatching(/^\d{16}$/) as unknown,
      name: 'Builds',
      scopes: ['org:ci'],
      tokenLastCharacters: token.slice(-4),
      dateCreated: testStart,
      dateLastUsed: null,
      projectLastUsed: null,
      expiresAt: '2027-01-31T11:00:00.000Z',
    });
    const list = await api.get(path);
    expect(list.body, 'those of people are theirs').toEqual([shown]);
    expect(JSON.stringify(list)).not.toContain(token.slice(-20));
    const app = { ...acme.app, tokens: tokenCache(acme.app.clock) };
    expect(await authenticateToken(app, `Bearer ${token}`)).toMatchObject({ kind: 'organization', scopes: ['org:ci'] });

    expect(await api.delete(`${path}${shown.id}/`)).toMatchObject({ status: 204, body: undefined });
    expect((await api.get(path)).body).toEqual([]);
    await expect(authenticateToken(app, `Bearer ${token}`)).resolves.toMatchObject({ tokenId: shown.id });
    acme.app.clock.advance(60_000);
    await expect(authenticateToken(app, `Bearer ${token}`)).rejects.toMatchObject({ status: 401 });
    expect((await api.delete(`${path}${shown.id}/`)).status).toBe(404);
  });

  it('tells when it was last used, and for which project', async () => {
    const { token } = (await api.post(path, { name: 'Builds' })).body as { token: string };
    const caller = await authenticateToken(acme.app, `Bearer ${token}`);
    await noteTokenUse(acme.app, caller, { projectId: acme.web.id });
    expect((await api.get(path)).body).toMatchObject([{ dateLastUsed: testStart, projectLastUsed: acme.web.id }]);
    expect(await listTokens(acme.app, { organization: 'acme' })).toContainEqual(
      expect.objectContaining({ name: 'Builds', lastUsedAt: testStart }),
    );
  });

  it('can do no more than who makes it', async () => {
    expect(await api.post(path, { name: 'x', scopes: ['project:read', 'project:admin', 'org:admin'] })).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('project:admin, org:admin') as unknown },
    });
    const { status, body } = await api.post(path, { name: 'x', scopes: ['project:read', 'project:read'] });
    expect({ status, body }).toMatchObject({ status: 201, body: { scopes: ['project:read'] } });
  });

  it('is made and revoked by managers and owners alone, because it reaches every project', async () => {
    const { id } = (await api.post(path, { name: 'x' })).body as { id: string };
    for (const person of [people.ada, people.mia]) {
      const own = { token: await acme.token(['org:write', 'org:ci'], person) };
      const refused = {
        status: 403,
        body: { detail: expect.stringContaining('Ask a manager or an owner') as unknown },
      };
      expect(await api.post(path, { name: 'x' }, own)).toMatchObject(refused);
      expect(await api.delete(`${path}${id}/`, own)).toMatchObject(refused);
    }
    const builds = { token: await acme.token(['org:write', 'org:ci']) };
    expect((await api.post(path, { name: 'x' }, builds)).status, 'an own token reaches everything already').toBe(201);
  });

  it('lasts no longer than the token that makes it', async () => {
    const validUntil = '2026-03-02T10:00:00.000Z';
    const { token } = await createToken(acme.app, {
      organization: 'acme',
      name: 'short',
      kind: 'personal',
      email: people.olivia,
      scopes: ['org:write', 'org:ci'],
      validUntil,
    });
    const made = (body: object) => api.post(path, { name: 'x', ...body }, { token });
    expect(await made({})).toMatchObject({ status: 201, body: { expiresAt: validUntil } });
    expect(await made({ expiresAt: null })).toMatchObject({ status: 201, body: { expiresAt: validUntil } });
    expect(await made({ expiresAt: '2026-03-02T09:30:00Z' })).toMatchObject({ status: 201 });
    expect(await made({ expiresAt: '2026-03-02T10:00:01Z' })).toMatchObject({
      status: 400,
      body: { expiresAt: [expect.stringContaining(validUntil)] },
    });
  });

  it.each([
    [{}, 'name'],
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(65) }, 'name'],
    [{ name: '\ud800' }, 'name'],
    [{ name: 7 }, 'name'],
    [{ name: 'x', scopes: ['org:everything'] }, 'scopes'],
    [{ name: 'x', scopes: [] }, 'scopes'],
    [{ name: 'x', scopes: 'org:ci' }, 'scopes'],
    [{ name: 'x', expiresAt: 'tomorrow' }, 'expiresAt'],
    [{ name: 'x', expiresAt: '2026-03-02T08:00:00Z' }, 'expiresAt'],
    [[], 'detail'],
    [null, 'detail'],
  ])('is not made of %j', async (body, key) => {
    const answer = await api.post(path, body);
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body as object)).toEqual([key]);
  });

  it('has a name of 64 characters at most, however they are written', async () => {
    expect((await api.post(path, { name: '🎉'.repeat(64), expiresAt: null })).status).toBe(201);
  });

  it('is nothing for those who only read or build', async () => {
    const reads = { token: await acme.token(['org:read', 'org:ci']) };
    expect((await api.get(path, reads)).status).toBe(200);
    expect((await api.post(path, { name: 'x' }, reads)).status).toBe(403);
    expect((await api.delete(`${path}1/`, reads)).status).toBe(403);
    expect((await api.get(path, { token: await acme.token(['org:ci']) })).status).toBe(403);
    expect((await api.get('/api/0/organizations/globex/org-auth-tokens/')).status).toBe(403);
  });

  it('is revoked by its ID alone, and no person’s token is', async () => {
    const { id } = (await listTokens(acme.app, { organization: 'acme' }))[0] ?? { id: '' };
    for (const tokenId of [id, 'nope', '%00', 'x'.repeat(3_000)]) {
      expect((await api.delete(`${path}${tokenId}/`)).status, tokenId).toBe(404);
    }
  });
});

it('many tokens come in pages', async () => {
  for (let number = 0; number < 3; number += 1) {
    await api.post(path, { name: `T${number}` });
    acme.app.clock.advance(1_000);
  }
  const first = await api.get(`${path}?per_page=2`);
  const second = await api.get(`${path}?per_page=2&cursor=${cursorOf(first)}`);
  const names = [...(first.body as { name: string }[]), ...(second.body as { name: string }[])];
  expect(names.map(({ name }) => name)).toEqual(['T0', 'T1', 'T2']);
});

it('the stored events are answered', async () => {
  const token = await acme.token(['org:read', 'org:write', 'org:ci']);
  const statuses: Record<string, number> = { 'create.json': 201, 'list.json': 200, 'revoke-unknown.json': 404 };
  for (const file of readdirSync(new URL('../events/org-auth-tokens/', import.meta.url))) {
    expect(await statusOf('org-auth-tokens', served, { app: acme.app, file, token }), file).toBe(statuses[file]);
  }
});
