import { beforeEach, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../tests/support/test-app.ts';
import type { Table } from '../platform/table.ts';
import { replaceIdentity } from './identity-store.ts';
import { loadOutgoing } from './outgoing-message-store.ts';
import { deployMessage } from './release-message.ts';
import { type FactToTell, storePersonalMessages } from './store-personal-messages.ts';
import { addWorkspace } from './workspaces.ts';

const people = 230;
const strangers = ['nobody', 'elsewhere'];
const deploy: FactToTell = {
  organization: 'acme',
  fact: 'deploy:7',
  userIds: [...Array.from({ length: people }, (_, index) => `u${index}`), ...strangers],
  message: deployMessage({ version: '1.0', environment: 'prod', projects: [], link: 'https://postflow.example/' }),
};

let app: TestApp & { readonly tokenEncryptionKey: string };
beforeEach(async () => {
  app = { ...(await createTestApp()), tokenEncryptionKey: 'a key for sealing tokens' };
  for (const teamId of ['T0ACME001', 'T0ACME002']) {
    await addWorkspace(app, { organization: 'acme', teamId, name: teamId, botUserId: 'U0BOT', botToken: 'xoxb' });
  }
  const linked = deploy.userIds.slice(0, people).map((userId) => [userId, 'T0ACME002'] as const);
  for (const [userId, teamId] of [...linked, ['u0', 'T0ACME001'], ['elsewhere', 'T0OTHER01']] as const) {
    await app.table.write(replaceIdentity(identity(userId, teamId), { identity: undefined, account: undefined }));
  }
});

function identity(userId: string, teamId: string) {
  const linkedAt = '2026-03-02T09:00:00.000Z';
  return { teamId, slackUserId: `S${userId}`, userId, email: 'a@acme.example', memberships: [], linkedAt };
}

/** The app, counting what it asks of the table; the write after so many fails. */
function counting(mostWrites = Number.POSITIVE_INFINITY) {
  const counts = { reads: 0, writes: 0, atOnce: 0 };
  let underWay = 0;
  const count = <Call extends (...args: never[]) => unknown>(call: Call) =>
    ((...args) => {
      counts.reads += 1;
      return call(...args);
    }) as Call;
  const write: Table['write'] = async (steps) => {
    counts.writes += 1;
    if (counts.writes > mostWrites) throw new Error('the process died');
    underWay += 1;
    counts.atOnce = Math.max(counts.atOnce, underWay);
    await app.table.write(steps);
    underWay -= 1;
  };
  const { batchGet, query, queryAll, get } = app.table;
  const reads = { batchGet: count(batchGet), query: count(query), queryAll: count(queryAll), get: count(get) };
  return { counts, app: { ...app, table: { ...app.table, ...reads, write } } };
}

it('many people are asked for by the hundred, and their messages are stored side by side', async () => {
  const first = counting();
  const ids = await storePersonalMessages(first.app, deploy);
  expect(ids).toHaveLength(people);
  expect(first.counts.writes).toBe(people);
  expect(first.counts.reads).toBeLessThan(12);
  expect(first.counts.atOnce).toBeGreaterThan(4);
  expect(await loadOutgoing(app, 'deploy:7:u0'), 'known in two workspaces').toMatchObject({ teamId: 'T0ACME001' });
  expect(await loadOutgoing(app, 'deploy:7:u1')).toMatchObject({
    teamId: 'T0ACME002',
    content: { text: deploy.message.text },
  });
});

it('who has a message already is passed over when it is done again', async () => {
  await expect(storePersonalMessages(counting(150).app, deploy)).rejects.toThrow('the process died');
  const again = counting();
  expect(await storePersonalMessages(again.app, deploy)).toHaveLength(people);
  expect(again.counts.writes).toBe(people - 150);
  const after = counting();
  await storePersonalMessages(after.app, deploy);
  expect(after.counts.writes).toBe(0);
});
