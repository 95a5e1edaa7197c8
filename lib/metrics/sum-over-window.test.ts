import { describe, expect, it } from 'vitest';
import { arrayQueue } from '../../tests/support/array-queue.ts';
import { createFoldingApp, restarted } from '../../tests/support/folding-app.ts';
import { type TestApp, testStart } from '../../tests/support/test-app.ts';
import { UnavailableError } from '../platform/errors.ts';
import { randomText } from '../platform/random-text.ts';
import { foldMessages } from './fold-messages.ts';
import { parsePublicName } from './metric-name.ts';
import type { MetricPoint } from './metric-point.ts';
import { pointMessage, type WireMessage } from './point-message.ts';
import { sendPoints } from './send-points.ts';
import { sumOverWindow } from './sum-over-window.ts';

const project = { organization: 'acme', projectId: '7' };
const now = Date.parse(testStart);
const minute = 60_000;

function point(
  increment: number,
  changes: { secondsAgo?: number; tags?: Record<string, string>; name?: string } = {},
): MetricPoint {
  const metric = parsePublicName(changes.name ?? 'checkout.errors', 'c');
  if (metric === undefined) throw new TypeError('no metric');
  return {
    metric,
    tags: changes.tags ?? {},
    sample: { type: 'c', increment },
    timestamp: now / 1_000 - (changes.secondsAgo ?? 0),
  };
}

/** What a door and the worker behind it need. */
async function createApp(options: { readonly now?: number } = {}) {
  return { ...(await createFoldingApp(options)), randomText, points: arrayQueue<WireMessage>() };
}

/** Sends points as a door does, and counts them as the worker does. */
async function recordPoints(
  app: Awaited<ReturnType<typeof createApp>>,
  input: typeof project & { readonly points: readonly MetricPoint[] },
) {
  const answer = await sendPoints(app, input);
  const messages = app.points.takeAll().map((message) => pointMessage.parse(message));
  expect(await foldMessages(restarted(app), messages)).toEqual(new Map());
  return answer;
}

async function sum(app: TestApp, startMs: number, endMs: number, changes: { name?: string; projectId?: string } = {}) {
  const { metric } = point(0, changes);
  return sumOverWindow(app, { ...project, ...changes, metric, startMs, endMs });
}

describe('the sum over a window', () => {
  it('counts every point once in every window that holds it', async () => {
    const app = await createApp();
    const points = [
      point(1),
      point(2, { secondsAgo: 30 }),
      point(4, { secondsAgo: 3_000 }),
      point(8, { secondsAgo: 80_000 }),
    ];
    expect(await recordPoints(app, { ...project, points })).toEqual({ accepted: 4, refused: new Map() });
    expect(await sum(app, now - minute, now)).toBe(2);
    expect(await sum(app, now, now + minute)).toBe(1);
    expect(await sum(app, now - 60 * minute, now + 10_000)).toBe(7);
    expect(await sum(app, now - 1_440 * minute, now + minute)).toBe(15);
    expect(Object.fromEntries(app.counted)).toEqual({ 'metrics.points.accepted': 4, 'metrics.points.stored': 4 });
  });

  it('tells no data from a sum of zero, one metric from another and one project from another', async () => {
    const app = await createApp();
    await recordPoints(app, { ...project, points: [point(3), point(-3)] });
    expect(await sum(app, now, now + minute)).toBe(0);
    expect(await sum(app, now - minute, now)).toBeNull();
    expect(await sum(app, now, now + minute, { name: 'checkout.error' })).toBeNull();
    expect(await sum(app, now, now + minute, { projectId: '8' })).toBeNull();
  });

  it('adds up all tag sets, in whatever order the tags came', async () => {
    const app = await createApp();
    const points = [
      point(1, { tags: { route: '/a', environment: 'production' } }),
      point(2, { tags: { environment: 'production', route: '/a' } }),
      point(4, { tags: { route: '/b' } }),
      point(8),
    ];
    await recordPoints(app, { ...project, points });
    expect(await sum(app, now, now + minute)).toBe(15);
  });

  it('loses nothing when requests come at the same time', async () => {
    const app = await createApp();
    const requests = Array.from({ length: 20 }, () =>
      recordPoints(app, { ...project, points: [point(1), point(0.1)] }),
    );
    await Promise.all(requests);
    expect(await sum(app, now, now + minute)).toBe(22);
  });

  it('reads a bucket whole in which the window begins, so that windows in a row cover every point', async () => {
    const app = await createApp({ now: now + 47_000 });
    await recordPoints(app, { ...project, points: [point(1, { secondsAgo: -45 })] });
    expect(await sum(app, now + 45_000, now + 105_000)).toBe(1);
    expect(await sum(app, now + 50_000, now + 110_000)).toBeNull();
    expect(await sum(app, now - 13_000, now + 47_000)).toBe(1);
  });

  it('refuses what it does not store, with the reason, and stores the rest', async () => {
    const app = await createApp();
    const points = [
      point(1),
      point(1, { secondsAgo: 86_400 }),
      point(1, { secondsAgo: 86_401 }),
      point(1, { secondsAgo: -60 }),
      point(1, { secondsAgo: -61 }),
      point(1e16),
      point(Number.NaN),
    ];
    const { accepted, refused } = await recordPoints(app, { ...project, points });
    expect(accepted).toBe(3);
    expect([...refused.values()]).toEqual(['too_old', 'in_future', 'value_out_of_range', 'value_out_of_range']);
  });

  it.each([
    [9e15, 9e15, 1.8e16],
    [-9e15, -9e15, -1.8e16],
  ])('goes on counting when a total is beyond what a number holds exactly: %d and %d', async (first, second, total) => {
    const app = await createApp();
    for (const increment of [first, second, 0.5]) {
      const parts = Math.abs(increment) > 1 ? 9_000 : 1;
      await recordPoints(app, { ...project, points: Array(parts).fill(point(increment / parts)) });
    }
    expect(await sum(app, now, now + minute)).toBeCloseTo(total, -2);
    expect(await sum(app, now - 1_439 * minute, now + minute)).toBeCloseTo(total, -2);
  });

  it('does not answer as if it had taken what the queue has not', async () => {
    const app = await createApp();
    const broken = { send: () => Promise.reject(new Error('no such queue')) };
    await expect(sendPoints({ ...app, points: broken }, { ...project, points: [point(1)] })).rejects.toThrow(
      UnavailableError,
    );
    expect(app.counted.size).toBe(0);
  });
});
