import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme } from '../../tests/support/acme.ts';
import { testStart } from '../../tests/support/test-app.ts';
import type { Table } from '../platform/table.ts';
import { authenticateToken, type Caller, tokenCache } from './authenticate-token.ts';
import { noteTokenUse } from './note-token-use.ts';
import { revokeToken } from './revoke-token.ts';
import { listTokens } from './token-description.ts';

const minuteMs = 60_000;

let acme: Acme;
let app: Acme['app'];
let bearer: string;
let caller: Caller;
let writes: number;

beforeEach(async () => {
  acme = await createAcme();
  writes = 0;
  const table: Table = {
    ...acme.app.table,
    async update(...args) {
      writes += 1;
      return acme.app.table.update(...args);
    },
  };
  app = { ...acme.app, table };
  bearer = `Bearer ${await acme.token(['org:ci'])}`;
  caller = await authenticateToken(app, bearer);
});

async function noted() {
  const [token] = await listTokens(app, { organization: 'acme' });
  return { at: token?.lastUsedAt, project: token?.lastProjectId };
}

describe('the use of a token', () => {
  it('is noted at first, and then every ten minutes', async () => {
    expect(await noted()).toEqual({ at: undefined, project: undefined });
    for (let minute = 0; minute <= 10; minute += 1) {
      caller = await authenticateToken(app, bearer);
      await noteTokenUse(app, caller);
      expect(await noted()).toEqual({
        at: minute < 10 ? testStart : '2026-03-02T09:10:00.000Z',
        project: undefined,
      });
      app.clock.advance(minuteMs);
    }
    expect(writes).toBe(2);
  });

  it('is noted whenever it is for another project', async () => {
    await noteTokenUse(app, caller, { projectId: '1' });
    await noteTokenUse(app, caller, { projectId: '1' });
    expect(writes).toBe(1);
    app.clock.advance(1_000);
    await noteTokenUse(app, caller, { projectId: '2' });
    expect(await noted()).toEqual({ at: '2026-03-02T09:00:01.000Z', project: '2' });
    await noteTokenUse(app, caller);
    expect(await noted()).toMatchObject({ project: '2' });
    expect(writes).toBe(2);
  });

  it('is noted once by processes that do not know of each other', async () => {
    const others = await Promise.all(
      [1, 2, 3].map(async () => {
        const own = { ...app, tokens: tokenCache(app.clock) };
        return { own, known: await authenticateToken(own, bearer) };
      }),
    );
    await noteTokenUse(app, caller, { projectId: '1' });
    app.clock.advance(1_000);
    for (const { own, known } of others) await noteTokenUse(own, known, { projectId: '1' });
    expect(await noted()).toEqual({ at: testStart, project: '1' });
    expect(app.lines).toEqual([]);
  });

  it('keeps no revoked token alive, in the table or in a process', async () => {
    app.clock.advance(30_000);
    await revokeToken(app, { organization: 'acme', id: caller.tokenId });
    await noteTokenUse(app, caller, { projectId: '1' });
    expect(await listTokens(app, { organization: 'acme' })).toEqual([]);
    app.clock.advance(30_000);
    await expect(authenticateToken(app, bearer)).rejects.toMatchObject({ status: 401 });
  });

  it('that cannot be noted harms nobody', async () => {
    const broken = { ...app.table, update: () => Promise.reject(new Error('away')) };
    await noteTokenUse({ ...app, table: broken }, caller);
    expect(app.lines).toMatchObject([{ level: 'warn', fields: { tokenId: caller.tokenId } }]);
  });
});
