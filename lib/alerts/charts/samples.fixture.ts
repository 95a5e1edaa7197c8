import type { ChartInput, ChartPoint } from './chart-input.ts';
import { thinPoints } from './thin-points.ts';

const hour = 3_600_000;
const minute = 60_000;
const untilMs = Date.parse('2026-03-02T14:20:00Z');

/** Points at even distances, whose values follow from their number. */
function series(hours: number, stepMs: number, value: (index: number, count: number) => number | null): ChartPoint[] {
  const count = (hours * hour) / stepMs;
  return Array.from({ length: count + 1 }, (_, index) => [untilMs - (count - index) * stepMs, value(index, count)]);
}

/** Between 0 and 1, the same for the same number. */
function noise(index: number): number {
  const sine = Math.sin(index * 12.9898 + 4.1) * 43_758.5453;
  return sine - Math.floor(sine);
}

/** A few in ten seconds, and many in one minute of the day. */
function tenSeconds(index: number): number {
  return Math.floor(4 * noise(index)) + (index >= 2_400 && index < 2_406 ? 20 : 0);
}

const base = {
  title: 'Checkout errors',
  subtitle: 'sum(checkout.errors) over 5 minutes',
  unit: 'none',
  untilMs,
  thresholdType: 'above',
  incidents: [],
  marks: [],
} as const;

const day = { ...base, fromMs: untilMs - 24 * hour };

/** What the pictures of the tests show. */
export const samples = {
  plain: {
    ...day,
    title: 'Checkout duration',
    subtitle: 'avg(checkout.duration) over 5 minutes',
    unit: 'millisecond',
    thresholds: [{ kind: 'critical', value: 2_000 }],
    points: series(24, 5 * minute, (index) => 700 + 260 * Math.sin(index / 40) + 160 * noise(index)),
  },
  incident: {
    ...day,
    thresholds: [
      { kind: 'critical', value: 400 },
      { kind: 'warning', value: 250 },
      { kind: 'resolve', value: 100 },
    ],
    points: series(24, 5 * minute, (index) => {
      const outbreak = Math.exp(-(((index - 205) / 14) ** 2)) * 830;
      return Math.round(40 + 22 * Math.sin(index / 30) + 18 * noise(index) + outbreak);
    }),
    incidents: [{ identifier: 42, startMs: untilMs - 8 * hour, endMs: untilMs - 5.2 * hour }],
    marks: [
      { kind: 'release', timeMs: untilMs - 17 * hour, name: 'shop@4.11.2' },
      { kind: 'release', timeMs: untilMs - 9.3 * hour, name: 'shop@4.12.0' },
      { kind: 'deploy', timeMs: untilMs - 8.9 * hour, name: 'production' },
      { kind: 'deploy', timeMs: untilMs - 5.6 * hour, name: 'production' },
    ],
  },
  open: {
    ...base,
    fromMs: untilMs - hour,
    title: 'Payments <b>& refunds</b> of the whole European shop are failing more often than usual',
    subtitle: 'sum(payments.failed) over 1 minute',
    thresholds: [{ kind: 'critical', value: 10 }],
    points: series(1, minute, (index) =>
      index < 18 ? 0 : index > 24 && index < 36 ? null : Math.floor((index - 17) / 2),
    ),
    incidents: [{ identifier: 7, startMs: untilMs - 22 * minute, endMs: null }],
  },
  'no-data': { ...day, thresholds: [{ kind: 'critical', value: 10 }], points: series(24, 5 * minute, () => null) },
  huge: {
    ...day,
    title: 'Bytes sent',
    subtitle: 'sum(bytes.sent) over 1 hour',
    thresholds: [{ kind: 'critical', value: 11_500_000_000_000 }],
    points: series(24, 5 * minute, (index) => 6e12 + 4e12 * Math.sin(index / 25) + 1e12 * noise(index)),
  },
  negative: {
    ...day,
    title: 'Balance of the queue',
    subtitle: 'sum(queue.balance) over 10 minutes',
    thresholdType: 'below',
    thresholds: [
      { kind: 'critical', value: -40 },
      { kind: 'resolve', value: -10 },
    ],
    points: series(24, 5 * minute, (index) => Math.round(30 * Math.sin(index / 33) - 15 + 12 * noise(index))),
    incidents: [{ identifier: 3, startMs: untilMs - 3 * hour, endMs: null }],
  },
  crowded: {
    ...day,
    title: '支払いが失敗しました',
    subtitle: 'sum(payments.failed) over 5 minutes',
    thresholds: [
      { kind: 'critical', value: 30 },
      { kind: 'warning', value: 28 },
      { kind: 'resolve', value: 26 },
    ],
    points: series(24, 5 * minute, (index) => Math.round(20 + 11 * Math.sin(index / 9) + 3 * noise(index))),
    incidents: [],
    marks: Array.from({ length: 30 }, (_, index) => ({
      kind: index % 3 === 0 ? ('release' as const) : ('deploy' as const),
      timeMs: untilMs - index * 47 * minute,
      name: index % 3 === 0 ? `backend@2026.3.${30 - index}+a-very-long-build-name` : 'production',
    })),
  },
  'ten-seconds': {
    ...day,
    thresholds: [{ kind: 'critical', value: 150 }],
    points: thinPoints(
      series(24, minute, (index) => {
        // Five minutes of ten seconds, looked at every minute.
        const first = Math.max(0, (index - 5) * 6);
        return Array.from({ length: 30 }, (_, at) => tenSeconds(first + at)).reduce((sum, value) => sum + value, 0);
      }),
      'above',
    ),
  },
  'one-point': {
    ...day,
    thresholds: [{ kind: 'critical', value: 10 }],
    points: series(24, 5 * minute, (index) => (index === 150 ? 4 : null)),
  },
} satisfies Readonly<Record<string, ChartInput>>;
