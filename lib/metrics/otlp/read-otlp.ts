import { PayloadTooLargeError } from '../../platform/errors.ts';
import { otlpMessages } from '../messages.ts';
import type { MetricType } from '../metric-name.ts';
import type { MetricPoint, RunningTotal, Sample } from '../metric-point.ts';
import { normaliseName } from '../normalise-name.ts';
import { normaliseTags } from '../normalise-tags.ts';
import { RefusalCounter, type RefusalReason, type RefusalTally } from '../refused-points.ts';
import { exponentialSample } from './exponential-samples.ts';
import { histogramSample } from './histogram-samples.ts';
import { gaugeSample, sumSample } from './number-samples.ts';
import { pointTags, resourceTags } from './otlp-attributes.ts';
import { type KeyValue, type Metric, type OtlpRequest, toNumber, type WideNumber } from './otlp-request.ts';
import { senderOf, streamOf } from './stream-of.ts';

/** What one request may hold. Attributes of a resource stand at each of its points, which can make much of little. */
export const otlpLimits = { points: 20_000, characters: 10_000_000 } as const;

/** What is the same for all points of a part of the request. */
interface Source {
  readonly sender: string;
  readonly tags: readonly (readonly [string, string])[];
}

interface AnyPoint {
  readonly attributes: readonly KeyValue[];
  readonly startTimeUnixNano: WideNumber;
  readonly timeUnixNano: WideNumber;
  readonly flags: number;
}

/** The sender has nothing to say of this series any more. */
const noRecordedValue = 1;
const delta = 1;
const cumulative = 2;

/**
 * The points of a request, and why others are not among them.
 * @throws PayloadTooLargeError for more than one request may hold
 */
export function readOtlp(request: OtlpRequest): {
  readonly points: readonly MetricPoint[];
  readonly refused: RefusalTally;
} {
  const read = new ReadPoints();
  for (const resource of request.resourceMetrics) {
    const tags = resourceTags(resource.resource?.attributes ?? []);
    for (const scope of resource.scopeMetrics) {
      const source: Source = { tags, sender: senderOf(resource, scope) };
      for (const metric of scope.metrics) readMetric(read, metric, source);
    }
  }
  return { points: read.points, refused: read.refused.tally };
}

function readMetric(read: ReadPoints, metric: Metric, source: Source): void {
  const { gauge, sum, histogram, exponentialHistogram: exponential, summary } = metric;
  if (gauge) for (const point of gauge.dataPoints) read.add(metric, source, point, () => gaugeSample(point));
  if (sum) {
    const kind = { isCumulative: sum.aggregationTemporality === cumulative, isMonotonic: sum.isMonotonic };
    for (const point of sum.dataPoints) {
      read.add(metric, source, point, (total) => ofKnown(sum, () => sumSample(point, kind, total)));
    }
  }
  for (const [values, sampleOf] of [
    [histogram, histogramSample],
    [exponential, exponentialSample],
  ] as const) {
    for (const point of values?.dataPoints ?? []) {
      read.add(metric, source, point, (total) => {
        const ofRun = values?.aggregationTemporality === cumulative ? total : undefined;
        return ofKnown(values, () => sampleOf(point as never, ofRun));
      });
    }
  }
  for (const point of summary?.dataPoints ?? []) read.add(metric, source, point, () => 'summary');
}

function ofKnown(
  metric: { readonly aggregationTemporality: number } | null | undefined,
  sample: () => Sample | RefusalReason,
): Sample | RefusalReason {
  const temporality = metric?.aggregationTemporality;
  return temporality === delta || temporality === cumulative ? sample() : 'temporality';
}

/** Collects points, and stops where there are too many. */
class ReadPoints {
  readonly points: MetricPoint[] = [];
  readonly refused = new RefusalCounter();
  #seen = 0;
  #characters = 0;

  add(
    metric: Metric,
    source: Source,
    point: AnyPoint,
    sampleOf: (total: () => RunningTotal) => Sample | RefusalReason,
  ) {
    this.#seen += 1;
    if (this.#seen > otlpLimits.points) throw new PayloadTooLargeError(otlpMessages.tooManyPoints(otlpLimits.points));
    if ((point.flags & noRecordedValue) !== 0) return;
    const read = toPoint(metric, source, point, sampleOf);
    if (typeof read === 'string') {
      this.refused.add(read);
      return;
    }
    this.#characters += lengthOf(read);
    if (this.#characters > otlpLimits.characters) throw new PayloadTooLargeError(otlpMessages.tooMuchTogether);
    this.points.push(read);
  }
}

function toPoint(
  { name, unit }: Metric,
  { sender, tags: more }: Source,
  point: AnyPoint,
  sampleOf: (total: () => RunningTotal) => Sample | RefusalReason,
): MetricPoint | RefusalReason {
  const sample = sampleOf(() => {
    const startSeconds = secondsOf(point.startTimeUnixNano);
    return { stream: streamOf(sender, point.attributes, startSeconds), startSeconds };
  });
  if (typeof sample === 'string') return sample;
  const metric = normaliseName(sample.type satisfies MetricType, name, unit);
  if (metric === undefined) return 'name';
  const tags = normaliseTags(pointTags(point.attributes), more);
  if (typeof tags === 'string') return tags;
  const timestamp = secondsOf(point.timeUnixNano);
  return { metric, tags, sample, timestamp: timestamp === 0 ? undefined : timestamp };
}

/** Whole milliseconds: finer ones mean nothing to buckets of ten seconds. */
function secondsOf(nanoseconds: WideNumber): number {
  return Math.round(toNumber(nanoseconds) / 1e6) / 1e3;
}

/** About as long as the point is on its way to the worker. */
function lengthOf({ tags, sample }: MetricPoint): number {
  let length = 100;
  for (const [name, value] of Object.entries(tags)) length += name.length + value.length + 6;
  if ('bins' in sample) length += 24 * sample.bins.length;
  else if ('cumulative' in sample && 'bins' in sample.cumulative) length += 24 * sample.cumulative.bins.length;
  return length;
}
