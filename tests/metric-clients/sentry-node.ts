import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Running } from '../sentry-cli/command-line.ts';
import type { LocalStack } from '../support/local-stack.ts';
import { askMetrics, askValue } from './ask-metrics.ts';
import { dsnOf } from './dsn.ts';

/** Runs the program that measures with @sentry/node, to its end. */
export async function runNodeProgram(stack: LocalStack): Promise<void> {
  const program = fileURLToPath(new URL('sentry-node-program.ts', import.meta.url));
  await promisify(execFile)(process.execPath, [program], { env: { ...process.env, SENTRY_DSN: dsnOf(stack) } });
}

/** What is counted of that. */
export function describeSentryNode(running: Running): void {
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
}
