import { BadRequestError } from '../platform/errors.ts';
import { type Page, type PageRequest, readPage } from '../platform/pagination.ts';
import { messages } from './messages.ts';
import type { ReleaseJson } from './release-json.ts';
import type { ListStart } from './release-places.ts';
import type { PlacedRow } from './release-rows.ts';
import { serializeRelease } from './serialize-release.ts';

/** A time, the ID of a release, and where the order asks for it its version: nothing else gets into a key of the table. */
const positions = { date: /^[\dTZ:.-]{20,30}#\d{1,20}$/, version: /^[\dTZ:.-]{20,30}#\d{1,20}#.{1,800}$/su };

/** Reads a page of releases. One more is read than it shows, to know whether there are more. @throws BadRequestError */
export async function releasePage(
  request: PageRequest,
  order: keyof typeof positions,
  rows: (start: ListStart) => AsyncIterable<PlacedRow>,
): Promise<Page<ReleaseJson>> {
  const { start, limit } = request;
  if (start !== undefined && !positions[order].test(start.position)) throw new BadRequestError(messages.cursorInvalid);
  const page = await readPage(request, (from) => rows({ ...from, size: limit + 1 }));
  return {
    ...page,
    items: page.items.map(({ release, projects, owner }) => serializeRelease(release, projects, owner)),
  };
}
