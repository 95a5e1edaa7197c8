/** A 64-bit number as the decoder gives it. */
export type WideNumber = number | { toNumber(): number };

/** The value of an attribute. Those that were not sent read as nothing of their type: ask `value` which one was. */
export interface AnyValue {
  readonly value?:
    | 'stringValue'
    | 'boolValue'
    | 'intValue'
    | 'doubleValue'
    | 'arrayValue'
    | 'kvlistValue'
    | 'bytesValue';
  readonly stringValue?: string | null;
  readonly boolValue?: boolean | null;
  readonly intValue?: WideNumber | null;
  readonly doubleValue?: number | null;
}

/** One attribute. */
export interface KeyValue {
  readonly key: string;
  readonly value?: AnyValue | null;
}

interface PointOfAnyKind {
  readonly attributes: readonly KeyValue[];
  readonly startTimeUnixNano: WideNumber;
  readonly timeUnixNano: WideNumber;
  readonly flags: number;
}

/** A point of a sum or a gauge. */
export interface NumberPoint extends PointOfAnyKind {
  /** Which of the two was sent. */
  readonly value?: 'asDouble' | 'asInt';
  readonly asDouble?: number | null;
  readonly asInt?: WideNumber | null;
}

interface PointOfValues extends PointOfAnyKind {
  readonly count: WideNumber;
  readonly sum?: number | null;
  readonly min?: number | null;
  readonly max?: number | null;
}

/** A point of a histogram with bounds that its sender chose. */
export interface HistogramPoint extends PointOfValues {
  readonly bucketCounts: readonly WideNumber[];
  readonly explicitBounds: readonly number[];
}

/** Buckets that grow by a fixed ratio. */
export interface ExponentialBuckets {
  readonly offset: number;
  readonly bucketCounts: readonly WideNumber[];
}

/** A point of a histogram whose buckets follow from a scale. */
export interface ExponentialPoint extends PointOfValues {
  readonly scale: number;
  readonly zeroCount: WideNumber;
  readonly positive?: ExponentialBuckets | null;
  readonly negative?: ExponentialBuckets | null;
}

interface Points<Point> {
  readonly dataPoints: readonly Point[];
}

/** How the points of a metric relate to time: 1 is delta, 2 is cumulative. */
interface OverTime {
  readonly aggregationTemporality: number;
}

/** A metric: what it is called, and its points in one of these. */
export interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly gauge?: Points<NumberPoint> | null;
  readonly sum?: (Points<NumberPoint> & OverTime & { readonly isMonotonic: boolean }) | null;
  readonly histogram?: (Points<HistogramPoint> & OverTime) | null;
  readonly exponentialHistogram?: (Points<ExponentialPoint> & OverTime) | null;
  readonly summary?: Points<PointOfAnyKind> | null;
}

/** What was measured by one part of a program. */
export interface ScopeMetrics {
  readonly scope?: {
    readonly name: string;
    readonly version: string;
    readonly attributes: readonly KeyValue[];
  } | null;
  readonly metrics: readonly Metric[];
}

/** What one program sends. */
export interface ResourceMetrics {
  readonly resource?: { readonly attributes: readonly KeyValue[] } | null;
  readonly scopeMetrics: readonly ScopeMetrics[];
}

/** An `ExportMetricsServiceRequest`, as far as it is read here. */
export interface OtlpRequest {
  readonly resourceMetrics: readonly ResourceMetrics[];
}

/** The nearest number; those beyond what it can tell apart lose their last digits. */
export function toNumber(value: WideNumber): number {
  return typeof value === 'number' ? value : value.toNumber();
}
