import * as z from 'zod';
import { ConflictError } from '../platform/errors.ts';
import { itemType } from '../platform/item-type.ts';
import type { Lookup } from '../platform/lookup.ts';
import { orRefuse } from '../platform/or-refuse.ts';
import { isSlug } from '../platform/slug.ts';
import { isThere, notThere, type Table } from '../platform/table.ts';
import { writeWithId } from '../platform/write-with-id.ts';
import { messages } from './messages.ts';

const organization = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  /** Whether who may not change the organization makes projects; they do, when it is absent. */
  membersCreateProjects: z.boolean().optional(),
  createdAt: z.string(),
});

/** A customer, a company, a club: what everything else belongs to. */
export type Organization = z.infer<typeof organization>;

const allOrganizations = 'ORGANIZATIONS';

const organizationItem = itemType({
  name: 'organization',
  schema: organization,
  key: (slug: string) => ({ pk: `ORG#${slug}`, sk: 'ORGANIZATION' }),
  address: (value) => value.slug,
  index: (value) => ({ gsi1pk: allOrganizations, gsi1sk: value.slug }),
});

/** The organization with this slug; undefined for what can be none. */
export async function readOrganization(table: Table, slug: string): Promise<Organization | undefined> {
  if (!isSlug(slug)) return undefined;
  const item = await table.get(organizationItem.key(slug), { consistent: true });
  return item && organizationItem.fromItem(item);
}

/** Asks for the organization with this slug, together with what else is read. */
export function organizationLookup(slug: string): Lookup<Organization | undefined> {
  const key = organizationItem.key(slug);
  return {
    keys: [key],
    read(itemAt) {
      const item = itemAt(key);
      return item && organizationItem.fromItem(item);
    },
  };
}

/** Changes some attributes of an organization. @throws ConditionFailedError when there is none */
export async function changeOrganization(
  table: Table,
  slug: string,
  changes: Partial<Pick<Organization, 'name' | 'membersCreateProjects'>>,
): Promise<void> {
  const names = Object.keys(changes);
  const set = {
    expression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    values: Object.fromEntries(Object.entries(changes).map(([name, value]) => [`:${name}`, value])),
  };
  await table.update(organizationItem.key(slug), set, isThere);
}

/** All organizations by slug. */
export async function readOrganizations(table: Table): Promise<Organization[]> {
  const items = await Array.fromAsync(table.queryAll({ index: 'gsi1', partition: allOrganizations }));
  return items.map(organizationItem.fromItem);
}

/** Stores a new organization. @throws IdTakenError, ConflictError when the slug is taken */
export async function insertOrganization(table: Table, value: Organization): Promise<void> {
  await orRefuse(
    writeWithId(table, 'organization', value.id, [{ put: organizationItem.toItem(value), onlyIf: notThere }]),
    (why) => new ConflictError(messages.organizationSlugTaken(value.slug), why),
  );
}
