export { formatNumber, formatValue, type UnitSize, unitSize } from './format-value.ts';
export { type DroppedPart, type IngestedEnvelope, ingestEnvelope } from './ingest-envelope.ts';
export { type MetricName, type MetricType, mri, parseMri, parsePublicName, publicName } from './metric-name.ts';
export type { MetricPoint, Sample } from './metric-point.ts';
export { type CountedBuckets, readCountedBuckets } from './read-counted-buckets.ts';
export { type RecordingApp, recordPoints } from './record-points.ts';
export { sumOverWindow } from './sum-over-window.ts';
