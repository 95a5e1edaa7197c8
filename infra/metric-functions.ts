import { type FunctionDefinition, oneVcpu } from './function-definition.ts';

/** The functions that take metric points in and count them; the API answers queries. */
export const metricFunctions = {
  'ingest-envelope': {
    description: 'Takes metric points out of the envelopes that SDKs and sentry-cli send.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 10,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'POINTS_QUEUE_URL', 'POINTS_PER_MINUTE'],
    grants: { mainTable: ['GetItem'], readSecret: true, sendTo: 'points' },
  },
  'ingest-otlp': {
    description: 'Takes the metrics that OpenTelemetry exporters send, as JSON or protobuf.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 10,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'POINTS_QUEUE_URL', 'POINTS_PER_MINUTE'],
    grants: { mainTable: ['GetItem'], readSecret: true, sendTo: 'points' },
  },
  'fold-points': {
    description: 'Adds points to the buckets of metrics, those of many requests together.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 120,
    // Those who fold at the same time write to the same buckets; what waits meanwhile is folded together all the better.
    trigger: { kind: 'queue', queue: 'points', batchSize: 100, batchingWindowSeconds: 10, maxConcurrency: 4 },
    environment: ['METRICS_TABLE_NAME', 'METRIC_RETENTION_DAYS', 'SERIES_PER_DAY', 'POINTS_DEAD_LETTERS_URL'],
    grants: {
      metricsTable: ['BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem', 'UpdateItem'],
      deadLettersOf: 'points',
    },
  },
} as const satisfies Readonly<Record<string, FunctionDefinition>>;
