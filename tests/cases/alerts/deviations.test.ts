import { describe, expect, inject, it } from 'vitest';
import { runCase } from '../run-case.ts';
import { closed, counters, fired, incident, quiet, rule, steps, tell } from './told-steps.fixture.ts';

// Cases as the other system would tell them: what of them is otherwise on purpose is known by what happens, and nothing else is.

const engines = { dynamoDbEndpoint: inject('dynamoDbEndpoint'), upstash: inject('upstash') };
const both = [
  { label: 'critical', threshold: 100, actions: [{ id: 'c1', target: 'c1' }] },
  { label: 'warning', threshold: 80, actions: [{ id: 'w1', target: 'w1' }] },
];
const compared = { ...rule, comparison_delta_s: 3_600, threshold_period: 2 };
const skip = {
  ...quiet,
  counters: counters('skipping_update_comparison_value_invalid', 'skipping_update_invalid_aggregation_value'),
  skipped: 'invalid_value',
};
const once = { ...quiet, counters: counters('threshold{type=alert}'), alert_counts: { critical: 1 } };
const told = (...names: string[]) => ({ counters: counters(...names) });
const fires = ['threshold{type=alert}', 'trigger{type=fire}'];
const resolves = ['threshold{type=resolve}', 'trigger{type=resolve}'];

type Telling = Parameters<typeof tell>;
const tellAction = (action: string, ...telling: Telling) => tell(...telling).map((one) => ({ ...one, action }));
const tellWarned = (...telling: Telling) => tellAction('w1', ...telling);
const tellBoth = (...telling: Telling) => [...tellWarned(...telling), ...tellAction('c1', ...telling)];

/** Warns below 90, and is critical below 80. */
const twoBelow = {
  ...rule,
  threshold_type: 'below',
  triggers: both.map((one) => ({ ...one, threshold: one.label === 'critical' ? 80 : 90 })),
};
/** It warns at 85, is fine at 95, and at 50 critical at once while its warning is held back. */
const warnedThenCritical = [
  { ...told(...fires), notifications: tellWarned('fire', 'warning', 85) },
  { ...told(...resolves), notifications: tellWarned('resolve', 'closed', 95) },
  {
    ...told(...fires, 'threshold{type=alert}', 'hit_rate_limit'),
    rate_limited: ['warning'],
    notifications: tellBoth('fire', 'critical', 50),
  },
];
/** The first incident, when it only warned. */
const warnedIncident = {
  ...incident,
  date_closed: 100_000,
  activities: [
    ...steps.slice(0, 2),
    { type: 'status_change', from: 'open', to: 'warning' },
    { type: 'status_change', from: 'warning', to: 'closed' },
  ],
};

describe('a case of what the other system does otherwise', () => {
  it.each<[fact: string, why: string | undefined, told: { given: object; when: object; then: object }]>([
    [
      'keeps counts over a skipped update',
      'skipped updates reset the consecutive counters',
      {
        given: { rule: compared },
        when: {
          updates: [
            { timestamp: 100_000, value: 5, comparison_value: 1 },
            { timestamp: 100_060, value: 5, comparison_value: 0 },
            { timestamp: 100_120, value: 5, comparison_value: 1 },
          ],
        },
        then: {
          steps: [
            once,
            { ...skip, alert_counts: { critical: 1 } },
            { ...fired, notifications: tell('fire', 'critical', 500) },
          ],
          incidents: [
            {
              ...incident,
              status: 'critical',
              date_started: 100_000,
              date_detected: 100_120,
              date_closed: null,
              activities: steps,
            },
          ],
        },
      },
    ],
    [
      'does not count on after a skipped update either',
      undefined,
      {
        given: { rule: compared },
        when: {
          updates: [
            { timestamp: 100_000, value: 5, comparison_value: 1 },
            { timestamp: 100_060, value: 5, comparison_value: 0 },
          ],
        },
        then: { steps: [once, { ...skip, alert_counts: { critical: 2 } }], incidents: [] },
      },
    ],
    [
      'takes a want of data for 0',
      'a window without data is judged by the rule for no data, and not as 0',
      {
        given: { rule: { ...rule, threshold_type: 'below', aggregate: 'avg(d:custom/load@second)' } },
        when: { updates: [{ timestamp: 100_000, value: null }] },
        then: { steps: [told(...fires)], incidents: [] },
      },
    ],
    [
      'tells the same status twice',
      'an alert is sent on a change of status only',
      {
        given: { rule: twoBelow },
        when: {
          updates: [
            { timestamp: 100_000, value: 85 },
            { timestamp: 100_060, value: 95 },
            { timestamp: 100_120, value: 50 },
            { timestamp: 100_661, value: 50 },
          ],
        },
        then: {
          steps: [
            ...warnedThenCritical,
            {
              ...told(...fires),
              notifications: tellBoth('fire', 'critical', 50),
            },
          ],
          incidents: [
            warnedIncident,
            {
              ...incident,
              number: 2,
              status: 'critical',
              date_started: 100_060,
              date_detected: 100_120,
              date_closed: null,
              activities: steps,
            },
          ],
        },
      },
    ],
    [
      'limits for ten minutes after a minute and a day',
      'the ten-minute limit uses the real age',
      {
        given: { rule },
        when: {
          updates: [
            { timestamp: 100_000, value: 101 },
            { timestamp: 100_060, value: 9 },
            { timestamp: 186_460, value: 101 },
          ],
        },
        then: {
          steps: [fired, closed, { ...told('threshold{type=alert}', 'hit_rate_limit'), rate_limited: ['critical'] }],
          incidents: [],
        },
      },
    ],
    [
      'ends an incident although another of its triggers fires',
      'an incident does not end while another of its triggers fires',
      {
        given: { rule: twoBelow },
        when: {
          updates: [
            { timestamp: 100_000, value: 85 },
            { timestamp: 100_060, value: 95 },
            { timestamp: 100_120, value: 50 },
            { timestamp: 100_661, value: 85 },
          ],
        },
        then: {
          steps: [
            ...warnedThenCritical,
            {
              ...told(...resolves, ...fires),
              active_incident: { number: 3, status: 'warning' },
              triggers: { warning: 'active' },
              notifications: tellBoth('resolve', 'closed', 85),
            },
          ],
          incidents: [],
        },
      },
    ],
    [
      'takes a clock that goes back for a day that has passed',
      'the ten-minute limit uses the real age',
      {
        given: { rule },
        when: {
          updates: [
            { timestamp: 100_000, value: 101 },
            { timestamp: 100_060, value: 9 },
            { timestamp: 100_120, value: 101, wall: 99_000 },
          ],
        },
        then: { steps: [fired, closed, told(...fires)], incidents: [] },
      },
    ],
    [
      'limits for an hour, which nobody means',
      undefined,
      {
        given: { rule },
        when: {
          updates: [
            { timestamp: 100_000, value: 101 },
            { timestamp: 100_060, value: 9 },
            { timestamp: 103_000, value: 101 },
          ],
        },
        then: {
          steps: [fired, closed, { ...told('threshold{type=alert}', 'hit_rate_limit'), rate_limited: ['critical'] }],
          incidents: [],
        },
      },
    ],
    [
      'tells of the trigger that fires while another resolves',
      'an update that fires and resolves is told as the change of status',
      {
        given: { rule: { ...rule, triggers: both } },
        when: {
          updates: [
            { timestamp: 100_000, value: 90 },
            { timestamp: 100_060, value: 9 },
            { timestamp: 100_120, value: 101 },
            { timestamp: 100_661, value: 99 },
          ],
        },
        then: {
          steps: [
            { ...told(...fires), notifications: tellWarned('fire', 'warning', 90) },
            { ...told(...resolves), notifications: tellWarned('resolve', 'closed', 9) },
            {
              ...told('threshold{type=alert}', 'hit_rate_limit', ...fires),
              rate_limited: ['warning'],
              notifications: tellBoth('fire', 'critical', 101),
            },
            { ...told(...fires, ...resolves), notifications: tellWarned('fire', 'warning', 99) },
          ],
          incidents: [
            warnedIncident,
            {
              ...incident,
              number: 2,
              status: 'warning',
              date_started: 100_060,
              date_detected: 100_120,
              date_closed: null,
              activities: [...steps, { type: 'status_change', from: 'critical', to: 'warning' }],
            },
          ],
        },
      },
    ],
  ])('%s', async (_, why, told) => {
    const { report, ...result } = await runCase({ id: 'theirs', area: 'alert-processor', ...told }, engines);
    expect(result, report).toEqual({
      id: 'theirs',
      passed: why !== undefined,
      ...(why !== undefined && { differsOnPurpose: why }),
    });
  });
});
