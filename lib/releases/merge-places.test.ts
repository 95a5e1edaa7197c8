import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergePlaces } from './merge-places.ts';
import type { ReleasePlace } from './release-places.ts';

async function* list(places: readonly ReleasePlace[]): AsyncGenerator<ReleasePlace> {
  yield* places;
}

const item = (version: string) => ({ position: version, item: { id: version, version } });
const versionsOf = (places: readonly ReleasePlace[]) => places.map(({ position }) => position);

it('merges lists into one in their order, each release once, in both directions', async () => {
  const lists = fc.array(fc.uniqueArray(fc.stringMatching(/^[a-z]$/)), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(lists, fc.boolean(), async (all, backwards) => {
      const ordered = (versions: Iterable<string>) => {
        const ascending = [...versions].sort();
        return backwards ? ascending : ascending.toReversed();
      };
      const sources = all.map((versions) => list(ordered(versions).map(item)));
      const merged = await Array.fromAsync(mergePlaces(sources, backwards));
      expect(versionsOf(merged)).toEqual(ordered(new Set(all.flat())));
    }),
    { numRuns: 50 },
  );
});

it('passes over what none of the lists has for an answer', async () => {
  const merged = mergePlaces(
    [list([{ position: 'b' }, { position: 'a' }]), list([item('b'), { position: 'a' }])],
    false,
  );
  expect(await Array.fromAsync(merged)).toEqual([item('b'), { position: 'a' }]);
});
