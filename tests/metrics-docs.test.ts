import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { served } from '../functions/query-metrics.ts';
import { metricsQueryBody, parseQuery, resolveQuery } from '../lib/metrics/index.ts';
import { aggregateNames } from '../lib/metrics/mql/aggregates.ts';
import { RefusalError } from '../lib/platform/errors.ts';

const page = readFileSync(new URL('../docs/metrics.md', import.meta.url), 'utf8');
const blocks = (language: string): string[] =>
  [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].flatMap(([, kind, text = '']) => (kind === language ? [text] : []));

describe('the page about metrics', () => {
  it.each(blocks('mql').flatMap((block) => block.trim().split('\n')))(
    'shows a query that is understood: %s',
    (text) => {
      expect(() => resolveQuery(parseQuery(text))).not.toThrow();
    },
  );

  it.each(
    [...page.matchAll(/^\| `(.+)` \| ((?:Line|There|p95).+) \|$/gm)].map(([, text = '', answer = '']) => [
      text,
      answer,
    ]),
  )('shows what is said of %s', (text, answer) => {
    expect(refusalOf(text)).toContain(answer.replace(/\.$/, ''));
  });

  it.each([...page.matchAll(/^\| `([cdgs])` \| a .* \| (.+) \|$/gm)].map(([, type = '', names = '']) => [type, names]))(
    'lists the aggregates of type %s',
    (type, names) => {
      const listed = [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name);
      expect(new Set(listed)).toEqual(new Set(aggregateNames(type as 'c')));
    },
  );

  it('sends what the API takes, to addresses that it has', () => {
    const [calls] = [blocks('sh').join('')];
    const bodies = [...calls.matchAll(/-d '(.+)'/g)].map(([, body = '']) => JSON.parse(body) as unknown);
    expect(bodies).toHaveLength(2);
    for (const body of bodies) expect(metricsQueryBody.safeParse(body)).toMatchObject({ success: true });
    const sent = [...calls.matchAll(/\$API(\/[^"?]+)\//g)].map(([, path = '']) => path);
    const paths = served.map(({ endpoint }) => endpoint.path.replace('{org}', 'acme').replace('{key}', 'release'));
    expect(new Set(sent)).toEqual(new Set(paths));
  });
});

function refusalOf(text: string): string {
  try {
    resolveQuery(parseQuery(text));
    return '';
  } catch (error) {
    return error instanceof RefusalError ? error.message : String(error);
  }
}
