import { readFileSync, writeFileSync } from 'node:fs';
import type { MessageRow } from './alert-messages.ts';
import type { EvaluationRow, LatencyRow } from './alerts.ts';
import type { Timing } from './commits.ts';
import type { Comparison } from './compare.ts';
import type { DigestRow } from './digest-sendings.ts';
import type { QuantileRow, UniqueRow } from './metric-accuracy.ts';
import type { ShapeRow, SizeRow } from './metric-points.ts';
import type { QueryRow } from './metric-queries.ts';
import type { ParallelOutcome } from './parallel-commits.ts';
import type { Row } from './requests.ts';
import type { Circumstances } from './results.ts';
import type { SlackContender } from './slack-verdict.ts';

// node bench/report.ts: writes what stands in results/ into the tables of README.md, between its markers.

const readme = new URL('README.md', import.meta.url);
let text = readFileSync(readme, 'utf8');

const requests = read<{ operations: readonly Row[] }>('requests');
fill('requests', requests.circumstances, [
  ['Operation', 'Requests', 'Read units', 'Write units'],
  ...requests.operations.map((row) => [row.name, row.requests, row.readUnits, row.writeUnits]),
]);

const commits = read<{ single: readonly Timing[]; parallel: readonly ParallelOutcome[] }>('commits');
fill('commits', commits.circumstances, [
  ['Setting', 'Body, kB', 'Median, ms', 'Least, ms', 'Most, ms'],
  ...commits.single.map((row) => [row.name, row.bodyKB, row.p50Ms, row.minMs, row.maxMs]),
]);
fill('parallel', commits.circumstances, [
  ['At the same time', 'Succeeded', 'Whole lists visible', 'Commits that disagree', 'Median, ms', 'Most, ms'],
  ...commits.parallel.map((row) => [row.name, row.succeeded, row.listsVisible, row.mixed, row.p50Ms, row.maxMs]),
]);

const compare = read<{ comparisons: readonly Comparison[] }>('compare');
const figures = ['ms', 'requests', 'units'] as const;
fill('compare', compare.circumstances, [
  ['Setting', ...figures.flatMap((figure) => [`${figure}, ours`, 'the walk', 'ratio'])],
  ...compare.comparisons.map((row) => [
    row.name,
    ...figures.flatMap((figure) => [row[figure].ours, row[figure].naive, `**${row[figure].ratio}**`]),
  ]),
]);

const slack = read<{ contenders: readonly SlackContender[] }>('slack-commands');
fill('slack-commands', slack.circumstances, [
  ['Bundle', 'kB', 'Import, median ms', 'First answer, median ms', 'Least, ms'],
  ...slack.contenders.map((row) => [row.name, row.kB, row.importMedianMs, row.medianMs, row.minimumMs]),
]);

const points = read<{ shapes: readonly ShapeRow[]; sizes: readonly SizeRow[] }>('metric-points');
fill('metric-points', points.circumstances, [
  ['Points of', 'First of a day', 'Counted alone', 'Ten requests together', 'Door, points/s', 'Worker, points/s'],
  ...points.shapes.map((row) => [
    row.name,
    row.firstWriteUnits,
    row.aloneWriteUnits,
    row.togetherWriteUnits,
    row.doorPerSecond,
    row.workerPerSecond,
  ]),
]);
fill('metric-sizes', points.circumstances, [
  ['A million points of one', 'Largest item, bytes', 'All items of its day, bytes'],
  ...points.sizes.map((row) => [row.name, row.largestBytes, row.dayBytes]),
]);

const queries = read<{ rows: readonly QueryRow[] }>('metric-queries');
fill('metric-queries', queries.circumstances, [
  ['Query', 'Series', 'Points', 'Rows', 'Requests', 'Read units', 'Median, ms', 'Least, ms'],
  ...queries.rows.map((row) => [
    row.name,
    row.series,
    row.points,
    row.rows,
    row.requests,
    row.readUnits,
    row.medianMs,
    row.leastMs,
  ]),
]);

const messages = read<{ rows: readonly MessageRow[] }>('alert-messages');
fill('alert-messages', messages.circumstances, [
  ['Message', 'Characters', 'Median, ms', '99 of 100, ms', 'The first of a process, ms'],
  ...messages.rows.map((row) => [row.name, row.characters, row.medianMs, row.p99Ms, row.firstMs]),
]);

const accuracy = read<{ quantiles: readonly QuantileRow[]; uniques: readonly UniqueRow[] }>('metric-accuracy');
fill('metric-quantiles', accuracy.circumstances, [
  ['Values', 'Furthest off, %', 'At the quantile', 'Bins'],
  ...accuracy.quantiles.map((row) => [row.name, row.worstPercent.toFixed(3), row.worstLevel, row.bins]),
]);
fill('metric-uniques', accuracy.circumstances, [
  ['Different', 'Sets', 'Furthest off, %', 'Root mean square, %'],
  ...accuracy.uniques.map((row) => [
    row.name,
    row.sets,
    row.worstPercent.toFixed(3),
    row.rootMeanSquarePercent.toFixed(3),
  ]),
]);

const alerts = read<{
  rows: readonly EvaluationRow[];
  latencies: readonly LatencyRow[];
  digests: readonly DigestRow[];
}>('alerts');
fill('alerts', alerts.circumstances, [
  ['Rules', 'Metrics', 'Messages', 'Read requests', 'Writes', 'Read units', 'Write units', 'ms', 'Rules/s'],
  ...alerts.rows.map((row) => [
    row.name,
    row.metrics,
    row.messages,
    row.readRequests,
    row.writeRequests,
    row.readUnits,
    row.writeUnits,
    row.ms,
    row.perSecond,
  ]),
]);
fill('alert-latency', alerts.circumstances, [
  ['The message is there', 'p50, ms', 'p99, ms', 'Most, ms'],
  ...alerts.latencies.map((row) => [row.name, row.p50Ms, row.p99Ms, row.mostMs]),
]);
fill('digests', alerts.circumstances, [
  ['A digest of a week', 'Read requests', 'Writes', 'Read units', 'Write units', 'ms'],
  ...alerts.digests.map((row) => [
    row.name,
    row.readRequests,
    row.writeRequests,
    row.readUnits,
    row.writeUnits,
    row.ms,
  ]),
]);

writeFileSync(readme, text);

function read<T>(name: string): T & { readonly circumstances: Circumstances } {
  const file = new URL(`results/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as T & { readonly circumstances: Circumstances };
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->` with a table; its first row is the head. */
function fill(
  name: string,
  { date, node, platform, cores }: Circumstances,
  [head = [], ...rows]: readonly (readonly (string | number)[])[],
): void {
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en-US') : cell)).join(' | ')} |`;
  const rule = `|---|${head
    .slice(1)
    .map(() => '---:')
    .join('|')}|`;
  const table = [line(head), rule, ...rows.map(line)].join('\n');
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const before = text.split(start)[0] ?? '';
  const after = text.split(end)[1];
  if (after === undefined) throw new Error(`README.md has no place for ${name}`);
  text = `${before}${start}\n${table}\n\n${date}, ${node}, ${platform}, ${cores} cores.\n${end}${after}`;
}
