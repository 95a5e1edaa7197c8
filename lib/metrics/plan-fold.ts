import type { WriteAction } from '../platform/table.ts';
import { refusalOf } from './folding/accept-point.ts';
import { type CumulativeState, deltaOf, type Total } from './folding/cumulative-deltas.ts';
import { type Cell, type CountedSample, foldPoints, type Series } from './folding/fold-points.ts';
import { mri } from './metric-name.ts';
import type { Sample } from './metric-point.ts';
import type { PointMessage } from './point-message.ts';
import { RefusalCounter, type RefusalTally } from './refused-points.ts';
import { nameOfTotal, readStates, stateWrite, type TotalOf } from './store/cumulative-store.ts';
import { dayOf } from './store/directory-keys.ts';
import { admitSeries, type DirectoryApp, overflowTags } from './store/directory-store.ts';
import { canonicalTags } from './tag-set.ts';

/** What messages add to buckets, and what is to be remembered of running totals. */
export interface FoldPlan {
  readonly cells: readonly Cell[];
  readonly states: readonly WriteAction[];
  /** How many points count, and how many of them under the tags of what is one series too many. */
  readonly counted: number;
  readonly overflowing: number;
  readonly refused: RefusalTally;
}

interface ToldTotal extends TotalOf {
  readonly total: Total;
  readonly atSeconds: number;
}

/** Decides what messages add, before anything of it is recorded. */
export async function planFold(
  app: DirectoryApp,
  messages: readonly PointMessage[],
  nowSeconds: number,
): Promise<FoldPlan> {
  const { samples, totals, refused } = sorted(messages);
  const { deltas, states } = await toDeltas(app, totals, nowSeconds);
  const all = [...samples, ...deltas];
  const { admitted, overflowing } = await withinLimit(app, all, nowSeconds);
  const counted = samples.length + totals.length;
  return { cells: foldPoints(admitted), states, counted, overflowing, refused };
}

function sorted(messages: readonly PointMessage[]) {
  const samples: CountedSample[] = [];
  const totals: ToldTotal[] = [];
  const refused = new RefusalCounter();
  for (const { organization, projectId, receivedAtSeconds, points } of messages) {
    for (const point of points) {
      const reason = refusalOf(point, receivedAtSeconds);
      if (reason !== undefined) {
        refused.add(reason);
        continue;
      }
      const { sample, timestamp: atSeconds = receivedAtSeconds } = point;
      const series = { organization, projectId, mri: mri(point.metric), tags: canonicalTags(point.tags) };
      if (isTotal(sample)) totals.push({ series, stream: sample.cumulative.stream, total: sample, atSeconds });
      else samples.push({ series, sample, atSeconds });
    }
  }
  return { samples, totals, refused: refused.tally };
}

function isTotal(sample: Sample): sample is Total {
  return 'cumulative' in sample;
}

/** What running totals add to what their senders told before. */
async function toDeltas({ metricsTable }: DirectoryApp, totals: readonly ToldTotal[], nowSeconds: number) {
  const deltas: CountedSample[] = [];
  const states: WriteAction[] = [];
  const told = Map.groupBy(totals, nameOfTotal);
  const stored = await readStates(
    metricsTable,
    [...told.values()].flatMap((some) => some.slice(0, 1)),
  );
  for (const [name, some] of told) {
    const before = stored.get(name);
    let state: CumulativeState | undefined = before;
    // In the order of their times, whatever way they came.
    for (const { series, total, atSeconds } of some.toSorted(byTime)) {
      const delta = deltaOf(state, total, atSeconds);
      state = delta.state;
      if (delta.sample !== undefined) deltas.push({ series, sample: delta.sample, atSeconds });
    }
    const [first] = some;
    if (first !== undefined && state !== undefined && state !== before) {
      states.push(stateWrite(first, state, before, nowSeconds));
    }
  }
  return { deltas, states };
}

function byTime(one: ToldTotal, other: ToldTotal): number {
  const runs = one.total.cumulative.startSeconds - other.total.cumulative.startSeconds;
  return runs === 0 ? one.atSeconds - other.atSeconds : runs;
}

/** The samples, with those of series that are one too many under tags that say so. */
async function withinLimit(app: DirectoryApp, samples: readonly CountedSample[], nowSeconds: number) {
  const days = Map.groupBy(samples, ({ series: { organization, projectId, mri: id }, atSeconds }) =>
    [organization, projectId, id, dayOf(atSeconds)].join('\n'),
  );
  const admitted: CountedSample[] = [];
  let overflowing = 0;
  for (const ofDay of days.values()) {
    const [first] = ofDay;
    if (first === undefined) continue;
    const tagSets = new Set(ofDay.map(({ series }) => series.tags));
    const excess = await admitSeries(app, first.series, dayOf(first.atSeconds), tagSets, nowSeconds);
    for (const sample of ofDay) {
      const isExcess = excess.has(sample.series.tags);
      overflowing += Number(isExcess);
      admitted.push(isExcess ? { ...sample, series: overflowOf(sample.series) } : sample);
    }
  }
  return { admitted, overflowing };
}

function overflowOf(series: Series): Series {
  return { ...series, tags: overflowTags };
}
