import { expect, it } from 'vitest';
import { mapLimited } from './map-limited.ts';

it('works on a few items at a time and keeps their order', async () => {
  let running = 0;
  let most = 0;
  const doubled = await mapLimited([5, 1, 4, 2, 3], 2, async (item) => {
    running += 1;
    most = Math.max(most, running);
    for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
    running -= 1;
    return item * 2;
  });
  expect(doubled).toEqual([10, 2, 8, 4, 6]);
  expect(most).toBe(2);
  expect(await mapLimited([], 2, async () => 1)).toEqual([]);
});

it('fails when one of them fails', async () => {
  await expect(mapLimited([1, 2], 2, (item) => Promise.reject(new Error(`no ${item}`)))).rejects.toThrow('no 1');
});
