import { QuantileSketch, relativeError } from '../lib/metrics/sketches/quantile-sketch.ts';
import { memberHash, registerCount, UniqueCounter } from '../lib/metrics/sketches/unique-counter.ts';
import { pseudoRandom } from '../tests/support/pseudo-random.ts';
import { type Draw, distributions } from './metric-values.ts';
import { printTable, writeResults } from './results.ts';

// node bench/metric-accuracy.ts [values]: how far quantiles and unique counts are off, against what the same values give exactly.
// Everything is put together from parts, as a query does it. Prints tables and writes bench/results/metric-accuracy.json; ends
// with 1 when something is further off than promised.

/** How far quantiles of one distribution are off at most, in parts of the exact value. */
export interface QuantileRow {
  readonly name: string;
  readonly worstPercent: number;
  /** The quantile that is. */
  readonly worstLevel: number;
  readonly bins: number;
}

/** How far counts of different members are off, over many sets of that size. */
export interface UniqueRow {
  readonly name: string;
  readonly sets: number;
  readonly worstPercent: number;
  readonly rootMeanSquarePercent: number;
}

const values = Number(process.argv[2] ?? 1_000_000);
const parts = 100;
const levels = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999];
const most = { quantilePercent: 100 * relativeError, uniquePercent: 2 };
/** Beyond that the error is that of floating point. */
const rounding = 1e-6;

const quantiles = Object.entries(distributions).map(([name, of]) => quantileRow(name, of(pseudoRandom(2))));
const uniques = [
  ...[1_000, 1_001, 10_000, 100_000].map((size) =>
    uniqueRow(size, Math.max(1, Math.min(200, Math.floor(values / size)))),
  ),
  uniqueRow(values, 3),
];
printTable(quantiles);
printTable(uniques);
writeResults('metric-accuracy', { values, standardErrorPercent: 104 / Math.sqrt(registerCount), quantiles, uniques });
const isKept =
  quantiles.every(({ worstPercent }) => worstPercent <= most.quantilePercent + rounding) &&
  uniques.every(({ worstPercent }) => worstPercent <= most.uniquePercent);
if (!isKept) process.exitCode = 1;

function quantileRow(name: string, draw: Draw): QuantileRow {
  const all = Float64Array.from({ length: values }, (_, index) => draw(index));
  const whole = new QuantileSketch();
  for (let part = 0; part < parts; part += 1) {
    const sketch = new QuantileSketch();
    for (let index = part; index < values; index += parts) sketch.add(all[index] ?? 0);
    whole.merge(sketch);
  }
  all.sort();
  const errors = levels.map((level) => {
    const exact = all[Math.floor(level * (values - 1))] ?? Number.NaN;
    const error = Math.abs((whole.quantile(level) ?? Number.NaN) - exact);
    return { level, percent: (100 * error) / Math.abs(exact) };
  });
  const worst = errors.reduce((one, other) => (other.percent > one.percent ? other : one));
  const bins = whole.positive.size + whole.negative.size;
  return { name, worstPercent: rounded(worst.percent), worstLevel: worst.level, bins };
}

/** Sets of members that resemble each other, as numbers that follow each other do; put together from halves that overlap. */
function uniqueRow(size: number, sets: number): UniqueRow {
  const errors = Array.from({ length: sets }, (_, set) => {
    const whole = new UniqueCounter();
    const ranges = [
      [0, Math.ceil(size * 0.6)],
      [Math.floor(size * 0.4), size],
    ] as const;
    for (const [from, until] of ranges) {
      const half = new UniqueCounter();
      for (let member = from; member < until; member += 1) half.addHash(memberHash(`${set}-${member}`));
      whole.merge(half);
    }
    return (100 * (whole.count() - size)) / size;
  });
  const squares = errors.reduce((sum, error) => sum + error ** 2, 0);
  return {
    name: `${size.toLocaleString('en-US')} members`,
    sets,
    worstPercent: rounded(Math.max(...errors.map(Math.abs))),
    rootMeanSquarePercent: rounded(Math.sqrt(squares / sets)),
  };
}

function rounded(percent: number): number {
  return Math.round(percent * 1e6) / 1e6;
}
