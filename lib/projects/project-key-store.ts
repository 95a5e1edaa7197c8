import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import type { Table } from '../platform/table.ts';

const projectKey = z.object({ publicKey: z.string(), organization: z.string(), projectId: z.string() });

/** What a DSN's key leads to. Keys of deleted projects are gone. */
export type ProjectKey = z.infer<typeof projectKey>;

/** Describes the item; written together with its project. */
export const projectKeyItem = itemType({
  name: 'project key',
  schema: projectKey,
  key: (publicKey: string) => ({ pk: `KEY#${publicKey}`, sk: 'KEY' }),
  address: (value) => value.publicKey,
});

/** The project key with this public key. */
export async function readProjectKey(table: Table, publicKey: string): Promise<ProjectKey | undefined> {
  const item = await table.get(projectKeyItem.key(publicKey), { consistent: true });
  return item && projectKeyItem.fromItem(item);
}
