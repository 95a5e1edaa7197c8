import { describe, expect, it } from 'vitest';
import type { Running } from '../sentry-cli/command-line.ts';
import { type LocalStack, sentryCli } from '../support/local-stack.ts';
import { askValue } from './ask-metrics.ts';
import { dsnOf } from './dsn.ts';

/** Every kind of point that the command line has. */
export async function sendWithCommandLine(stack: LocalStack): Promise<void> {
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

/** What is counted of that. */
export function describeCommandLine(running: Running): void {
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
}
