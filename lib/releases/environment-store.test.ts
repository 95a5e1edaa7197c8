import { expect, it } from 'vitest';
import { createTestApp } from '../../tests/support/test-app.ts';
import { environmentWrite, readEnvironments } from './environment-store.ts';

it('tells which environments an organization has, whatever is asked for', async () => {
  const { table } = await createTestApp();
  for (const name of ['prod', 'a b', '🚀'.repeat(64)]) {
    await table.write([environmentWrite('acme', name, '2026-03-02T09:00:00.000Z')]);
  }
  const asked = ['prod', 'prod', 'a b', '🚀'.repeat(64), '', 'staging', '\ud800', 'x'.repeat(5_000)];
  expect(await readEnvironments(table, 'acme', asked)).toEqual(new Set(['prod', 'a b', '🚀'.repeat(64)]));
  expect(await readEnvironments(table, 'other', ['prod'])).toEqual(new Set());
  expect(await readEnvironments(table, 'acme', [])).toEqual(new Set());
});
