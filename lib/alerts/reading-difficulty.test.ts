import { describe, expect, it } from 'vitest';
import { difficultyAfter, isOutOfSight, isTimeToTry, type ReadingDifficulty } from './reading-difficulty.ts';

const at = (time: string) => Date.parse(`2026-03-02T${time}.000Z`);
const tooMuch = { reads: 'nothing', because: 'too-much' } as const;
/** Found at a look three seconds after the end of its window. */
const found = difficultyAfter(undefined, tooMuch, { endMs: at('09:01:00'), nowMs: at('09:01:03') });
const again = difficultyAfter(found, tooMuch, { endMs: at('09:12:00'), nowMs: at('09:12:03') });

describe('a metric that cannot be read', () => {
  it('is so since the first window, however often it is tried', () => {
    expect(found).toMatchObject({ since: '2026-03-02T09:01:00.000Z', foundAt: '2026-03-02T09:01:03.000Z' });
    expect(again).toEqual({ ...found, triedAt: '2026-03-02T09:12:03.000Z' });
  });

  it.each<[fact: string, difficulty: ReadingDifficulty | undefined, now: string, expected: boolean]>([
    ['is read as usual', undefined, '09:12:03', false],
    ['could not be read a moment ago', found, '09:01:03', false],
    ['could not be read until now, and is about to be tried again', found, '09:11:02', false],
    ['could not be read at the second try, ten minutes later', again, '09:12:03', true],
    ['cannot be tried again, because others take all the time', found, '09:12:03', true],
    ['is read in hours', { ...again, reads: 'hours' }, '09:40:00', false],
    [
      'was missed for an hour, and could not be read at the first try',
      { ...found, since: '2026-03-02T08:01:00.000Z' },
      '09:01:03',
      false,
    ],
    [
      'was found by an older version, which kept less',
      { ...tooMuch, since: found.since, triedAt: '-' },
      '09:11:00',
      true,
    ],
  ])('that %s', (_, difficulty, now, expected) => {
    expect(isOutOfSight(difficulty, at(now))).toBe(expected);
  });

  it('is tried again at the same look at which people are told of it', () => {
    for (const now of ['09:11:02', '09:11:03', '09:12:03']) {
      expect(isOutOfSight(found, at(now))).toBe(isTimeToTry(found, at(now)));
    }
  });
});
