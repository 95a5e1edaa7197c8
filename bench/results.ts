import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Where and when a benchmark ran; figures of time mean little without it. */
export interface Circumstances {
  readonly date: string;
  readonly node: string;
  readonly platform: string;
  readonly cores: number;
}

/** Writes `results/<name>.json`: what was measured, and where. */
export function writeResults(name: string, results: object): void {
  const folder = new URL('results/', import.meta.url);
  const circumstances: Circumstances = {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cores: availableParallelism(),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify({ circumstances, ...results }, null, 2)}\n`);
}

/** Prints rows as a table with their names on the left. */
export function printTable(rows: readonly { readonly name: string }[]): void {
  console.table(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])));
}

/** The middle, the least and the most of some times, in whole milliseconds. */
export function timing(times: readonly number[]): { p50Ms: number; minMs: number; maxMs: number } {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (index: number): number => Math.round(sorted[index] ?? Number.NaN);
  return { p50Ms: at(Math.floor((sorted.length - 1) / 2)), minMs: at(0), maxMs: at(sorted.length - 1) };
}

/** How long some work takes, in milliseconds, and what comes of it. */
export async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly result: T }> {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, result };
}
