import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { functions } from '../infra/functions.ts';

// node bench/charts.ts [processes]: what drawing a chart takes in a fresh process and in one that has drawn before, and how
// much memory. The drawing alone, bundled as the function is; prints a table and writes bench/results/charts.json.

const processes = Number(process.argv[2] ?? 7);
const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'postflow-charts-'));
const entry = `
  export { chartPng } from './lib/alerts/charts/chart-png.ts';
  export { chartSvg } from './lib/alerts/charts/chart-svg.ts';
  export { samples } from './lib/alerts/charts/samples.fixture.ts';
`;
/** In the fresh process: the whole of a day with an incident, and the same again. */
const script = `
  const at = () => performance.now();
  const started = at();
  const { chartPng, chartSvg, samples } = await import(process.argv[1]);
  const loaded = at();
  const svg = chartSvg(samples.incident);
  const described = at();
  const png = await chartPng(svg);
  const first = at();
  const again = [];
  for (let run = 0; run < 15; run += 1) {
    const from = at();
    const text = chartSvg(samples.incident);
    const between = at();
    await chartPng(text);
    again.push([between - from, at() - between]);
  }
  console.log(JSON.stringify({
    loading: loaded - started, firstSvg: described - loaded, firstPng: first - described, cold: first - started,
    warmSvg: Math.min(...again.map(([svg]) => svg)), warmPng: Math.min(...again.map(([, png]) => png)),
    megabytes: process.resourceUsage().maxRSS / 1024, kilobytes: png.length / 1000,
  }));`;

try {
  await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    outfile: join(folder, 'charts.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
  });
  const { resolve: find } = createRequire(import.meta.url);
  for (const file of functions['render-chart'].files) {
    const target = join(folder, 'node_modules', file);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(find(file), target);
  }
  const runs = Array.from({ length: processes }, () => {
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, join(folder, 'charts.mjs')]);
    return JSON.parse(String(output)) as Record<string, number>;
  });
  const figures = Object.fromEntries(
    Object.keys(runs[0] ?? {}).map((name) => {
      const values = runs.map((run) => run[name] ?? Number.NaN).sort((one, other) => one - other);
      const round = (value = Number.NaN) => Math.round(value * 10) / 10;
      return [name, { median: round(values[Math.floor(values.length / 2)]), least: round(values[0]) }];
    }),
  );
  console.table(figures);
  const results = new URL('results/', import.meta.url);
  mkdirSync(results, { recursive: true });
  const machine = `${process.version}, ${process.platform}-${process.arch}, ${cpus().length} cores`;
  writeFileSync(new URL('charts.json', results), `${JSON.stringify({ machine, figures }, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
