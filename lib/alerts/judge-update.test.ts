import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HistoryModel } from './history-model.fixture.ts';
import { type Judged, judgeUpdate, type RuleTerms, type Standing } from './judge-update.ts';
import { settleStanding } from './settle-standing.ts';
import type { Reading } from './weigh-reading.ts';

const above: RuleTerms = {
  thresholdType: 'above',
  resolveThreshold: null,
  thresholdPeriod: 1,
  windowSeconds: 60,
  comparisonSeconds: null,
  noData: 'ok',
  triggers: [{ label: 'critical', threshold: 10 }],
};
const both: RuleTerms = { ...above, triggers: [...above.triggers, { label: 'warning', threshold: 5 }] };
const fresh: Standing = { lastUpdate: null, triggers: {}, incident: null };
const minute = 60_000;
const begin = 1_000_000 * minute;

/** Judges readings a quarter of an hour apart, so that nothing is limited. */
function walk(terms: RuleTerms, readings: readonly (Reading | number | null)[], apartMs = 15 * minute): Judged[] {
  let standing = fresh;
  return readings.map((given, index) => {
    const timestampMs = begin + index * apartMs;
    const reading = typeof given === 'object' && given !== null ? given : ({ kind: 'value', value: given } as const);
    const judged = judgeUpdate(terms, standing, { timestampMs, nowMs: timestampMs, reading });
    standing = judged.standing;
    return judged;
  });
}

const told = (judged: readonly Judged[]) =>
  judged.map(({ telling }) => telling && `${telling.method} ${telling.status} to ${telling.whom}`);
const statuses = (judged: readonly Judged[]) => judged.map(({ standing }) => standing.incident?.status ?? null);

describe('an update', () => {
  it('of a value inside the margin neither opens nor closes', () => {
    expect(statuses(walk(above, [10.000_000_5, 11, 10.000_000_5, 10]))).toEqual([null, 'critical', 'critical', null]);
  });

  it('that is beyond the threshold and beyond the end of the alert at once changes nothing', () => {
    const overlapping = { ...above, triggers: [{ label: 'critical', threshold: 0 } as const], resolveThreshold: 1 };
    expect(statuses(walk(overlapping, [0.5, 1, 0.5, 0]))).toEqual([null, 'critical', 'critical', null]);
  });

  it('is told when the status changes, and only then, to those whom it concerns', () => {
    expect(told(walk(both, [6, 7, 11, 12, 7, 6, 5]))).toEqual([
      'fire warning to warning',
      undefined,
      'fire critical to everybody',
      undefined,
      'resolve warning to everybody',
      undefined,
      'resolve closed to everybody',
    ]);
    expect(told(walk(both, [6, 4]))).toEqual(['fire warning to warning', 'resolve closed to warning']);
  });

  it('that lets the warning fire late, below a critical that goes on, is not told', () => {
    // The warning has fired in the incident before and is limited; the critical has not.
    const readings = [6, 0, 11, 11, 11];
    const judged = walk(both, readings, 4 * minute);
    expect(judged.map(({ limited }) => limited)).toEqual([[], [], ['warning'], [], []]);
    expect(told(judged)).toEqual([
      'fire warning to warning',
      'resolve closed to warning',
      'fire critical to everybody',
      undefined,
      undefined,
    ]);
  });

  it('in which the critical trigger resolves and the warning fires goes on with the incident, as a warning', () => {
    const below: RuleTerms = {
      ...above,
      thresholdType: 'below',
      triggers: [...above.triggers, { label: 'warning', threshold: 20 }],
    };
    // The warning has fired before and is limited while the critical fires.
    const judged = walk(below, [15, 25, 5, 15, 25], 4 * minute);
    expect(judged.map(({ limited }) => limited)).toEqual([[], [], ['warning'], [], []]);
    const [, , opened, turned, over] = judged;
    expect(turned?.changes).toEqual([{ from: 'critical', to: 'warning' }]);
    const { createdAt } = opened?.standing.incident ?? {};
    expect(turned).toMatchObject({
      isNew: false,
      telling: { method: 'resolve', status: 'warning', whom: 'everybody' },
      standing: { incident: { status: 'warning', createdAt, wasCritical: true, worst: 5 } },
    });
    expect(over).toMatchObject({ telling: { method: 'resolve', status: 'closed', whom: 'everybody' } });
  });

  it.each([
    ['exactly ten minutes later is limited', 600_000, ['critical']],
    ['a moment later than that is not', 600_001, []],
    ['a day and five minutes later is not: the age is the real one', 86_700_000, []],
  ])('%s', (_, afterMs, limited) => {
    const [, closed] = walk(above, [11, 0], minute);
    const timestampMs = begin + 2 * minute;
    const again = { timestampMs, nowMs: begin + afterMs, reading: { kind: 'value', value: 11 } as const };
    expect(judgeUpdate(above, closed?.standing ?? fresh, again).limited).toEqual(limited);
  });

  it.each<[RuleTerms['noData'], (string | null)[]]>([
    ['ok', [null, 'critical', null]],
    ['alert', ['critical', 'critical', 'critical']],
    ['keep', [null, 'critical', 'critical']],
  ])('without data means what the rule says: %s', (noData, expected) => {
    const judged = walk({ ...above, noData }, [null, 11, null]);
    expect(statuses(judged)).toEqual(expected);
    expect(judged[0]?.value).toBeNull();
  });

  it('of a count that came to nothing is judged as 0, and told as no data', () => {
    const below = { ...above, thresholdType: 'below' } as const;
    const [judged] = walk(below, [{ kind: 'value', value: null, isCount: true }]);
    expect(judged).toMatchObject({ value: null, standing: { incident: { status: 'critical', worst: 0, last: null } } });
  });

  it('that cannot be judged begins the counting anew, also of a comparison', () => {
    const patient = { ...above, thresholdPeriod: 2, comparisonSeconds: 3_600 };
    const high = { kind: 'value', value: 4, earlier: 2 } as const;
    const judged = walk(patient, [high, { ...high, earlier: 0 }, high, high]);
    expect(statuses(judged)).toEqual([null, null, null, 'critical']);
    expect(judged[1]).toMatchObject({ skipped: 'unusable', standing: { lastUpdate: judged[0]?.standing.lastUpdate } });
  });

  it('keeps the worst value and the last one of an incident', () => {
    const [, , , ended] = walk(above, [11, 14, 12, 3]);
    expect(ended?.ended).toMatchObject({ worst: 14, last: 3, wasCritical: true });
    const below = { ...above, thresholdType: 'below' } as const;
    expect(walk(below, [9, 2, 7]).at(-1)?.standing.incident).toMatchObject({ worst: 2, last: 7 });
    expect(walk({ ...above, noData: 'alert' }, [null]).at(-1)?.standing.incident).toMatchObject({ worst: null });
  });

  it('judges sessions without a crash in per cent, if they are enough', () => {
    const terms: RuleTerms = {
      ...above,
      thresholdType: 'below',
      minimumSessions: 30,
      triggers: [{ label: 'critical', threshold: 99.8 }],
    };
    const judged = walk(terms, [
      { kind: 'sessions', total: 29, crashed: 29 },
      { kind: 'sessions', total: 3_000, crashed: 7 },
    ]);
    expect(judged.map(({ value }) => value)).toEqual([null, 99.767]);
    expect(statuses(judged)).toEqual([null, 'critical']);
  });
});

describe('the share of sessions without a crash', () => {
  it('is never below 0, also where crashes are counted before their sessions', () => {
    const [judged] = walk({ ...above, thresholdType: 'below' }, [{ kind: 'sessions', total: 2, crashed: 3 }]);
    expect(judged).toMatchObject({ value: 0 });
  });
});

describe('a value that could not be kept', () => {
  it.each<[number, number | null]>([
    [1e200, null],
    [-1e101, null],
    [1e100, 1e100],
    [1e-200, 0],
  ])('as %d is told as %s', (value, told) => {
    const [judged] = walk({ ...above, noData: 'ok' }, [value]);
    expect(judged).toMatchObject({ value: told });
    expect(judged?.standing.incident?.worst ?? null).toBe(told === 1e100 ? told : null);
  });

  it('is no share either', () => {
    const compared = { ...above, comparisonSeconds: 3_600 };
    const [judged] = walk(compared, [{ kind: 'value', value: 1e90, earlier: 1e-90 }]);
    expect(judged).toMatchObject({ skipped: 'unusable', standing: { incident: null } });
  });
});

describe('random walks', () => {
  const number = fc.oneof(fc.integer({ min: -2, max: 8 }), fc.constantFrom(3.000_000_5, 2.999_999_5, 5.000_000_9));
  const terms = fc.record({
    thresholdType: fc.constantFrom('above' as const, 'below' as const),
    resolveThreshold: fc.option(fc.integer({ min: 0, max: 6 })),
    thresholdPeriod: fc.integer({ min: 1, max: 3 }),
    windowSeconds: fc.constantFrom(60, 600),
    comparisonSeconds: fc.option(fc.constant(3_600), { freq: 3 }),
    noData: fc.constantFrom('ok' as const, 'alert' as const, 'keep' as const),
    minimumSessions: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
    triggers: fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.option(fc.integer({ min: 1, max: 6 })))
      .map(([critical, warning]) => [
        { label: 'critical' as const, threshold: critical },
        ...(warning === null ? [] : [{ label: 'warning' as const, threshold: warning }]),
      ]),
  });
  const reading = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('value' as const),
        value: fc.option(number, { freq: 8 }),
        earlier: fc.option(fc.integer({ min: 0, max: 4 }), { freq: 8 }),
        isCount: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('sessions' as const),
        total: fc.integer({ min: 0, max: 9 }),
        crashed: fc.integer({ min: 0, max: 9 }),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'refused' as const }) },
  );
  const step = fc.record({
    deed: fc.constantFrom('update', 'update', 'update', 'update', 'update', 'update', 'update', 'settle'),
    passMs: fc.constantFrom(0, minute, minute, 2 * minute, 5 * minute, 86_400_000),
    lateMs: fc.constantFrom(0, 0, 30_000, 5 * minute),
    reading,
  });

  it('lead the machine and a model that only looks back to the same ends', () => {
    fc.assert(
      fc.property(terms, fc.array(step, { maxLength: 40 }), (given, steps) => {
        const model = new HistoryModel(given);
        let standing = fresh;
        let timestampMs = begin;
        for (const { deed, passMs, lateMs, reading: read } of steps) {
          timestampMs += passMs;
          const nowMs = timestampMs + lateMs;
          if (deed === 'settle') {
            model.settle(nowMs);
            if (standing.incident !== null) {
              standing = { ...standing, ...settleStanding(standing, new Date(nowMs).toISOString()) };
            }
            continue;
          }
          const update = { timestampMs, nowMs, reading: read };
          const judged = judgeUpdate(given, standing, update);
          standing = judged.standing;
          expect(shown(judged)).toEqual(model.answer(update));
        }
      }),
      { numRuns: 400 },
    );
  });
});

/** A judgement as the model tells its own. */
function shown({ standing, counters, changes, telling }: Judged) {
  const counts = Object.entries(standing.triggers).map(([label, { alertCount, resolveCount }]) => [
    label,
    alertCount + resolveCount,
  ]);
  return {
    counters,
    status: standing.incident?.status ?? null,
    changes: changes.map(({ from, to }) => `${from} ${to}`),
    told: telling && `${telling.method} ${telling.status} ${telling.whom}`,
    waiting: Object.fromEntries(counts.filter(([, count]) => Number(count) > 0)),
  };
}
