import { describe, expect, inject, it } from 'vitest';
import { closed, counters, fired, incident, quiet, rule, steps } from './alerts/told-steps.fixture.ts';
import { runCase } from './run-case.ts';

// What we do where the cases record a defect of the other system, or what we decided otherwise, told as cases of our own.

const engines = { dynamoDbEndpoint: inject('dynamoDbEndpoint'), upstash: inject('upstash') };

type Told = readonly [fact: string, told: { given: object; when: object; then: object }];

describe('an alert', () => {
  it.each<Told>([
    [
      'neither opens nor closes inside the margin (alerts-051)',
      {
        given: { rule },
        when: { updates: [{ timestamp: 100_000, value: 100.000_000_5 }] },
        then: { steps: [quiet], incidents: [] },
      },
    ],
    [
      'is limited for ten minutes and not again a day later (alerts-056)',
      {
        given: { rule },
        when: {
          updates: [
            { timestamp: 100_000, value: 101 },
            { timestamp: 100_060, value: 9 },
            { timestamp: 186_700, value: 101 },
          ],
        },
        then: {
          steps: [fired, closed, { ...fired, active_incident: { number: 2, status: 'critical' } }],
          incidents: [
            incident,
            {
              number: 2,
              status: 'critical',
              date_started: 186_640,
              date_detected: 186_700,
              date_closed: null,
              activities: steps,
            },
          ],
        },
      },
    ],
    [
      'begins to count anew after an update without anything to compare with',
      {
        given: { rule: { ...rule, threshold_period: 2, comparison_delta_s: 3_600 } },
        when: {
          updates: [
            { timestamp: 100_000, value: 5, comparison_value: 1 },
            { timestamp: 100_060, value: 5, comparison_value: 0 },
          ],
        },
        then: {
          steps: [
            { ...quiet, counters: counters('threshold{type=alert}'), alert_counts: { critical: 1 } },
            {
              ...quiet,
              counters: counters(
                'skipping_update_comparison_value_invalid',
                'skipping_update_invalid_aggregation_value',
              ),
              skipped: 'invalid_value',
            },
          ],
          incidents: [],
        },
      },
    ],
    [
      'is told with a want of data where the rule says so',
      {
        given: { rule: { ...rule, no_data: 'alert' } },
        when: { updates: [{ timestamp: 100_000, value: null }] },
        then: {
          steps: [
            { ...fired, notifications: [{ action: 'c1', method: 'fire', new_status: 'critical', metric_value: null }] },
          ],
          incidents: [{ ...incident, status: 'critical', date_closed: null, activities: steps }],
        },
      },
    ],
  ])('%s', async (_, told) => {
    const { report, ...result } = await runCase({ id: 'ours', area: 'alert-processor', ...told }, engines);
    expect(result, report).toEqual({ id: 'ours', passed: true });
  });
});
