import { type FoldMemory, foldMemory } from '../../lib/metrics/fold-memory.ts';
import { parseMri } from '../../lib/metrics/metric-name.ts';
import type { MetricPoint, Sample } from '../../lib/metrics/metric-point.ts';
import type { PointMessage } from '../../lib/metrics/point-message.ts';
import type { Table } from '../../lib/platform/table.ts';
import type { AppOptions } from './app-over-engines.ts';
import { tableItems } from './table-digest.ts';
import { createTestApp, type TestApp, testStart } from './test-app.ts';

/** When points of these tests come. */
export const nowSeconds = Date.parse(testStart) / 1_000;

/** A test app with what folding remembers. */
export type FoldingTestApp = TestApp & { readonly memory: FoldMemory };

/** An app over tables of its own, that has folded nothing yet. */
export async function createFoldingApp(options: AppOptions = {}): Promise<FoldingTestApp> {
  const app = await createTestApp(options);
  return { ...app, memory: foldMemory(app.clock) };
}

/** The same app in a new process, optionally with another way to its metrics table. */
export function restarted(app: FoldingTestApp, metricsTable: Table = app.metricsTable): FoldingTestApp {
  return { ...app, metricsTable, memory: foldMemory(app.clock) };
}

/** A point of a metric, of now unless told otherwise. */
export function pointOf(
  id: string,
  sample: Sample,
  more: { readonly tags?: Record<string, string>; readonly at?: number } = {},
): MetricPoint {
  const metric = parseMri(id);
  if (metric === undefined) throw new TypeError(`${id} is no metric`);
  return { metric, sample, tags: more.tags ?? {}, timestamp: more.at ?? nowSeconds };
}

/** A message with a name of its own. */
export function messageOf(name: string | number, points: readonly MetricPoint[]): PointMessage {
  const batchId = `message-${String(name).padStart(12, '0')}`;
  return { batchId, organization: 'acme', projectId: '7', receivedAtSeconds: nowSeconds, points };
}

/** Everything that the metrics table holds of points, without how it came there. */
export async function countedItems(app: TestApp): Promise<Record<string, unknown>[]> {
  const items = await tableItems({ tableName: `${app.tableName}-metrics` });
  return items
    .map((item) => plain({ M: item }) as Record<string, unknown>)
    .filter(({ pk }) => !/^(?:FOLD|INGESTED)#/.test(String(pk)))
    .sort((one, other) => inOrder(nameOf(one), nameOf(other)));
}

function nameOf({ pk, sk }: Record<string, unknown>): string {
  return `${String(pk)}\n${String(sk)}`;
}

/** A value of DynamoDB as JSON has it; sets in order, bytes in base64. */
function plain(value: object): unknown {
  const [[type, held] = ['', undefined]] = Object.entries(value) as [string, unknown][];
  if (type === 'N') return Number(held);
  if (type === 'M') {
    const fields = Object.entries(held as Record<string, object>);
    return Object.fromEntries(fields.map(([name, field]) => [name, plain(field)]).sort());
  }
  if (type === 'L') return (held as object[]).map(plain);
  if (type === 'BS') return (held as Uint8Array[]).map((bytes) => Buffer.from(bytes).toString('base64')).sort(inOrder);
  return held;
}

/** Thrown where a process is ended by its table. */
export class CrashError extends Error {
  override readonly name = 'CrashError';
}

/** A table that does so many writes and then ends the process: before the next one, or behind it. */
export function crashingTable(table: Table, writes: number, when: 'before' | 'behind'): Table {
  let left = writes;
  const mortal =
    <Args extends unknown[], Result>(write: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      left -= 1;
      if (left < 0 && (when === 'before' || left < -1)) throw new CrashError('the process has ended');
      const result = await write(...args);
      if (left < 0) throw new CrashError('the process has ended');
      return result;
    };
  return {
    ...table,
    put: mortal(table.put),
    update: mortal(table.update),
    write: mortal(table.write),
    batchWrite: mortal(table.batchWrite),
  };
}

/** A table that counts its writes. */
export function countingTable(table: Table): { readonly table: Table; readonly writes: () => number } {
  let writes = 0;
  const counted =
    <Args extends unknown[], Result>(write: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> => {
      writes += 1;
      return write(...args);
    };
  return {
    writes: () => writes,
    table: {
      ...table,
      put: counted(table.put),
      update: counted(table.update),
      write: counted(table.write),
      batchWrite: counted(table.batchWrite),
    },
  };
}

function inOrder(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
