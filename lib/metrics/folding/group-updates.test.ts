import { describe, expect, it } from 'vitest';
import { type BucketUpdate, bucketUpdates } from '../store/bucket-updates.ts';
import { groupUpdates } from './group-updates.ts';

/** So many distributions, each with so many bins. */
function distributions(count: number, bins: number): BucketUpdate[] {
  return Array.from({ length: count }, (_, index) =>
    bucketUpdates({
      series: { organization: 'acme', projectId: '7', mri: 'd:custom/a@none', tags: `[["n","${index}"]]` },
      granularity: 60,
      startSeconds: 0,
      contribution: {
        count: bins,
        sum: bins,
        positive: new Map(Array.from({ length: bins }, (__, bin) => [bin - 50, 1])),
      },
    }),
  ).flat();
}

describe('groups of updates', () => {
  it.each([
    [1, 140, [1]],
    [1, 141, [1, 1]],
    [1, 700, [1, 1, 1, 1, 1]],
    [49, 1, [49]],
    [50, 1, [49, 1]],
    [50, 141, [49, 1, 49, 1]],
  ])('of %i distributions with %i bins have %j actions', (count, bins, sizes) => {
    expect(groupUpdates(distributions(count, bins)).map(({ length }) => length)).toEqual(sizes);
  });

  it('hold expressions that DynamoDB takes', () => {
    for (const { set } of distributions(1, 700)) {
      expect(set.expression.length).toBeLessThan(4_096);
      expect(Object.keys(set.values ?? {}).length).toBeLessThan(300);
    }
  });
});
