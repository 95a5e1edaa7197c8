import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyPoint } from '../../../tests/support/any-points.ts';
import { mri } from '../metric-name.ts';
import { bucketUpdates } from '../store/bucket-updates.ts';
import { canonicalTags } from '../tag-set.ts';
import { decodeCells, encodeCells } from './fold-content.ts';
import { type CountedSample, foldPoints, type Increment, rollUp } from './fold-points.ts';
import { groupUpdates } from './group-updates.ts';

const nowSeconds = 1_772_442_000;

/** Points as the worker counts them; sums of whole numbers, so that no order of adding shows. */
const anyPoints = fc.array(
  anyPoint(nowSeconds).map((point): CountedSample => {
    const series = { organization: 'acme', projectId: '7', mri: mri(point.metric), tags: canonicalTags(point.tags) };
    return { series, sample: point.sample, atSeconds: point.timestamp ?? nowSeconds };
  }),
  { maxLength: 30 },
);

const near = (sum: number) => expect.closeTo(sum, Math.abs(sum) > 1e6 ? -3 : 3);
const loose = ({ contribution, ...rest }: Increment) => ({
  ...rest,
  contribution: { ...contribution, sum: near(contribution.sum) },
});

describe('folding points', () => {
  it('gives the same whatever the order of the points', () => {
    const shuffled = anyPoints.chain((points) =>
      fc.tuple(
        fc.constant(points),
        fc.shuffledSubarray(points, { minLength: points.length, maxLength: points.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(rollUp(foldPoints(other))).toEqual(rollUp(foldPoints(one)).map(loose));
      }),
    );
  });

  it('counts every point once in each length of bucket', () => {
    fc.assert(
      fc.property(anyPoints, (points) => {
        const cells = foldPoints(points);
        const counts = [10, 60, 3_600, 86_400].map((seconds) =>
          rollUp(cells)
            .filter(({ granularity }) => granularity === seconds)
            .reduce((sum, { contribution }) => sum + contribution.count, 0),
        );
        const all = cells.reduce((sum, { contribution }) => sum + contribution.count, 0);
        expect(counts).toEqual([all, all, all, all]);
      }),
    );
  });

  it('is written and read again as it is', () => {
    fc.assert(
      fc.property(anyPoints, (points) => {
        const cells = foldPoints(points);
        expect(decodeCells(encodeCells(cells))).toEqual(cells);
      }),
    );
  });

  it('becomes the same groups again, none with an item twice, none too large', () => {
    fc.assert(
      fc.property(anyPoints, (points) => {
        const cells = foldPoints(points);
        const groupsOf = (some: typeof cells) => groupUpdates(rollUp(some).flatMap((one) => bucketUpdates(one)));
        const groups = groupsOf(cells);
        expect(groupsOf(decodeCells(encodeCells(cells)))).toEqual(groups);
        for (const group of groups) {
          expect(group.length).toBeLessThanOrEqual(99);
          expect(new Set(group.map(({ key }) => `${key.pk} ${key.sk}`)).size).toBe(group.length);
        }
      }),
    );
  });
});
