import { describe, expect, it } from 'vitest';
import { createTestApp } from '../../tests/support/test-app.ts';
import { type Lookup, lookUp } from './lookup.ts';

const sizeOf = (sk: string): Lookup<unknown> => ({
  keys: [{ pk: 'P', sk }],
  read: (itemAt) => itemAt({ pk: 'P', sk })?.['size'],
});

describe('looking up', () => {
  it('answers several questions with one read', async () => {
    const { table } = await createTestApp();
    await table.write([{ put: { pk: 'P', sk: '1', size: 3 } }, { put: { pk: 'P', sk: '2', size: 4 } }]);
    let reads = 0;
    const counting: typeof table = {
      ...table,
      batchGet(keys, options) {
        reads += 1;
        return table.batchGet(keys, options);
      },
    };
    const nothing: Lookup<string> = { keys: [], read: () => 'fixed' };
    expect(await lookUp(counting, [sizeOf('1'), nothing, sizeOf('2'), sizeOf('1'), sizeOf('9')])).toEqual([
      3,
      'fixed',
      4,
      3,
      undefined,
    ]);
    expect(reads).toBe(1);
    expect(await lookUp(table, [nothing])).toEqual(['fixed']);
  });
});
