import { mapLimited } from '../platform/map-limited.ts';

/** An entry of a list of one project. */
export interface ProjectEntry<Item> {
  readonly position: string;
  readonly item: Item;
}

/** What every entry tells: the last day (UTC) on which something new was noted of it. */
export interface Dated {
  readonly lastDay: string;
}

/** The entries of all projects at one position, and the latest of their days. */
export interface MergedEntry<Item> extends Dated {
  readonly position: string;
  readonly items: readonly { readonly projectId: string; readonly item: Item }[];
}

const readsAtOnce = 8;

/** Puts the lists of projects together, which are in the same order each: every position once, none read further than needed. */
export async function* mergeLists<Item extends Dated>(
  lists: ReadonlyMap<string, AsyncIterable<ProjectEntry<Item>>>,
  backwards: boolean,
): AsyncGenerator<MergedEntry<Item>> {
  const open = [...lists].map(([projectId, list]) => ({ projectId, list: list[Symbol.asyncIterator]() }));
  let heads = await mapLimited(open, readsAtOnce, nextOf);
  for (;;) {
    const left = heads.filter((head) => head !== undefined);
    const [first] = left.toSorted((one, other) => compareKeys(one.entry.position, other.entry.position, backwards));
    if (first === undefined) return;
    const { position } = first.entry;
    const same = left.filter(({ entry }) => entry.position === position);
    const items = same.map(({ projectId, entry: { item } }) => ({ projectId, item }));
    const lastDay = items.reduce((latest, { item }) => (item.lastDay > latest ? item.lastDay : latest), '');
    yield { position, items, lastDay };
    heads = await mapLimited(left, readsAtOnce, async (head) =>
      head.entry.position === position ? nextOf(head) : head,
    );
  }
}

async function nextOf<Item>(from: { readonly projectId: string; readonly list: AsyncIterator<ProjectEntry<Item>> }) {
  const next = await from.list.next();
  return next.done === true ? undefined : { projectId: from.projectId, list: from.list, entry: next.value };
}

/** As the table sorts: by the bytes of the text. */
function compareKeys(one: string, other: string, backwards: boolean): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other)) * (backwards ? -1 : 1);
}
