import type { Engines } from '../tests/support/app-over-engines.ts';
import { itemBytes } from '../tests/support/item-size.ts';
import { pseudoRandom } from '../tests/support/pseudo-random.ts';
import { tableItems } from '../tests/support/table-digest.ts';
import { type MetricStage, setMetricStage } from './metric-stage.ts';
import { distributions } from './metric-values.ts';
import { printTable, timed, writeResults } from './results.ts';
import { withEngines } from './stage.ts';

// node bench/metric-points.ts [points]: how many points a second go through door, queue and worker on the embedded engine, what
// they cost at DynamoDB, and how large items become. Prints tables and writes bench/results/metric-points.json; ends with 1
// when a shape costs more, or an item becomes larger, than it may.

/** What points of one shape cost, for a thousand of them. */
export interface ShapeRow {
  readonly name: string;
  /** The first points of the day of every series. */
  readonly firstWriteUnits: number;
  /** A request of a thousand points that is counted alone. */
  readonly aloneWriteUnits: number;
  /** Ten such requests that the worker counts together. */
  readonly togetherWriteUnits: number;
  /** Through the door into the queue. */
  readonly doorPerSecond: number;
  readonly workerPerSecond: number;
}

/** The items of one series after very many points. */
export interface SizeRow {
  readonly name: string;
  readonly items: number;
  readonly largestBytes: number;
  /** The items of its day bucket together. */
  readonly dayBytes: number;
}

const points = Number(process.argv[2] ?? 1_000_000);

/** Write units for a thousand points of series that are known, counted together: what the shapes may cost. */
const ceilings: Readonly<Record<string, number>> = {
  '1 counter': 10,
  '100 counters': 90,
  '10,000 counters': 8_100,
  '1 distribution': 10,
  '100 distributions': 100,
  '10,000 distributions': 8_500,
};
const largestItems: Readonly<Record<string, number>> = { distribution: 12_000, set: 60_000 };

const shapes: ShapeRow[] = [];
const sizes: SizeRow[] = [];
await withEngines(async (engines) => {
  for (const type of ['counter', 'distribution'] as const) {
    for (const series of [1, 100, 10_000]) shapes.push(await measureShape(engines, type, series));
  }
  for (const type of ['distribution', 'set'] as const) sizes.push(await measureSize(engines, type));
});
printTable(shapes);
printTable(sizes);
writeResults('metric-points', { shapes, points, sizes });
const excess = [
  ...shapes.filter(({ name, togetherWriteUnits }) => togetherWriteUnits > (ceilings[name] ?? 0)),
  ...sizes.filter(({ name, largestBytes }) => largestBytes > (largestItems[name] ?? 0)),
];
if (excess.length > 0) {
  console.error(`more than it may be: ${excess.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}

/** Ten thousand points, thousand by thousand; once alone, once together, all within the same ten seconds. */
async function measureShape(engines: Engines, type: 'counter' | 'distribution', series: number): Promise<ShapeRow> {
  const stage = await setMetricStage(engines);
  const requests = Array.from({ length: 10 }, (_, part) => lines(type, series, part));
  const send = async (some: readonly string[][]): Promise<void> => {
    for (const one of some) await stage.send(one);
  };
  const cost = async (some: readonly string[][]) => {
    const door = await timed(() => send(some));
    const worker = await stage.meter.during(() => timed(() => stage.count()));
    const thousands = some.length;
    return {
      units: Math.ceil(worker.consumed.writeUnits / thousands),
      doorPerSecond: Math.round((thousands * 1_000_000) / door.ms),
      workerPerSecond: Math.round((thousands * 1_000_000) / worker.result.ms),
    };
  };
  const first = await cost(requests);
  const alone = await cost(requests.slice(0, 1));
  const together = await cost(requests);
  const { units, ...speed } = together;
  const name = `${series.toLocaleString('en-US')} ${type}${series === 1 ? '' : 's'}`;
  return { name, firstWriteUnits: first.units, aloneWriteUnits: alone.units, togetherWriteUnits: units, ...speed };
}

function lines(type: 'counter' | 'distribution', series: number, part: number): string[] {
  return Array.from({ length: 1_000 }, (_, index) => {
    const tag = `#series:${(part * 1_000 + index) % series}`;
    return type === 'counter' ? `views:1|c|${tag}` : `load@millisecond:${100 + (index % 50)}|d|${tag}`;
  });
}

/** Very many values, log-normal ones or different members, in one series and ten seconds. */
async function measureSize(engines: Engines, type: 'distribution' | 'set'): Promise<SizeRow> {
  const stage = await setMetricStage(engines);
  const draw = distributions['log-normal'](pseudoRandom(1));
  const value = type === 'set' ? (index: number) => `member-${index}` : draw;
  const together = 10_000;
  for (let from = 0; from < points; from += together) {
    const values = Array.from({ length: together }, (_, index) => value(from + index));
    await stage.send([`load${type === 'set' ? '' : '@millisecond'}:${values.join(':')}|${type[0]}`]);
    await stage.count();
  }
  return { name: type, ...(await sizesOf(engines, stage)) };
}

async function sizesOf(engines: Engines, { app }: MetricStage): Promise<Omit<SizeRow, 'name'>> {
  const all = await tableItems({ tableName: `${app.tableName}-metrics` }, engines.dynamoDbEndpoint);
  const items = all
    .map((item) => ({ pk: (item['pk'] as { readonly S: string }).S, bytes: itemBytes(item) }))
    .filter(({ pk }) => pk.startsWith('M#'));
  const ofDay = items.filter(({ pk }) => pk.includes('#86400#'));
  return {
    items: items.length,
    largestBytes: Math.max(...items.map(({ bytes }) => bytes)),
    dayBytes: ofDay.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
