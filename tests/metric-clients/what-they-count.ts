import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Running } from '../sentry-cli/command-line.ts';
import { type LocalStack, sentryCli } from '../support/local-stack.ts';
import { askMetrics, askValue, untilCounted } from './ask-metrics.ts';
import { type Measuring, measureWithOpenTelemetry, type OpenTelemetrySetup } from './open-telemetry.ts';

const setups: readonly OpenTelemetrySetup[] = (['json', 'protobuf'] as const).flatMap((encoding) =>
  (['delta', 'cumulative'] as const).map((temporality) => ({ encoding, temporality })),
);

/** What the real clients measure, from the client to the answer of a query. */
export function describeMetricClients(running: Running): void {
  describe('metrics', () => {
    beforeAll(async () => {
      const stack = running();
      await Promise.all([
        sendWithCommandLine(stack),
        runNodeProgram(stack),
        ...setups.map((setup) => measureWithOpenTelemetry(setup, targetOf(stack), stepsOf(setup))),
      ]);
      await untilCounted(stack);
    }, 60_000);

    describe('of sentry-cli 2.x', () => {
      it.each<[query: string, value: number]>([
        ['sum(c:custom/cli.views@none){route:"/home"}', 7],
        ['sum(c:custom/cli.views@none)', 12],
        ['last(g:custom/cli.load@none)', 0.5],
        ['count(d:custom/cli.size@none)', 2],
        ['avg(d:custom/cli.size@none)', 16.125],
        ['max(d:custom/cli.size@none)', 20],
        ['count_unique(s:custom/cli.users@none)', 2],
      ])('%s is %j', async (query, value) => {
        expect(await askValue(running(), query)).toBe(value);
      });
    });

    describe('of @sentry/node', () => {
      it('counters are added up by their attributes', async () => {
        expect(await askMetrics(running(), 'sum(c:custom/node.orders@none) by (route, paid)')).toEqual([
          { aggregate_value: 5, route: '/cart', paid: 'false' },
          { aggregate_value: 7, route: '/pay', paid: 'true' },
        ]);
      });

      it.each<[query: string, value: number]>([
        ['sum(c:custom/node.orders@none){environment:staging release:"shop@1.2.3"}', 12],
        ['last(g:custom/node.queue_length@none)', 8],
        ['min(g:custom/node.queue_length@none)', 3],
        ['max(g:custom/node.queue_length@none)', 12],
        ['count(d:custom/node.load@millisecond)', 100],
        ['sum(d:custom/node.load@millisecond){step:1}', 2_500],
        ['avg(d:custom/node.load@millisecond)', 50.5],
      ])('%s is %j', async (query, value) => {
        expect(await askValue(running(), query)).toBe(value);
      });

      it('quantiles are off by 1 % at most', async () => {
        const value = Number(await askValue(running(), 'p95(d:custom/node.load@millisecond)'));
        expect(Math.abs(value - 95)).toBeLessThanOrEqual(0.95);
      });
    });

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
  });
}

function prefixOf({ encoding, temporality }: OpenTelemetrySetup): string {
  return `otel.${encoding}.${temporality}`;
}

/** Two exports; the last value of the second is so large that the exponential histogram has to widen its buckets. */
function stepsOf(setup: OpenTelemetrySetup): Measuring[] {
  const name = prefixOf(setup);
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

function targetOf(stack: LocalStack): { readonly url: string; readonly publicKey: string } {
  return { url: stack.url, publicKey: new URL(dsnOf(stack)).username };
}

function dsnOf(stack: LocalStack): string {
  return stack.projects[0]?.dsn ?? '';
}

/** Every kind of point that the command line has. */
async function sendWithCommandLine(stack: LocalStack): Promise<void> {
  const points: readonly (readonly [kind: string, name: string, value: string, ...more: string[]])[] = [
    ['increment', 'cli.views', '3', '-t', 'route:/home'],
    ['increment', 'cli.views', '4', '-t', 'route:/home'],
    ['increment', 'cli.views', '5', '-t', 'route:/cart'],
    ['gauge', 'cli.load', '0.5'],
    ['distribution', 'cli.size', '12.25'],
    ['distribution', 'cli.size', '20'],
    ...['anna', 'ben', 'anna'].map((user) => ['set', 'cli.users', user] as const),
  ];
  for (const [kind, name, value, ...more] of points) {
    const args = ['send-metric', kind, '-n', name, '-v', value, ...more];
    const { code, output } = await sentryCli(2, args, { SENTRY_DSN: dsnOf(stack) });
    expect(code, output).toBe(0);
  }
}

async function runNodeProgram(stack: LocalStack): Promise<void> {
  const program = fileURLToPath(new URL('sentry-node-program.ts', import.meta.url));
  await promisify(execFile)(process.execPath, [program], { env: { ...process.env, SENTRY_DSN: dsnOf(stack) } });
}
