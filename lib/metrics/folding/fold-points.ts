import type { Sample } from '../metric-point.ts';
import { addContribution, addSample, type Contribution, emptyContribution } from './contribution.ts';
import { floorTo, type GranularitySeconds, granularities } from './granularities.ts';

/** One series of a metric of a project. */
export interface Series {
  readonly organization: string;
  readonly projectId: string;
  readonly mri: string;
  /** The tag set in its canonical form. */
  readonly tags: string;
}

/** A sample that counts: its series and time are known, and it is no running total. */
export interface CountedSample {
  readonly series: Series;
  readonly sample: Sample;
  readonly atSeconds: number;
}

/** What is added to one of the finest buckets of a series; all that a fold consists of. */
export interface Cell {
  readonly series: Series;
  readonly startSeconds: number;
  readonly contribution: Contribution;
}

/** What is added to one bucket of any length. */
export interface Increment extends Cell {
  readonly granularity: GranularitySeconds;
}

/** Where sums are rounded: binary fractions leave more behind (0.1 + 0.2), which would cost digits in every later sum. */
const decimals = 12;

/** Adds up samples per series and finest bucket, in an order that does not depend on theirs. */
export function foldPoints(samples: Iterable<CountedSample>): Cell[] {
  const cells = new Map<string, Cell>();
  for (const { series, sample, atSeconds } of samples) {
    const cell = cellIn(cells, series, floorTo(atSeconds, granularities[0].seconds));
    addSample(cell.contribution, sample, atSeconds);
  }
  return inOrder(cells);
}

/** What cells add to the buckets of all lengths. The same cells give the same increments in the same order. */
export function rollUp(cells: readonly Cell[]): Increment[] {
  return granularities.flatMap(({ seconds }) => {
    const buckets = new Map<string, Cell>();
    for (const { series, startSeconds, contribution } of cells) {
      addContribution(cellIn(buckets, series, floorTo(startSeconds, seconds)).contribution, contribution);
    }
    return inOrder(buckets).map((bucket) => ({ ...bucket, granularity: seconds }));
  });
}

function cellIn(cells: Map<string, Cell>, series: Series, startSeconds: number): Cell {
  const { organization, projectId, mri: id, tags } = series;
  const key = `${organization}\n${projectId}\n${id}\n${String(startSeconds).padStart(12, '0')}\n${tags}`;
  let cell = cells.get(key);
  if (cell === undefined) {
    cell = { series, startSeconds, contribution: emptyContribution() };
    cells.set(key, cell);
  }
  return cell;
}

function inOrder(cells: ReadonlyMap<string, Cell>): Cell[] {
  const sorted = [...cells].sort(([one], [other]) => (one < other ? -1 : 1));
  return sorted.map(([, cell]) => {
    cell.contribution.sum = Number(cell.contribution.sum.toFixed(decimals)) + 0;
    return cell;
  });
}
