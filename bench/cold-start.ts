import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildFunctions } from '../infra/build.ts';

// node bench/cold-start.ts [runs]: how long each bundle takes to load in a fresh process, without and with a warm compile
// cache. Timings are noisy: trust ratios and minima. Prints a table and writes bench/results/cold-start.json.

interface Timing {
  readonly medianMs: number;
  readonly minimumMs: number;
}

const runs = Number(process.argv[2] ?? 9);
const folder = mkdtempSync(join(tmpdir(), 'postflow-bench-'));
const rows: Record<string, { kB: number; fresh: Timing; cached: Timing }> = {};
try {
  for (const bundle of await buildFunctions({ outdir: folder })) {
    const file = join(bundle.folder, 'index.mjs');
    const cache = join(folder, 'compile-cache');
    load(file, cache);
    rows[bundle.name] = {
      kB: Math.round(statSync(file).size / 1_000),
      fresh: timing(() => load(file)),
      cached: timing(() => load(file, cache)),
    };
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.table(
  Object.fromEntries(
    Object.entries(rows).map(([name, { kB, fresh, cached }]) => [
      name,
      {
        kB,
        'fresh median ms': fresh.medianMs,
        'fresh min ms': fresh.minimumMs,
        'cached median ms': cached.medianMs,
        'cached min ms': cached.minimumMs,
      },
    ]),
  ),
);
const results = new URL('results/', import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(new URL('cold-start.json', results), `${JSON.stringify(rows, null, 2)}\n`);

/** Milliseconds that the import alone takes in a fresh process; Node's own start is not counted. */
function load(file: string, compileCache?: string): number {
  const script = `const started = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); process.stdout.write(String(performance.now() - started));`;
  const env = { PATH: process.env['PATH'], ...(compileCache && { NODE_COMPILE_CACHE: compileCache }) };
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' }));
}

function timing(measure: () => number): Timing {
  const times = Array.from({ length: runs }, measure).sort((left, right) => left - right);
  const round = (ms = Number.NaN): number => Math.round(ms * 10) / 10;
  return { medianMs: round(times[Math.floor(runs / 2)]), minimumMs: round(times[0]) };
}
