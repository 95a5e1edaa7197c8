import { beforeEach, describe, expect, it } from 'vitest';
import { createFoldingApp, type FoldingTestApp, messageOf, pointOf } from '../../../tests/support/folding-app.ts';
import { aRule } from '../../../tests/support/telling.ts';
import { foldMessages } from '../../metrics/index.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import { readDigest } from './read-digest.ts';

const errors = 'c:custom/errors@none';
const sessions = 'c:sessions/session@none';
const [hour, day] = [3_600, 86_400];

let app: FoldingTestApp;
/** The beginning, in seconds; and an end three days later. */
let start: number;
let untilMs: number;
beforeEach(async () => {
  app = await createFoldingApp();
  start = Math.floor(app.clock.now() / 1_000 / hour) * hour;
  untilMs = (start + 3 * day) * 1_000;
  const count = (at: number, increment: number) => pointOf(errors, { type: 'c', increment }, { at });
  const session = (at: number, status: string, increment: number) =>
    pointOf(sessions, { type: 'c', increment }, { at, tags: { 'session.status': status } });
  const first = [
    ...[count(start + 60, 5), count(start + hour + 60, 7)],
    ...[session(start + 60, 'init', 10), session(start + 60, 'crashed', 1), session(start + 2 * hour, 'init', 10)],
  ];
  const last = [count(start + 70 * hour, 2), count(start + 72 * hour - 60, 3)];
  app.clock.advance(3 * day * 1_000);
  await foldMessages(app, [
    { ...messageOf(1, first), projectId: '1', receivedAtSeconds: start + 3 * hour },
    { ...messageOf(2, last), projectId: '1', receivedAtSeconds: start + 3 * day },
  ]);
});

async function read(changes: Partial<AlertRule>, periodSeconds = 3 * day, until = untilMs) {
  const rule = aRule({ projectId: '1', aggregate: `sum(${errors})`, windowSeconds: hour, ...changes });
  const found = (await readDigest(app, [rule], { untilMs: until, periodSeconds })).get(rule.id);
  if (found === undefined) throw new TypeError('It was not read.');
  const points = new Map(found.points.map(([timeMs, value]) => [timeMs / 1_000 - start, value]));
  return { ...found, points };
}

describe('the numbers of a digest', () => {
  it('are those of each step, at its end, with a zero where nothing was counted', async () => {
    const { points, whole, now, intervalSeconds, isComparable } = await read({});
    expect({ whole, now, intervalSeconds, isComparable }).toEqual({
      ...{ whole: 17, now: 3, intervalSeconds: hour, isComparable: true },
    });
    expect(points.size).toBe(72);
    expect([1, 2, 3, 71, 72].map((hours) => points.get(hours * hour))).toEqual([5, 7, 0, 2, 3]);
  });

  it('have no thresholds where a step is longer than what the rule looks at, and its last window is its own', async () => {
    const { intervalSeconds, isComparable, now } = await read({ windowSeconds: 300 });
    expect({ intervalSeconds, isComparable, now }).toEqual({ intervalSeconds: hour, isComparable: false, now: 3 });
  });

  it('of a share are the share of each step, with gaps where there was nothing', async () => {
    const aggregate = 'percentage(sessions_crashed, sessions)';
    const { points, whole, now, isComparable } = await read({ aggregate, windowSeconds: 30 * 60 });
    expect({ whole, now, isComparable }).toEqual({ whole: 95, now: null, isComparable: true });
    expect([1, 2, 3].map((hours) => points.get(hours * hour))).toEqual([90, null, 100]);
  });

  it('of a comparison are the values themselves, and only now is compared', async () => {
    const { points, now, isComparable } = await read({ comparisonSeconds: 71 * hour });
    expect(now).toBe(60);
    expect([points.get(hour), isComparable]).toEqual([5, false]);
  });

  it('of a day are read minute by minute, and of a quarter day by day', async () => {
    expect((await read({ windowSeconds: 300 }, day)).intervalSeconds).toBe(300);
    const quarter = await read({}, 90 * day);
    expect(quarter.intervalSeconds).toBe(day);
    expect(quarter.untilMs % 86_400_000).toBe(0);
    expect(quarter.points.size).toBe(90);
  });

  it('of a metric that nothing ever sent are none', async () => {
    const { points, whole, now } = await read({ aggregate: 'sum(c:custom/never@none)' });
    expect({ whole, now }).toEqual({ whole: null, now: null });
    expect(new Set(points.values())).toEqual(new Set([null]));
  });

  it('of others are read although one rule’s query makes no sense', async () => {
    const good = aRule({ projectId: '1', id: '8', aggregate: `sum(${errors})`, windowSeconds: hour });
    const bad = { ...good, id: '9', aggregate: 'sum(' };
    const numbers = await readDigest(app, [bad, good], { untilMs, periodSeconds: day });
    expect([...numbers.keys()]).toEqual(['8']);
  });
});
