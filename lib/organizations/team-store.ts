import * as z from 'zod';
import { ConflictError } from '../platform/errors.ts';
import { itemType } from '../platform/item-type.ts';
import type { Lookup } from '../platform/lookup.ts';
import type { PageSource } from '../platform/pagination.ts';
import { prefixSource } from '../platform/prefix-source.ts';
import { isSlug } from '../platform/slug.ts';
import { ConditionFailedError, notThere, type Table } from '../platform/table.ts';
import { writeWithId } from '../platform/write-with-id.ts';
import { joinTeam } from './member-store.ts';
import { messages } from './messages.ts';

const team = z.object({
  id: z.string(),
  organization: z.string(),
  slug: z.string(),
  name: z.string(),
  memberIds: z.array(z.string()),
  createdAt: z.string(),
});

/** Members who look after the same projects. */
export type Team = z.infer<typeof team>;

const teamPrefix = 'TEAM#';

const teamItem = itemType({
  name: 'team',
  schema: team,
  key: (at: { organization: string; slug: string }) => ({
    pk: `ORG#${at.organization}`,
    sk: `${teamPrefix}${at.slug}`,
  }),
  address: ({ organization, slug }) => ({ organization, slug }),
});

/** The team of the organization with this slug; undefined for what can be none. */
export async function readTeam(table: Table, organization: string, slug: string): Promise<Team | undefined> {
  if (!isSlug(slug)) return undefined;
  const item = await table.get(teamItem.key({ organization, slug }), { consistent: true });
  return item && teamItem.fromItem(item);
}

/** Asks for the teams with these slugs, by slug, together with what else is read. */
export function teamsLookup(organization: string, slugs: Iterable<string>): Lookup<ReadonlyMap<string, Team>> {
  const keys = [...new Set(slugs)].filter(isSlug).map((slug) => teamItem.key({ organization, slug }));
  return {
    keys,
    read(itemAt) {
      const items = keys.flatMap((key) => itemAt(key) ?? []);
      return new Map(items.map(teamItem.fromItem).map((one) => [one.slug, one]));
    },
  };
}

/** A page's worth of teams by slug. */
export function teamSource(table: Table, organization: string): PageSource<Team> {
  return prefixSource(table, { partition: `ORG#${organization}`, prefix: teamPrefix }, teamItem.fromItem);
}

/** All teams of the organization by slug. */
export async function readTeams(table: Table, organization: string): Promise<Team[]> {
  const query = { partition: `ORG#${organization}`, beginsWith: teamPrefix, consistent: true };
  return (await Array.fromAsync(table.queryAll(query))).map(teamItem.fromItem);
}

/** Stores a new team and notes it with its members. @throws IdTakenError, ConflictError when the slug is taken */
export async function insertTeam(table: Table, value: Team): Promise<void> {
  try {
    await writeWithId(table, 'team', value.id, [
      { put: teamItem.toItem(value), onlyIf: notThere },
      ...value.memberIds.map((userId) => joinTeam(value.organization, userId, value.slug)),
    ]);
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    const [slugTaken] = error.failed;
    throw new ConflictError(slugTaken ? messages.teamSlugTaken(value.slug) : messages.notMember, { cause: error });
  }
}
