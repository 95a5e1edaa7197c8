import { type PageSource, requirePosition } from './pagination.ts';
import type { Item, Table } from './table.ts';

/** IDs and slugs: all sort before `~`, and a cursor that names anything else was made up. */
const position = /^[\w-]{1,200}$/;
const behindAll = '~';
const itemsPerQuery = 200;

/**
 * The entries of a partition whose sort keys begin with `prefix`, each at the place that the rest of its sort key gives;
 * `read` gives undefined for what does not fit. Partitions hold items of many types, so that both ends are bounded.
 */
export function prefixSource<Entry>(
  table: Table,
  { partition, prefix }: { readonly partition: string; readonly prefix: string },
  read: (item: Item) => Entry | undefined,
): PageSource<Entry> {
  return async function* ({ after, backwards }) {
    requirePosition(after, position);
    const here = `${prefix}${after ?? ''}`;
    const between = backwards ? ([prefix, here] as const) : ([here, `${prefix}${behindAll}`] as const);
    const query = { partition, between, descending: backwards, limit: itemsPerQuery, consistent: true };
    for await (const item of table.queryAll(query)) {
      if (item.sk === here) continue;
      const entry = read(item);
      yield { position: item.sk.slice(prefix.length), ...(entry !== undefined && { item: entry }) };
    }
  };
}
