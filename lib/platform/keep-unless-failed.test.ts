import { expect, it } from 'vitest';
import { keepUnlessFailed } from './keep-unless-failed.ts';

it('what was made is kept, and what failed is made again', async () => {
  let times = 0;
  const made = keepUnlessFailed(async () => {
    times += 1;
    if (times === 1) throw new Error('not yet');
    return times;
  });
  await expect(made()).rejects.toThrow('not yet');
  expect(await Promise.all([made(), made()])).toEqual([2, 2]);
  expect(await made()).toBe(2);
});
