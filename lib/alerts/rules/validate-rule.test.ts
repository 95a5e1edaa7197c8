import { describe, expect, it } from 'vitest';
import { alertRuleBody } from './rule-body.ts';
import { validateRule } from './validate-rule.ts';

const sent = { name: 'Errors', aggregate: 'count()', timeWindow: 60, thresholdType: 0, triggers: triggers(100) };

function triggers(critical: number, warning?: number) {
  return [
    { label: 'critical', alertThreshold: critical },
    ...(warning === undefined ? [] : [{ label: 'warning', alertThreshold: warning }]),
  ];
}

const validate = (changes: object) => validateRule(alertRuleBody.parse({ ...sent, ...changes }));
const crashFree = { aggregate: 'percentage(sessions_crashed, sessions)', thresholdType: 1 };

describe('a rule', () => {
  it.each<[string, object]>([
    ['with one trigger', {}],
    ['with a warning below', { triggers: triggers(100, 50) }],
    ['with both thresholds equal', { triggers: triggers(100, 100) }],
    ['below with the warning above', { thresholdType: 1, triggers: triggers(10, 20) }],
    ['that resolves below', { resolveThreshold: 99 }],
    ['between two whole numbers', { triggers: triggers(0), resolveThreshold: 1 }],
    ['between two whole numbers, below', { thresholdType: 1, triggers: triggers(1), resolveThreshold: 0 }],
    ['that resolves above', { thresholdType: 1, triggers: triggers(99.5), resolveThreshold: 99.6 }],
    ['with less resolving than alerting change', { comparisonDelta: 60, triggers: triggers(20), resolveThreshold: 10 }],
    [
      'with less resolving than alerting decrease',
      { comparisonDelta: 60, thresholdType: 1, triggers: triggers(20, 15), resolveThreshold: 10 },
    ],
    ['about crashes', { ...crashFree, dataset: 'metrics', queryType: 2, triggers: triggers(95) }],
    ['about a metric', { aggregate: 'p95(transaction.duration)', dataset: 'transactions', queryType: 1 }],
    ['about a release', { query: 'release:latest@1.0' }],
    ['about releases', { query: 'release:[latest@1.0, 1.0]' }],
    ['about something else that is called so', { query: 'channel:latest message:"release:latest"' }],
  ])('%s is one', (_, changes) => {
    expect(validate(changes).faults).toEqual({});
  });

  it.each<[string, object, string]>([
    ['without triggers', { triggers: [] }, 'triggers'],
    ['with three', { triggers: [...triggers(3, 2), { label: 'warning', alertThreshold: 1 }] }, 'triggers'],
    ['with a warning alone', { triggers: triggers(2, 1).slice(1) }, 'triggers'],
    ['with two critical ones', { triggers: [...triggers(2), ...triggers(1)] }, 'triggers'],
    ['with a warning beyond critical', { triggers: triggers(50, 100) }, 'triggers'],
    ['below with a warning beyond critical', { thresholdType: 1, triggers: triggers(20, 10) }, 'triggers'],
    ['that resolves beyond its threshold', { resolveThreshold: 102 }, 'resolveThreshold'],
    [
      'that resolves at its threshold of fractions',
      { triggers: triggers(0.5), resolveThreshold: 0.5 },
      'resolveThreshold',
    ],
    ['whose warning is resolved by what alerts', { triggers: triggers(9, 1), resolveThreshold: 5 }, 'resolveThreshold'],
    [
      'with more resolving than alerting decrease',
      { comparisonDelta: 60, thresholdType: 1, triggers: triggers(10), resolveThreshold: 20 },
      'resolveThreshold',
    ],
    ['about crashes in ten minutes', { ...crashFree, timeWindow: 10 }, 'timeWindow'],
    ['about the latest release', { query: 'level:error release:latest' }, 'query'],
    ['about the latest release, in quotation marks', { query: 'release:"latest"' }, 'query'],
    ['about the latest release, in a list', { query: 'release:[latest]' }, 'query'],
    ['about the latest release and others', { query: 'level:error (release:[1.0, "latest"] OR level:fatal)' }, 'query'],
    ['about all but the latest release', { query: '!release:[latest]' }, 'query'],
    ['of crashes, about the latest release', { ...crashFree, query: 'release: latest' }, 'query'],
    [
      'about the latest release, in its aggregate',
      { aggregate: 'sum(c:custom/one@none){release:[latest]} / sum(c:custom/other@none)' },
      'aggregate',
    ],
    ['about crashes of errors', { ...crashFree, queryType: 0 }, 'queryType'],
    ['about nothing that can be read', { aggregate: 'p95(' }, 'aggregate'],
    ['about a metric without a name', { aggregate: 'sum(nothing)' }, 'aggregate'],
    ['about several numbers', { aggregate: 'sum(d:custom/load@none) by (route)' }, 'aggregate'],
    ['with conditions that cannot be read', { query: 'level:' }, 'query'],
    ['about events of transactions', { dataset: 'transactions' }, 'dataset'],
  ])('%s is none, and the field is named', (_, changes, field) => {
    expect(Object.keys(validate(changes).faults)).toEqual([field]);
  });

  it('says where its aggregate and its conditions are wrong', () => {
    expect(validate({ aggregate: 'sum(d:custom/load@none) +' }).faults['aggregate']?.[0]).toMatch(/^Line 1, column 26/);
    expect(validate({ query: 'level:error AND' }).faults['query']?.[0]).toMatch(/^Line 1, column 16/);
  });

  it('about crashes leaves alone what has no data, unless it says otherwise', () => {
    const sessions = { ...crashFree, triggers: triggers(95) };
    expect(validate(sessions).terms.noData).toBe('keep');
    expect(validate({ ...sessions, noData: 'alert' }).terms.noData).toBe('alert');
    expect(validate({}).terms.noData).toBe('ok');
  });

  it.each<[string, object]>([
    ['timeWindow', { timeWindow: 0 }],
    ['timeWindow', { timeWindow: 1_441 }],
    ['timeWindow', { timeWindow: 1.5 }],
    ['thresholdType', { thresholdType: 2 }],
    ['thresholdPeriod', { thresholdPeriod: 0 }],
    ['thresholdPeriod', { thresholdPeriod: 21 }],
    ['comparisonDelta', { comparisonDelta: 128_161 }],
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(257) }],
    ['name', { name: 'two\nlines' }],
    ['description', { description: 'x'.repeat(1_001) }],
    ['noData', { noData: 'panic' }],
    ['gracePeriod', { gracePeriod: 601 }],
    ['minimumSessions', { minimumSessions: -1 }],
    ['threads', { threads: true }],
    ['aggregate', { aggregate: '' }],
    ['resolveThreshold', { resolveThreshold: 'low' }],
  ])('has a %s within its limits', (field, changes) => {
    const { error } = alertRuleBody.safeParse({ ...sent, ...changes });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });

  it('keeps a change in per cent as a share of the earlier value', () => {
    const compared = { comparisonDelta: 60, triggers: triggers(20, 10), resolveThreshold: 5 };
    const kept = (changes: object) => {
      const { triggers: all, resolveThreshold, comparisonSeconds } = validate({ ...compared, ...changes }).terms;
      return [comparisonSeconds, ...all.map(({ threshold }) => threshold), resolveThreshold];
    };
    expect(kept({})).toEqual([3_600, 120, 110, 105]);
    expect(kept({ thresholdType: 1 })).toEqual([3_600, 80, 90, 95]);
    expect(kept({ resolveThreshold: 0 })).toEqual([3_600, 120, 110, 100]);
    expect(kept({ resolveThreshold: null })).toEqual([3_600, 120, 110, null]);
  });

  it.each([
    [1, null, 60],
    [29, null, 60],
    [30, null, 120],
    [60, null, 180],
    [240, null, 300],
    [1_440, null, 900],
    [1, 60, 120],
    [1_440, 60, 1_800],
  ])('of %i minutes, compared with %s minutes earlier, is looked at every %i seconds', (timeWindow, delta, seconds) => {
    expect(validate({ timeWindow, comparisonDelta: delta }).terms.resolutionSeconds).toBe(seconds);
  });

  it.each([
    ['that counts above, over five minutes', { timeWindow: 5 }, 0],
    ['that counts people above, over an hour', { timeWindow: 60, aggregate: 'count_unique(user)' }, 0],
    ['that counts above, over less than five minutes', { timeWindow: 4 }, 15],
    ['that counts below', { timeWindow: 10, thresholdType: 1 }, 15],
    ['of an average', { timeWindow: 60, aggregate: 'avg(transaction.duration)' }, 15],
    ['of a quantile', { timeWindow: 60, aggregate: 'p95(transaction.duration)' }, 15],
    ['of a share', { timeWindow: 60, aggregate: 'sum(c:custom/one@none) / sum(c:custom/other@none)' }, 15],
    ['of crash-free sessions', { timeWindow: 60, aggregate: 'percentage(sessions_crashed, sessions)' }, 15],
    ['that makes no sense', { timeWindow: 60, aggregate: 'sum(' }, 15],
    ['that says so', { timeWindow: 5, gracePeriod: 60 }, 60],
  ])('%s waits for late points', (_, changes, seconds) => {
    expect(validate(changes).terms.graceSeconds).toBe(seconds);
  });
});
