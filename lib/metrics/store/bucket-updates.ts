import type { Key, UpdateExpression } from '../../platform/table.ts';
import type { Increment } from '../folding/fold-points.ts';
import { type MetricRetention, metricRetention } from '../folding/granularities.ts';
import { bucketKey } from './bucket-keys.ts';

/** One action of a transaction that adds to a bucket. */
export interface BucketUpdate {
  readonly key: Key;
  readonly set: UpdateExpression;
  readonly weight: number;
}

/** The names of what a bucket's item holds; `p` and `m` are followed by the number of a bin. */
export const bucketItem = { name: 'metric bucket', positive: 'p', negative: 'm' } as const;

/** An expression has 4 KB and 300 operators at most; this many counters leave room in both. */
const mostBins = 140;
/** A distribution over 27 decades in both directions has 80 KB, and a transaction 4 MB of items. */
const distributionWeight = 2;

/** What adds an increment to its bucket: one update, or several where a distribution touches very many bins. */
export function bucketUpdates(increment: Increment, retention: MetricRetention = metricRetention): BucketUpdate[] {
  const { series, contribution } = increment;
  const key = bucketKey(increment);
  const isSet = contribution.members !== undefined;
  const [first, ...others] = parts(binsOf(increment));
  const counters: [string, number][] = [['n', contribution.count]];
  if (!isSet) counters.push(['s', contribution.sum]);
  if (contribution.zeros !== undefined) counters.push(['z', contribution.zeros]);
  const bucket = {
    tags: series.tags,
    itemType: bucketItem.name,
    expiresAt: expiryOf(increment, retention),
  };
  const weight = first === undefined && contribution.zeros === undefined ? 1 : distributionWeight;
  return [[...counters, ...(first ?? [])], ...others].map((added) => ({ key, weight, set: addTo(bucket, added) }));
}

/** When a bucket is not kept any longer. */
export function expiryOf(
  { startSeconds, granularity }: Pick<Increment, 'startSeconds' | 'granularity'>,
  retention: MetricRetention,
): number {
  return startSeconds + granularity + retention[granularity];
}

/** In order, so that the same bins make the same updates. */
function binsOf({ contribution: { positive, negative } }: Increment): [string, number][] {
  const named = (bins: ReadonlyMap<number, number> | undefined, prefix: string): [string, number][] =>
    [...(bins ?? [])].sort(([one], [other]) => one - other).map(([bin, times]) => [`${prefix}${bin}`, times]);
  return [...named(positive, bucketItem.positive), ...named(negative, bucketItem.negative)];
}

function addTo(bucket: Readonly<Record<string, unknown>>, added: readonly [string, number][]): UpdateExpression {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const sets = Object.entries(bucket).map(([name, value], index) => {
    names[`#b${index}`] = name;
    values[`:b${index}`] = value;
    return `#b${index} = :b${index}`;
  });
  const adds = added.map(([name, by], index) => {
    names[`#a${index}`] = name;
    values[`:a${index}`] = by;
    return `#a${index} :a${index}`;
  });
  return { expression: `SET ${sets.join(',')} ADD ${adds.join(',')}`, names, values };
}

function parts<Value>(values: readonly Value[]): Value[][] {
  return Array.from({ length: Math.ceil(values.length / mostBins) }, (_, index) =>
    values.slice(index * mostBins, (index + 1) * mostBins),
  );
}
