import { describe, expect, it } from 'vitest';
import type { Running } from '../sentry-cli/command-line.ts';
import type { LocalStack } from '../support/local-stack.ts';
import { askMetrics, askValue } from './ask-metrics.ts';
import { dsnOf } from './dsn.ts';
import { type Measuring, measureWithOpenTelemetry, type OpenTelemetrySetup } from './open-telemetry-program.ts';

const setups: readonly OpenTelemetrySetup[] = [
  { encoding: 'json', temporality: 'delta', compression: 'gzip' },
  { encoding: 'json', temporality: 'cumulative', compression: 'none' },
  { encoding: 'protobuf', temporality: 'delta', compression: 'none' },
  { encoding: 'protobuf', temporality: 'cumulative', compression: 'gzip' },
];

/** Runs a program in each setup, one after the other: side by side they would start a worker of the door each. */
export async function runOpenTelemetryPrograms(stack: LocalStack): Promise<void> {
  const target = { url: stack.url, publicKey: new URL(dsnOf(stack)).username };
  for (const setup of setups) await measureWithOpenTelemetry(setup, target, stepsOf(prefixOf(setup)));
}

/** What is counted of that. */
export function describeOpenTelemetry(running: Running): void {
  describe.each(setups)('of OpenTelemetry, $temporality in $encoding', (setup) => {
    const name = prefixOf(setup);
    it('counters are added up by their attributes', async () => {
      expect(await askMetrics(running(), `sum(c:custom/${name}.requests@none) by route`)).toEqual([
        { aggregate_value: 1, route: '/cart' },
        { aggregate_value: 7, route: '/pay' },
      ]);
    });

    it.each<[aggregate: string, metric: string, value: number]>([
      ['last', 'g:custom/*.open@none', 3],
      ['last', 'g:custom/*.memory@byte', 800],
      ['min', 'g:custom/*.memory@byte', 800],
      ['max', 'g:custom/*.memory@byte', 1_200],
      ['count', 'd:custom/*.explicit@millisecond', 4],
      ['sum', 'd:custom/*.explicit@millisecond', 605],
      ['count', 'd:custom/*.exponential@none', 101],
      ['sum', 'd:custom/*.exponential@none', 1_005_050],
    ])('%s(%s) is %d', async (aggregate, metric, value) => {
      expect(await askValue(running(), `${aggregate}(${metric.replace('*', name)})`)).toBe(value);
    });

    it('quantiles lie in the buckets that the client has', async () => {
      const explicit = Number(await askValue(running(), `p50(d:custom/${name}.explicit@millisecond)`));
      expect(explicit).toBeGreaterThan(10);
      expect(explicit).toBeLessThanOrEqual(100);
      // With so wide a range the SDK's buckets are 9 % wide.
      const exponential = Number(await askValue(running(), `p90(d:custom/${name}.exponential@none)`));
      expect(Math.abs(exponential - 91) / 91).toBeLessThan(0.1);
    });
  });
}

function prefixOf({ encoding, temporality }: OpenTelemetrySetup): string {
  return `otel.${encoding}.${temporality}`;
}

/** Two exports; the last value of the second is so large that the exponential histogram has to widen its buckets. */
function stepsOf(name: string): Measuring[] {
  return [
    (meter) => {
      meter.createCounter(`${name}.requests`).add(3, { route: '/pay' });
      meter.createCounter(`${name}.requests`).add(1, { route: '/cart' });
      meter.createUpDownCounter(`${name}.open`).add(5);
      meter.createGauge(`${name}.memory`, { unit: 'By' }).record(1_200);
      for (const value of [5, 50]) meter.createHistogram(`${name}.explicit`, { unit: 'ms' }).record(value);
      for (let value = 1; value <= 100; value += 1) meter.createHistogram(`${name}.exponential`).record(value);
    },
    (meter) => {
      meter.createCounter(`${name}.requests`).add(4, { route: '/pay' });
      meter.createUpDownCounter(`${name}.open`).add(-2);
      meter.createGauge(`${name}.memory`, { unit: 'By' }).record(800);
      for (const value of [50, 500]) meter.createHistogram(`${name}.explicit`, { unit: 'ms' }).record(value);
      meter.createHistogram(`${name}.exponential`).record(1_000_000);
    },
  ];
}
