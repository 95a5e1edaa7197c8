import { BadRequestError } from './errors.ts';
import { dynamoSortKeyBytes } from './limits.ts';

/** Where a page begins: right behind a position, or so that it ends right before one. */
export interface PageStart {
  readonly position: string;
  readonly backwards: boolean;
}

/** Which page of a list is wanted; without `start` the first. */
export interface PageRequest {
  readonly limit: number;
  readonly start?: PageStart;
}

/** A page, with the cursors of those beside it where there are any. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly previous?: string;
  readonly next?: string;
}

/** An entry of a list at its place in the order. Without an item it is passed over: it does not fit what is asked for. */
export interface Placed<Item> {
  /** Unique within the list, and the same for as long as the entry is in it: a cursor names it. */
  readonly position: string;
  readonly item?: Item;
}

/** The entries behind a position, in the order of the list; or, backwards, those before it, nearest first. */
export type PageSource<Item> = (start: {
  readonly after?: string;
  readonly backwards: boolean;
}) => AsyncIterable<Placed<Item>> | Iterable<Placed<Item>>;

const cursorUnknown = 'The cursor is none of ours. Leave it out to begin with the first page.';
const maxPerPage = 100;
/** Beyond so many entries that do not fit, a page ends early, and its cursor goes on from there. */
const maxPassedOver = 2_000;

/**
 * Reads `per_page` (1 to 100, 100 by default) and `cursor` (empty for the first page).
 * @throws BadRequestError with a text that says what is possible
 */
export function pageRequest(sent: {
  readonly perPage?: string | undefined;
  readonly cursor?: string | undefined;
}): PageRequest {
  const { perPage = String(maxPerPage), cursor = '' } = sent;
  if (!/^\d{1,9}$/.test(perPage) || Number(perPage) < 1) {
    throw new BadRequestError('Invalid per_page parameter. Send a whole number from 1 to 100.');
  }
  if (Number(perPage) > maxPerPage) throw new BadRequestError('Invalid per_page value. Cannot exceed 100.');
  return { limit: Number(perPage), ...(cursor !== '' && { start: startAt(cursor) }) };
}

/**
 * Refuses a cursor whose position cannot be one of the list; `form` is what they all match, or begin with.
 * @throws BadRequestError
 */
export function requirePosition(position: string | undefined, form: RegExp | string): void {
  if (position === undefined) return;
  const fits = typeof form === 'string' ? position.startsWith(form) : form.test(position);
  if (!fits) throw new BadRequestError(cursorUnknown);
}

/**
 * Reads one page. Cursors name the entry that they stand beside, never a number of entries: whatever comes or goes
 * elsewhere in the list, nothing is shown twice and nothing left out.
 */
export async function readPage<Item>(request: PageRequest, source: PageSource<Item>): Promise<Page<Item>> {
  const { limit, start } = request;
  const backwards = start?.backwards ?? false;
  const found: { item: Item; position: string }[] = [];
  let more = false;
  let passedOver = 0;
  let last = start?.position;
  for await (const { position, item } of source({ ...(start && { after: start.position }), backwards })) {
    if (item !== undefined && found.length === limit) {
      more = true;
      break;
    }
    last = position;
    if (item !== undefined) {
      found.push({ item, position });
    } else {
      passedOver += 1;
      more = passedOver === maxPassedOver;
      if (more) break;
    }
  }
  const first = found[0]?.position ?? start?.position;
  const items = found.map(({ item }) => item);
  if (backwards) {
    return {
      items: items.toReversed(),
      ...(more && last !== undefined && { previous: cursorOf(last, true) }),
      ...(first !== undefined && { next: cursorOf(first, false) }),
    };
  }
  return {
    items,
    ...(start !== undefined && first !== undefined && { previous: cursorOf(first, true) }),
    ...(more && last !== undefined && { next: cursorOf(last, false) }),
  };
}

/** A source over a list that was read whole; `entries` in the order of the list, which `compare` tells. */
export function sourceOf<Item>(
  entries: readonly (Placed<Item> & { readonly position: string })[],
  compare: (one: string, other: string) => number = (one, other) => (one < other ? -1 : Number(one > other)),
): PageSource<Item> {
  return ({ after, backwards }) => {
    if (backwards) {
      return entries.filter(({ position }) => after === undefined || compare(position, after) < 0).toReversed();
    }
    return entries.filter(({ position }) => after === undefined || compare(position, after) > 0);
  };
}

/** The value of the `Link` header: the page before and the page after, each saying whether there is one. */
export function linkHeader(
  address: string,
  query: Readonly<Record<string, readonly string[]>>,
  page: Page<unknown>,
): string {
  const link = (rel: 'previous' | 'next', cursor: string | undefined): string => {
    const parameters = Object.entries({ ...query, cursor: [cursor ?? ''] }).flatMap(([name, values]) =>
      values.map((value): [string, string] => [name, value]),
    );
    const url = `${address}?${new URLSearchParams(parameters)}`;
    return `<${url}>; rel="${rel}"; results="${cursor !== undefined}"; cursor="${cursor ?? ''}"`;
  };
  return `${link('previous', page.previous)}, ${link('next', page.next)}`;
}

function cursorOf(position: string, backwards: boolean): string {
  return Buffer.from(`${backwards ? '<' : '>'}${position}`).toString('base64url');
}

function startAt(cursor: string): PageStart {
  const text = /^[\w-]{2,2000}$/.test(cursor) ? Buffer.from(cursor, 'base64url').toString() : '';
  const position = text.slice(1);
  const isKey = position !== '' && Buffer.byteLength(position) <= dynamoSortKeyBytes;
  if (!/^[<>]/.test(text) || !isKey || cursorOf(position, text.startsWith('<')) !== cursor) {
    throw new BadRequestError(cursorUnknown);
  }
  return { position, backwards: text.startsWith('<') };
}
