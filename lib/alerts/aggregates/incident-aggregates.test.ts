import { beforeAll, describe, expect, it } from 'vitest';
import {
  createFoldingApp,
  type FoldingTestApp,
  messageOf,
  nowSeconds,
  pointOf,
} from '../../../tests/support/folding-app.ts';
import { aRule } from '../../../tests/support/telling.ts';
import { foldMessages } from '../../metrics/index.ts';
import { isoTime } from '../../platform/clock.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import { type IncidentActivity, insertActivity } from '../incident-activity-store.ts';
import type { Incident } from '../incident-store.ts';
import { calculateIncidentTimeRange } from './calculate-incident-time-range.ts';
import { currentValue } from './current-value.ts';
import { getIncidentAggregates } from './get-incident-aggregates.ts';
import { getMetricCountFromIncident } from './get-metric-count-from-incident.ts';

const minute = 60_000;
const day = 86_400_000;
/** When the clock of the tests stands. */
const nowMs = nowSeconds * 1_000;

/** So many errors in each of the last minutes, the newest last. */
const errors = [1, 2, 4, 8, 16, 32, 64, 128];
let app: FoldingTestApp;
beforeAll(async () => {
  app = await createFoldingApp();
  const at = (index: number) => nowSeconds - 60 * (errors.length - index);
  const points = errors.flatMap((value, index) => [
    pointOf('c:custom/errors@none', { type: 'c', increment: value }, { at: at(index), tags: { environment: 'prod' } }),
    ...['init', 'init', ...(index > 5 ? ['crashed'] : [])].map((status) =>
      pointOf(
        'c:sessions/session@none',
        { type: 'c', increment: 1 },
        { at: at(index), tags: { 'session.status': status } },
      ),
    ),
  ]);
  await foldMessages(app, [messageOf(1, points)]);
});

const rule = (changes: Partial<AlertRule> = {}): AlertRule =>
  aRule({ projectId: '7', aggregate: 'sum(c:custom/errors@none)', windowSeconds: 120, ...changes });

/** An incident that began so many minutes ago. */
function incident(beganMinutesAgo: number, endedMinutesAgo?: number): Incident {
  const startedAt = isoTime(nowMs - beganMinutesAgo * minute);
  const closedAt = endedMinutesAgo === undefined ? null : isoTime(nowMs - endedMinutesAgo * minute);
  return {
    ...{ organization: 'acme', identifier: 1, ruleId: '7', projectId: '7', status: closedAt ? 'closed' : 'critical' },
    ...{ startedAt, closedAt, detectedAt: startedAt, createdAt: startedAt },
  };
}

describe('the aggregates of an incident', () => {
  it.each<[string, Partial<AlertRule>, Incident, object, number | null]>([
    ['cover a window before it too', {}, incident(2), {}, 16 + 32 + 64 + 128],
    ['end a window after it', {}, incident(6, 5), {}, 1 + 2 + 4 + 8 + 16],
    [
      'are those of the time that is named',
      {},
      incident(2),
      { startMs: nowMs - 3 * minute, endMs: nowMs - minute },
      96,
    ],
    ['of windowed statistics reach far back', {}, incident(2), { windowedStats: true }, 255],
    ['keep to the filters of the rule', { environment: 'stage' }, incident(2), {}, null],
    ['are what the rule compares', { comparisonSeconds: 240 }, incident(2), {}, (240 / 15) * 100],
    ['are per cent without a crash', { aggregate: 'percentage(sessions_crashed, sessions)' }, incident(2), {}, 75],
    [
      'are none where nothing is kept any more',
      {},
      { ...incident(0), startedAt: '2020-01-01T00:00:00.000Z', closedAt: '2020-01-02T00:00:00.000Z' },
      {},
      null,
    ],
    ['of months are those of whole hours', {}, { ...incident(0), startedAt: isoTime(nowMs - 45 * day) }, {}, 255],
  ])('%s', async (_, terms, about, wanted, count) => {
    expect(await getIncidentAggregates(app, { rule: rule(terms), incident: about, ...wanted })).toEqual({ count });
  });
});

describe('the value that an incident is about', () => {
  const value = () => getMetricCountFromIncident(app, { rule: rule({ graceSeconds: 15 }), incident: incident(2) });
  const activity = (number: number, changes: Partial<IncidentActivity>) =>
    app.table.write([
      insertActivity({
        ...{ organization: 'acme', identifier: 1, number, type: 'status_change', at: isoTime(nowMs) },
        ...changes,
      }),
    ]);

  it('is that of the window that changed it last, whatever people and endings did since', async () => {
    expect(await value()).toBe(240);
    await activity(1, { type: 'created' });
    await activity(2, { at: isoTime(nowMs - 3 * minute + 17_000) });
    expect(await value()).toBe(8 + 16);
    await activity(3, { at: isoTime(nowMs - minute + 20_000) });
    await activity(4, { actor: 'user-1' });
    await activity(5, { because: 'rule-updated' });
    expect(await value()).toBe(32 + 64);
  });
});

describe('the value of a rule at this moment', () => {
  it.each<[Partial<AlertRule>, number | null]>([
    [{}, 192],
    [{ windowSeconds: 7_200 }, 255],
    [{ environment: 'stage' }, null],
    [{ aggregate: 'count()' }, null],
  ])('with %o is %o', async (terms, expected) => {
    expect(await currentValue(app, rule(terms))).toBe(expected);
  });
});

describe('the time of an incident', () => {
  it.each<[string, Partial<Parameters<typeof calculateIncidentTimeRange>[1]>, number, number]>([
    ['is named', { startMs: nowMs - 9 * minute, endMs: nowMs - minute }, -9, -1],
    ['is kept for so long', { retentionSeconds: 300 }, -5, 2],
    [
      'collapses where nothing is kept',
      { startMs: nowMs - 9 * minute, endMs: nowMs - 8 * minute, retentionSeconds: 300 },
      -5,
      -5,
    ],
  ])('%s', (_, terms, start, end) => {
    const range = calculateIncidentTimeRange(incident(10), { windowSeconds: 120, nowMs, ...terms });
    expect(range).toEqual({ startMs: nowMs + start * minute, endMs: nowMs + end * minute });
  });
});
