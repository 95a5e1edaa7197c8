import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeTrigger, type TriggerTerms, untouchedTrigger } from './judge-trigger.ts';

const above: TriggerTerms = { thresholdType: 'above', threshold: 10, resolveThreshold: null, thresholdPeriod: 1 };
const below: TriggerTerms = { ...above, thresholdType: 'below' };

/** What each value of a series changes. */
function changes(terms: TriggerTerms, values: readonly number[]): (string | undefined)[] {
  let state = untouchedTrigger;
  return values.map((value) => {
    const judgement = judgeTrigger(terms, state, value);
    state = judgement.state;
    return judgement.change;
  });
}

describe('a trigger', () => {
  it.each([
    ['fires strictly above its threshold', above, [9, 10, 11], [undefined, undefined, 'fire']],
    ['fires strictly below its threshold', below, [11, 10, 9], [undefined, undefined, 'fire']],
    ['fires once', above, [11, 12, 13], ['fire', undefined, undefined]],
    ['resolves back at its threshold', above, [11, 10], ['fire', 'resolve']],
    ['resolves back at its threshold from below', below, [9, 10], ['fire', 'resolve']],
    ['fires again after it has resolved', above, [11, 0, 11], ['fire', 'resolve', 'fire']],
    ['stays as it is within the margin', above, [10.000_000_5, 11, 10.000_000_5], [undefined, 'fire', undefined]],
    [
      'resolves strictly below a threshold of its own',
      { ...above, resolveThreshold: 5 },
      [11, 7, 5, 4],
      ['fire', undefined, undefined, 'resolve'],
    ],
    [
      'resolves strictly above a threshold of its own',
      { ...below, resolveThreshold: 15 },
      [9, 12, 15, 16],
      ['fire', undefined, undefined, 'resolve'],
    ],
    ['has no margin beside a threshold of its own', { ...above, resolveThreshold: 5 }, [10.000_000_5], ['fire']],
    [
      'waits for so many breaches in a row',
      { ...above, thresholdPeriod: 3 },
      [11, 11, 9, 11, 11, 11],
      [undefined, undefined, undefined, undefined, undefined, 'fire'],
    ],
    [
      'waits for so many resolving values in a row',
      { ...above, thresholdPeriod: 2 },
      [11, 11, 9, 11, 9, 9],
      [undefined, 'fire', undefined, undefined, undefined, 'resolve'],
    ],
    ['may have a threshold of zero', { ...above, threshold: 0 }, [0, 1, 0], [undefined, 'fire', 'resolve']],
  ])('%s', (_, terms, values, expected) => {
    expect(changes(terms, values)).toEqual(expected);
  });

  it('counts what leads to a change', () => {
    const patient = { ...above, thresholdPeriod: 2 };
    expect(judgeTrigger(patient, untouchedTrigger, 11)).toEqual({
      state: { active: false, alertCount: 1, resolveCount: 0 },
      change: undefined,
      counted: 'alert',
    });
    expect(judgeTrigger(patient, { ...untouchedTrigger, active: true }, 9)).toEqual({
      state: { active: true, alertCount: 0, resolveCount: 1 },
      change: undefined,
      counted: 'resolve',
    });
  });

  it('fires and resolves in turns, whatever the values are', () => {
    const terms = fc.record({
      thresholdType: fc.constantFrom('above' as const, 'below' as const),
      threshold: fc.integer({ min: -3, max: 3 }),
      resolveThreshold: fc.option(fc.integer({ min: -3, max: 3 })),
      thresholdPeriod: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(terms, fc.array(fc.integer({ min: -5, max: 5 })), (given, values) => {
        const made = changes(given, values).filter((change) => change !== undefined);
        expect(made).toEqual(made.map((_, index) => (index % 2 === 0 ? 'fire' : 'resolve')));
      }),
    );
  });
});
