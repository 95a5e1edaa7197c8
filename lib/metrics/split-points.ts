import type { MetricPoint } from './metric-point.ts';
import { toWirePoint, type WirePoint } from './point-message.ts';

/** What one message holds at most. Running totals change an item each, in the transaction that records the message. */
export const messageLimits = { bytes: 200_000, points: 2_000, runningTotals: 60 } as const;

/** The name of the message, its project and what stands around its points. */
const frameBytes = 1_000;
/** Values or members of one point that travel together; more of them are as many points of the same series and time. */
const valuesTogether = 2_000;

/** Puts points, in their order, into as few messages as the limits allow; one point with very many values becomes several. */
export function splitPoints(points: Iterable<MetricPoint>): WirePoint[][] {
  const messages: WirePoint[][] = [];
  let [bytes, runningTotals] = [0, 0];
  for (const whole of points) {
    for (const point of partsOf(whole)) {
      const wire = toWirePoint(point);
      const size = Buffer.byteLength(JSON.stringify(wire)) + 1;
      const isTotal = 'cumulative' in point.sample;
      const message = messages.at(-1);
      const fits =
        message !== undefined &&
        message.length < messageLimits.points &&
        bytes + size <= messageLimits.bytes - frameBytes &&
        !(isTotal && runningTotals === messageLimits.runningTotals);
      if (fits) message.push(wire);
      else {
        messages.push([wire]);
        [bytes, runningTotals] = [0, 0];
      }
      bytes += size;
      runningTotals += Number(isTotal);
    }
  }
  return messages;
}

function partsOf(point: MetricPoint): MetricPoint[] {
  const { sample } = point;
  if ('values' in sample && sample.values.length > valuesTogether) {
    return parts(sample.values, valuesTogether).map((values) => ({ ...point, sample: { ...sample, values } }));
  }
  if (sample.type === 's' && JSON.stringify(sample.members).length > valuesTogether) {
    // Members have 200 characters at most, which are 600 bytes.
    return parts(sample.members, 100).map((members) => ({ ...point, sample: { ...sample, members } }));
  }
  return [point];
}

function parts<Value>(values: readonly Value[], size: number): Value[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}
