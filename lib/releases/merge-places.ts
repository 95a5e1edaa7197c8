import type { ReleasePlace } from './release-places.ts';

/**
 * Merges lists that are each in the same order into one, in which what stands at the same position is one entry: it is
 * passed over only when all of them pass it over.
 */
export async function* mergePlaces(
  lists: readonly AsyncIterator<ReleasePlace>[],
  backwards: boolean,
): AsyncGenerator<ReleasePlace> {
  const first = (one: string, other: string): boolean => (backwards ? one < other : one > other);
  const open = new Map<AsyncIterator<ReleasePlace>, ReleasePlace>();
  const advance = async (list: AsyncIterator<ReleasePlace>): Promise<void> => {
    const { done, value } = await list.next();
    if (done === true) open.delete(list);
    else open.set(list, value);
  };
  await Promise.all(lists.map(advance));
  while (open.size > 0) {
    let next: string | undefined;
    for (const { position } of open.values()) {
      if (next === undefined || first(position, next)) next = position;
    }
    const together = [...open].filter(([, { position }]) => position === next);
    const [[, passed]] = together as [[unknown, ReleasePlace]];
    yield together.find(([, { item }]) => item !== undefined)?.[1] ?? passed;
    await Promise.all(together.map(([list]) => advance(list)));
  }
}
