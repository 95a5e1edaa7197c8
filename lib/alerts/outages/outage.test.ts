import { describe, expect, it } from 'vitest';
import type { ReadingDifficulty } from '../reading-difficulty.ts';
import { newsOfOutage, type Outage, outageAfter } from './outage.ts';

const at = (time: string) => `2026-03-02T${time}:00.000Z`;
const now = at('09:30');

const blind = (foundAt: string): ReadingDifficulty => ({
  ...{ reads: 'nothing', because: 'too-much', since: at(foundAt), foundAt: at(foundAt), triedAt: at(foundAt) },
});
const hours: ReadingDifficulty = { ...blind('09:00'), reads: 'hours' };
const long = blind('09:20');
const short = blind('09:21');
/** People were told of revision 1 of the rule. */
const told: Outage = { since: at('09:00'), ruleRevision: 1, told: [] };
const readAgain: Outage = { ...told, until: at('09:20') };
const snooze = (until: string | null) => ({ until, by: 'u-1', at: at('08:00') });

describe('what people are to hear of whether a rule can be read', () => {
  it.each<
    [fact: string, ReadingDifficulty | undefined, Outage | undefined, rule: object, ReturnType<typeof newsOfOutage>]
  >([
    ['nothing, while it is read as usual', undefined, undefined, {}, undefined],
    ['nothing, while it is read in hours', hours, undefined, {}, undefined],
    ['nothing for the first ten minutes', short, undefined, {}, undefined],
    ['that it cannot be read, after ten minutes', long, undefined, {}, 'begun'],
    ['nothing again, once they were told', long, told, {}, undefined],
    ['that it can be read again', undefined, readAgain, {}, 'over'],
    ['that it can be read again, in hours', hours, readAgain, {}, 'over'],
    ['nothing of its end before an hour was read', hours, told, {}, undefined],
    [
      'that it cannot be read by its new terms either, who are named by them only',
      long,
      told,
      { revision: 2 },
      'begun',
    ],
    ['nothing in the first ten minutes of its new terms', short, told, { revision: 2 }, undefined],
    ['that it can be read by its new terms', undefined, readAgain, { revision: 2 }, 'over'],
    ['nothing of its beginning while it is snoozed', long, undefined, { snooze: snooze(null) }, undefined],
    ['nothing of its end while it is snoozed', undefined, readAgain, { snooze: snooze(at('09:31')) }, undefined],
    ['of its beginning, when the snooze is over', long, undefined, { snooze: snooze(at('09:30')) }, 'begun'],
    ['of its end, when the snooze is over', undefined, readAgain, { snooze: snooze(at('09:30')) }, 'over'],
  ])('is %s', (_, difficulty, outage, rule, expected) => {
    const sight = { rule: { revision: 1, snooze: null, ...rule }, difficulty, outage };
    expect(newsOfOutage(sight, Date.parse(now))).toBe(expected);
  });
});

describe('what is kept of an outage', () => {
  it.each<[fact: string, ReadingDifficulty | undefined, isRead: boolean, before: Outage, Outage]>([
    ['nothing new while it lasts', long, false, told, told],
    ['which window could be read first', undefined, true, told, { ...told, until: now }],
    ['nothing new before the first hour could be read', hours, false, told, told],
    ['the same while nobody hears of it', undefined, true, readAgain, readAgain],
    ['that it lasts, when it began again before anybody heard', short, false, readAgain, told],
  ])('is %s', (_, difficulty, isRead, before, after) => {
    expect(outageAfter(before, { difficulty, endMs: Date.parse(now), isRead })).toEqual(after);
  });
});
