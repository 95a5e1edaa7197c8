import * as z from 'zod';
import { happened } from '../platform/happened.ts';
import { itemType } from '../platform/item-type.ts';
import type { Table, WriteAction } from '../platform/table.ts';

const retiredSlug = z.object({ organization: z.string(), slug: z.string(), projectId: z.string() });

/** Which project had a slug before its deletion freed it; until everything of the project is erased. */
export type RetiredSlug = z.infer<typeof retiredSlug>;

const retiredSlugItem = itemType({
  name: 'retired slug',
  schema: retiredSlug,
  key: (at: Pick<RetiredSlug, 'organization' | 'slug'>) => ({
    pk: `ORG#${at.organization}`,
    sk: `RETIRED_SLUG#${at.slug}`,
  }),
  address: ({ organization, slug }) => ({ organization, slug }),
});

/** The step of a transaction that remembers whose slug it was; of several projects, the last that was deleted. */
export function rememberSlug(value: RetiredSlug): WriteAction {
  return { put: retiredSlugItem.toItem(value) };
}

/** The ID of the project that had this slug last and is still being erased. */
export async function readRetiredSlug(
  table: Table,
  at: Pick<RetiredSlug, 'organization' | 'slug'>,
): Promise<string | undefined> {
  const item = await table.get(retiredSlugItem.key(at), { consistent: true });
  return item && retiredSlugItem.fromItem(item).projectId;
}

/** Forgets whose slug it was, unless another project had it since. */
export async function forgetSlug(table: Table, { projectId, ...at }: RetiredSlug): Promise<void> {
  const isIts = { expression: 'projectId = :projectId', values: { ':projectId': projectId } };
  await happened(table.write([{ delete: retiredSlugItem.key(at), onlyIf: isIts }]));
}
