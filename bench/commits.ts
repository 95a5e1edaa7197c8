import type { Engines } from '../tests/support/app-over-engines.ts';
import type { CommitListOptions } from '../tests/support/commits-of.ts';
import { type ParallelOutcome, setInParallel } from './parallel-commits.ts';
import { createRelease, setCommits } from './release-calls.ts';
import { printTable, timed, timing, writeResults } from './results.ts';
import { setStage, withEngines } from './stage.ts';

// node bench/commits.ts [runs]: how long it takes to set commits through the real door, and what fifty builds at once do to
// one release. Times depend on the machine and on what else runs there. Prints tables, writes bench/results/commits.json.

/** How long one thing took, and how large its request was. */
export interface Timing {
  readonly name: string;
  readonly bodyKB: number;
  readonly p50Ms: number;
  readonly minMs: number;
  readonly maxMs: number;
}

const runs = Number(process.argv[2] ?? 3);
const builds = 50;
const single: Timing[] = [];
const parallel: ParallelOutcome[] = [];

await withEngines(async (engines) => {
  for (const count of [20, 1_000, 10_000]) single.push(...(await timeCommits(engines, count)));
  printTable(single);
  for (const count of [20, 200]) {
    for (const kinship of ['different', 'overlapping', 'identical'] as const) {
      const stage = await setStage(engines);
      parallel.push(await setInParallel(stage, { builds, count, kinship }));
    }
  }
  printTable(parallel.map(({ failures, ...row }) => ({ ...row, failed: Object.values(failures).length })));
});
writeResults('commits', { runs, single, parallel });

/** Each run has a release and commits of its own. */
async function timeCommits(engines: Engines, count: number): Promise<Timing[]> {
  const stage = await setStage(engines);
  const times: Record<'first' | 'again' | 'grown', number[]> = { first: [], again: [], grown: [] };
  const list = (run: number): CommitListOptions => ({ count, name: String(run), authors: 20, filesEach: 2 });
  // The first run warms up what is compiled and connected, and does not count.
  for (let run = -1; run < runs; run += 1) {
    const version = `run ${run}`;
    await stage.call(createRelease(version));
    const first = await timed(() => stage.call(setCommits(version, list(run))));
    const again = await timed(() => stage.call(setCommits(version, list(run))));
    const grown = await timed(() => stage.call(setCommits(version, { ...list(run), count: count + 1 })));
    if (run < 0) continue;
    times.first.push(first.ms);
    times.again.push(again.ms);
    times.grown.push(grown.ms);
  }
  const bodyKB = Math.round(JSON.stringify(setCommits('1', list(0)).body).length / 1_000);
  return [
    { name: `${count} commits`, bodyKB, ...timing(times.first) },
    { name: `the same ${count} again`, bodyKB, ...timing(times.again) },
    { name: `the ${count} and one more`, bodyKB, ...timing(times.grown) },
  ];
}
