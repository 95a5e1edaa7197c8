import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import type { Item, Table } from '../platform/table.ts';
import { type Author, authorRecord } from './release-record.ts';

const authorItem = itemType({
  name: 'author',
  schema: authorRecord.extend({ organization: z.string() }),
  key: (at: { organization: string; email: string }) => ({ pk: `AUTHOR#${at.organization}#${at.email}`, sk: 'AUTHOR' }),
  address: ({ organization, email }) => ({ organization, email }),
});

/** The item that holds an author. */
export function itemOfAuthor(organization: string, author: Author): Item {
  return authorItem.toItem({ organization, ...author });
}

/** Authors of an organization by address in lower case; unknown ones are missing. */
export async function readAuthors(
  table: Table,
  organization: string,
  emails: readonly string[],
): Promise<Map<string, Author>> {
  const items = await table.batchGet(emails.map((email) => authorItem.key({ organization, email })));
  return new Map(
    items.map((item) => {
      const { organization: _, ...author } = authorItem.fromItem(item);
      return [author.email, author];
    }),
  );
}
