/**
 * Does `work` for every item, at most `limit` of them at a time. After a failure it takes no more, waits for what is under
 * way and throws the first failure: nothing goes on behind the back of whoever called.
 */
export async function eachLimited<Item>(
  items: Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const open = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (let next = open.next(); !next.done && failures.length === 0; next = open.next()) {
      await work(next.value).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  if (failures.length > 0) throw failures[0];
}
