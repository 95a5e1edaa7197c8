import type { Meter } from '@opentelemetry/api';
import { OTLPMetricExporter as JsonExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import {
  AggregationTemporality,
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';

/** How a program with OpenTelemetry is set up. */
export interface OpenTelemetrySetup {
  readonly encoding: 'json' | 'protobuf';
  readonly temporality: 'delta' | 'cumulative';
  readonly compression: 'none' | 'gzip';
}

/** An enumeration of the exporters, which they do not export themselves. */
type Compression = NonNullable<NonNullable<ConstructorParameters<typeof JsonExporter>[0]>['compression']>;

/** What a program measures between two exports. */
export type Measuring = (meter: Meter) => void;

const exporters = { json: JsonExporter, protobuf: ProtobufExporter };
const temporalities = { delta: AggregationTemporality.DELTA, cumulative: AggregationTemporality.CUMULATIVE };

/** Only what is asked for is exported: this timer never ends within a test. */
const exportIntervalMillis = 86_400_000;

/**
 * Runs a program that measures with the SDK and exports after each step, to the address with the project's key.
 * @throws Error when an export fails.
 */
export async function measureWithOpenTelemetry(
  { encoding, temporality, compression }: OpenTelemetrySetup,
  target: { readonly url: string; readonly publicKey: string },
  steps: readonly Measuring[],
): Promise<void> {
  const exporter: PushMetricExporter = new exporters[encoding]({
    url: `${target.url}/v1/metrics`,
    headers: { 'x-sentry-auth': `sentry sentry_key=${target.publicKey}` },
    temporalityPreference: temporalities[temporality],
    compression: compression as Compression,
  });
  const provider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis })],
    views: [
      {
        instrumentName: '*.explicit',
        aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [10, 100, 1_000] } },
      },
      { instrumentName: '*.exponential', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
    ],
  });
  try {
    for (const step of steps) {
      step(provider.getMeter('postflow-tests'));
      await provider.forceFlush();
    }
  } finally {
    // Exports once more what is there, which adds nothing.
    await provider.shutdown();
  }
}
