/** Puts items, in their order, into groups of at most `most` items and `maxSize` in all; one that is larger stands alone. */
export function groupBySize<Item>(
  items: readonly Item[],
  {
    most,
    maxSize,
    sizeOf,
  }: { readonly most: number; readonly maxSize: number; readonly sizeOf: (item: Item) => number },
): Item[][] {
  const groups: Item[][] = [];
  let total = 0;
  for (const item of items) {
    const size = sizeOf(item);
    const group = groups.at(-1);
    if (group === undefined || group.length === most || total + size > maxSize) {
      groups.push([item]);
      total = size;
    } else {
      group.push(item);
      total += size;
    }
  }
  return groups;
}
