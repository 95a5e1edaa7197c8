import { parseQuery } from '../lib/metrics/mql/parse-query.ts';
import { RefusalError } from '../lib/platform/errors.ts';
import { printTable, writeResults } from './results.ts';

// node bench/query-language.ts: how many queries are read in a second, and how long refusing nonsense takes. Prints tables and
// writes bench/results/query-language.json; ends with 1 when it is slower than promised.

const promised = { queriesPerSecond: 10_000, refusalMilliseconds: 50 } as const;
const rounds = 20_000;

const queries: readonly (readonly [name: string, text: string])[] = [
  ['an aggregate', 'sum(c:custom/checkouts@none)'],
  [
    'conditions and groups',
    'p95(transaction.duration){environment:production, !plan:[free, trial]} by (release, region)',
  ],
  ['a formula', '(sum(c:custom/errors@none){a:b or (c:d e:f*)} / sum(c:custom/checkouts@none) * 100) by release'],
  ['twenty series', Array.from({ length: 20 }, (_, index) => `sum(c:custom/x@none){n:${index}}`).join(' + ')],
];

const megabyte = 1_000_000;
/** The second as long as a query may be: what is longer is not looked at. */
const nonsense: readonly (readonly [name: string, text: string])[] = [
  ...['(', '-', '{{{{', 'f(', '"', '\\"', '`', 'sum(x){a:', 'a.a.a.', 'd:a/', '0', 'q(a, ', ' \n'].flatMap(
    (piece): [string, string][] => [
      [`1 MB of ${JSON.stringify(piece)}`, piece.repeat(megabyte / piece.length)],
      [`16 kB of ${JSON.stringify(piece)}`, piece.repeat(16_384 / piece.length)],
    ],
  ),
];

const speeds = queries.map(([name, text]) => {
  for (let round = 0; round < rounds / 10; round += 1) parseQuery(text);
  const before = performance.now();
  for (let round = 0; round < rounds; round += 1) parseQuery(text);
  const perSecond = Math.round((rounds / (performance.now() - before)) * 1_000);
  return { name, characters: text.length, perSecond };
});

const refusals = nonsense.map(([name, text]) => {
  const before = performance.now();
  try {
    parseQuery(text);
    throw new TypeError(`${name} was understood`);
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
  }
  return { name, milliseconds: Math.round((performance.now() - before) * 100) / 100 };
});

printTable(speeds);
printTable(refusals);
writeResults('query-language', { speeds, refusals });
const isSlow =
  speeds.some(({ perSecond }) => perSecond < promised.queriesPerSecond) ||
  refusals.some(({ milliseconds }) => milliseconds > promised.refusalMilliseconds);
process.exitCode = isSlow ? 1 : 0;
