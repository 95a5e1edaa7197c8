import { decodeOtlp } from '../../lib/metrics/otlp/otlp-codec.ts';
import { readOtlp } from '../../lib/metrics/otlp/read-otlp.ts';

/** When points of these tests were measured, but for half a second. */
export const measuredAt = 1_772_442_000;

/** The times of a point: what it counts began a minute before. */
export const pointTimes = {
  startTimeUnixNano: `${measuredAt - 60}000000000`,
  timeUnixNano: `${measuredAt}500000000`,
};

/** What is read of these metrics; `attributes` are said of the resource. */
export function readMetrics(
  metrics: readonly object[],
  attributes: readonly object[] = [],
  scope: object = { name: 'shop' },
) {
  const request = { resourceMetrics: [{ resource: { attributes }, scopeMetrics: [{ scope, metrics }] }] };
  const { points, refused } = readOtlp(decodeOtlp(Buffer.from(JSON.stringify(request)), 'json'));
  return { points, refused: Object.fromEntries(refused), samples: points.map(({ sample }) => sample) };
}
