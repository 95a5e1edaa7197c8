import { type Page, type PageRequest, readPage, requirePosition } from '../platform/pagination.ts';
import type { Table } from '../platform/table.ts';
import { mergeLists } from './merge-lists.ts';
import { tagValuePrefix } from './store/directory-keys.ts';
import { readTagValues } from './store/directory-list-store.ts';

/** A value that a tag of a metric has. */
export interface ListedTagValue {
  readonly value: string;
  /** The last day (UTC) on which a series had it that was new that day. */
  readonly lastDay: string;
}

/** No point has a tag with a longer name, and no key of the table takes it. */
const longestTag = 200;

/**
 * The values of a tag of a metric in these projects, in order, each once.
 * @throws BadRequestError for a cursor of another tag
 */
export async function listTagValues(
  app: { readonly metricsTable: Table },
  input: {
    readonly organization: string;
    readonly projectIds: readonly string[];
    readonly mri: string;
    readonly tag: string;
    readonly page: PageRequest;
  },
): Promise<Page<ListedTagValue>> {
  const { organization, projectIds, mri, tag, page } = input;
  if (tag.length > longestTag) return { items: [] };
  requirePosition(page.start?.position, tagValuePrefix(tag));
  return readPage(page, async function* (start) {
    const lists = projectIds.map(
      (projectId) =>
        [projectId, readTagValues(app.metricsTable, { organization, projectId, mri }, tag, start)] as const,
    );
    for await (const { position, items, lastDay } of mergeLists(new Map(lists), start.backwards)) {
      const [first] = items;
      if (first === undefined) continue;
      yield { position, item: { value: first.item.value, lastDay } };
    }
  });
}
