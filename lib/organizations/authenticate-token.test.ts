import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme, people } from '../../tests/support/acme.ts';
import type { Table } from '../platform/table.ts';
import { authenticateToken, tokenCache } from './authenticate-token.ts';
import { createToken, tokenInput } from './create-token.ts';
import { describeCaller, requireMembership } from './membership.ts';
import { requireScope } from './require-scope.ts';
import { revokeToken } from './revoke-token.ts';
import { listTokens } from './token-description.ts';
import { tokenHash } from './token-text.ts';

let acme: Acme;
let reads: number;
let written: unknown[];

beforeEach(async () => {
  acme = await createAcme();
  reads = 0;
  written = [];
  const { table } = acme.app;
  const counting: Table = {
    ...table,
    get(key, options) {
      reads += 1;
      return table.get(key, options);
    },
    put(item, onlyIf) {
      written.push(item);
      return table.put(item, onlyIf);
    },
    write(actions, options) {
      written.push(actions);
      return table.write(actions, options);
    },
  };
  acme = { ...acme, app: { ...acme.app, table: counting } };
});

const create = (changes: object = {}) =>
  createToken(
    acme.app,
    tokenInput.parse({ organization: 'acme', name: 'Builds', kind: 'organization', scopes: ['org:ci'], ...changes }),
  );
const readBack = () => acme.app.table.queryAll({ index: 'gsi1', partition: 'ORG#acme#TOKENS' });
const authenticate = (token: string) => authenticateToken(acme.app, `Bearer ${token}`);

describe('a token', () => {
  it('of an organization tells clients where it belongs, and who calls', async () => {
    const { token, ...told } = await create();
    const [prefix, claims = '', secret = ''] = token.split('_');
    expect(prefix).toBe('sntrys');
    expect(JSON.parse(Buffer.from(claims, 'base64').toString())).toEqual({
      iat: acme.app.clock.now() / 1_000,
      url: 'https://postflow.example',
      region_url: 'https://postflow.example',
      org: 'acme',
    });
    expect(secret).toHaveLength(43);
    expect(told).toEqual({
      lastCharacters: token.slice(-4),
      id: expect.any(String) as unknown,
      name: 'Builds',
      kind: 'organization',
      organization: 'acme',
      scopes: ['org:ci'],
      createdAt: '2026-03-02T09:00:00.000Z',
    });
    expect(await authenticate(token)).toEqual({
      kind: 'organization',
      organization: 'acme',
      scopes: ['org:ci'],
      tokenId: told.id,
      tokenHash: tokenHash(token),
    });
  });

  it('of a person acts for the organization for which it was made', async () => {
    const { token, userId, id } = await create({
      kind: 'personal',
      email: ` ${people.mia}`,
      scopes: ['project:read', 'org:read', 'org:read'],
    });
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    const caller = await authenticate(token);
    expect(caller).toEqual({
      kind: 'personal',
      organization: 'acme',
      userId,
      scopes: ['project:read', 'org:read'],
      tokenId: id,
      tokenHash: tokenHash(token),
    });
    expect(await describeCaller(acme.app, caller)).toEqual({
      user: { id: userId, email: people.mia },
      auth: { scopes: ['project:read', 'org:read'] },
    });
  });

  it.each([
    ['a stranger', { kind: 'personal', email: 'nobody@acme.example' }, { email: [expect.any(String)] }],
    ['nobody', { kind: 'personal' }, { email: [expect.any(String)] }],
    ['a person, but for an organization', { email: people.mia }, { email: [expect.any(String)] }],
    ['the past', { validUntil: '2026-03-02T09:00:00Z' }, { validUntil: [expect.any(String)] }],
  ])('is not made for %s', async (_, changes, fields) => {
    await expect(create(changes)).rejects.toMatchObject({ status: 400, fields });
  });

  it('stands in the table as a hash only', async () => {
    const { token } = await create();
    const personal = await create({ kind: 'personal', email: people.ada });
    const everything = JSON.stringify([written, await Array.fromAsync(readBack())]);
    expect(written).toHaveLength(2);
    for (const text of [token, token.slice(-43), personal.token]) expect(everything).not.toContain(text);
    expect(JSON.stringify(await listTokens(acme.app, { organization: 'acme' }))).not.toMatch(/hash|[0-9a-f]{64}/);
  });

  it('costs one read a minute', async () => {
    const { token } = await create();
    reads = 0;
    for (let call = 0; call < 5; call += 1) await authenticate(token);
    expect(reads).toBe(1);
    acme.app.clock.advance(59_999);
    await authenticate(token);
    expect(reads).toBe(1);
    acme.app.clock.advance(1);
    await authenticate(token);
    expect(reads).toBe(2);
  });

  it('is refused after it was revoked: at once by others, within a minute by who knew it', async () => {
    const { token, id } = await create();
    await authenticate(token);
    expect(await revokeToken(acme.app, { organization: 'acme', id })).toMatchObject({ id, name: 'Builds' });
    expect(await authenticate(token)).toMatchObject({ tokenId: id });
    const elsewhere = { ...acme.app, tokens: tokenCache(acme.app.clock) };
    await expect(authenticateToken(elsewhere, `Bearer ${token}`)).rejects.toMatchObject({ status: 401 });
    acme.app.clock.advance(60_000);
    await expect(authenticate(token)).rejects.toMatchObject({ status: 401 });
    await expect(revokeToken(acme.app, { organization: 'acme', id })).rejects.toMatchObject({ status: 404 });
  });

  it('cannot be revoked by another organization', async () => {
    const { id } = await create();
    await expect(revokeToken(acme.app, { organization: 'globex', id })).rejects.toMatchObject({ status: 404 });
  });

  it('is refused from the moment on at which it expires, however well it is known', async () => {
    const { token, validUntil } = await create({ validUntil: '2026-03-02T10:00:30+01:00' });
    expect(validUntil).toBe('2026-03-02T09:00:30.000Z');
    acme.app.clock.advance(29_999);
    await authenticate(token);
    acme.app.clock.advance(1);
    await expect(authenticate(token)).rejects.toMatchObject({
      status: 401,
      message: expect.stringContaining('expired'),
    });
  });

  it.each([
    [undefined],
    [''],
    ['Bearer'],
    ['Bearer '],
    ['Basic YTpi'],
    ['Bearer a b'],
    ['Bearer sntrys_e30=_short'],
    [`Bearer ${'F'.repeat(64)}`],
    [`Bearer ${'x'.repeat(100_000)}`],
  ])('is not %j, which is refused without a read', async (header) => {
    await expect(authenticateToken(acme.app, header)).rejects.toMatchObject({ status: 401 });
    expect(reads).toBe(0);
  });

  it('that is unknown is refused, and works as soon as it is made', async () => {
    await expect(authenticate('0'.repeat(64))).rejects.toMatchObject({ status: 401 });
    expect(reads).toBe(1);
  });

  it('of a person is worth nothing after they left', async () => {
    const caller = await authenticate((await create({ kind: 'personal', email: people.mia })).token);
    await requireMembership(acme.app, caller);
    await acme.app.table.write([{ delete: { pk: 'ORG#acme', sk: `MEMBER#${caller.userId}` } }]);
    await expect(requireMembership(acme.app, caller)).rejects.toMatchObject({ status: 401 });
    await expect(describeCaller(acme.app, caller)).rejects.toMatchObject({ status: 401 });
  });
});

describe('a scope', () => {
  const caller = {
    kind: 'organization',
    organization: 'acme',
    scopes: ['org:ci'],
    tokenId: '1',
    tokenHash: 'x',
  } as const;

  it('is enough when it is one of those asked for', () => {
    expect(() => requireScope(caller, 'acme', ['project:write', 'org:ci'])).not.toThrow();
  });

  it.each([
    ['acme', ['project:write']],
    ['globex', ['org:ci']],
    ['', ['org:ci']],
  ] as const)('is missing in %s for %j', (organization, anyOf) => {
    expect(() => requireScope(caller, organization, anyOf)).toThrow(expect.objectContaining({ status: 403 }));
  });
});
