import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupBySize } from './group-by-size.ts';

describe('grouping by size', () => {
  it('keeps every item in its order, and every group within its limits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20)), async (sizes) => {
        const groups = groupBySize(sizes, { most: 4, maxSize: 10, sizeOf: (size) => size });
        expect(groups.flat()).toEqual(sizes);
        for (const group of groups) {
          const total = group.reduce((sum, size) => sum + size, 0);
          expect(group.length > 0 && group.length <= 4 && (total <= 10 || group.length === 1)).toBe(true);
        }
      }),
    );
  });
});
