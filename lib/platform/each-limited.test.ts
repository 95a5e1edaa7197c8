import { describe, expect, it } from 'vitest';
import { eachLimited } from './each-limited.ts';

describe('doing something for each', () => {
  it('does all of it, never more at a time than allowed', async () => {
    let [running, most] = [0, 0];
    const done: number[] = [];
    await eachLimited([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      done.push(item);
    });
    expect(new Set(done)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7]));
    expect(most).toBe(3);
  });

  it('takes nothing more after a failure, and tells it when all that runs has ended', async () => {
    const [begun, ended]: [number[], number[]] = [[], []];
    const work = eachLimited([1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      await Promise.resolve();
      if (item === 1) throw new Error('one');
      await Promise.resolve();
      ended.push(item);
    });
    await expect(work).rejects.toThrow('one');
    expect(begun).toEqual([1, 2]);
    expect(ended).toEqual([2]);
  });
});
