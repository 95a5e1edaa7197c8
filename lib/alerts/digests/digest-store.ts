import * as z from 'zod';
import type { App } from '../../platform/app.ts';
import { happened } from '../../platform/happened.ts';
import { itemType } from '../../platform/item-type.ts';
import { isThere, notThere, type WriteAction } from '../../platform/table.ts';

const digestSchema = z.object({
  id: z.string(),
  organization: z.string(),
  name: z.string(),
  /** In the order in which they are shown. Those that are gone by now are left out when it is sent. */
  ruleIds: z.array(z.string()).min(1),
  cron: z.string(),
  timeZone: z.string(),
  /** How much of the past it tells. */
  periodSeconds: z.number(),
  channel: z.object({
    teamId: z.string(),
    channelId: z.string(),
    /** Only shown: a channel is its workspace and id, whatever it is called by now. */
    channelName: z.string(),
  }),
  /** The first moment that was not dealt with. Null when it is switched off, or stopped because nothing is left to tell. */
  nextAt: z.string().nullable(),
  enabled: z.boolean(),
  createdAt: z.string(),
  createdBy: z.string().optional(),
  editedAt: z.string().optional(),
  /** Goes up with every edit; an edit of an old one is refused. */
  revision: z.number(),
});

const digest = itemType({
  name: 'digest',
  schema: digestSchema,
  key: (id: string) => ({ pk: `DIGEST#${id}`, sk: 'DIGEST' }),
  address: ({ id }) => id,
  index: ({ organization, id, nextAt }): Record<string, string> => ({
    ...{ gsi1pk: organizationDigests(organization), gsi1sk: id },
    ...(nextAt !== null && dueIndex(id, nextAt)),
  }),
});

/** Rules that are shown together in a channel, again and again. */
export type Digest = z.infer<typeof digestSchema>;

const duePartition = 'DIGESTS_DUE';
const digestsPerQuery = 25;

/** The write that makes a digest. */
export function insertDigest(value: Digest): WriteAction {
  return { put: digest.toItem(value), onlyIf: notThere };
}

/** Stores an edited digest; says false when it was edited since, or is gone. */
export async function replaceDigest({ table }: Pick<App, 'table'>, next: Digest, before: Digest): Promise<boolean> {
  const unchanged = { expression: '#revision = :before', names: { '#revision': 'revision' } };
  return happened(table.put(digest.toItem(next), { ...unchanged, values: { ':before': before.revision } }));
}

/** Says when a digest is due next, if it is the one that was seen; it stays as somebody edited it otherwise. */
export async function moveDigest(
  { table }: Pick<App, 'table'>,
  seen: Pick<Digest, 'id' | 'nextAt' | 'revision'>,
  nextAt: string | null,
): Promise<boolean> {
  const { gsi2pk, gsi2sk } = dueIndex(seen.id, nextAt ?? '');
  const isDue = nextAt !== null;
  const set = {
    expression: `SET #nextAt = :nextAt${isDue ? ', #pk = :pk, #sk = :sk' : ' REMOVE #pk, #sk'}`,
    names: { '#nextAt': 'nextAt', '#pk': 'gsi2pk', '#sk': 'gsi2sk' },
    values: { ':nextAt': nextAt, ...(isDue && { ':pk': gsi2pk, ':sk': gsi2sk }) },
  };
  const asSeen = {
    expression: '#revision = :revision AND #nextAt = :seenAt',
    names: { '#revision': 'revision', '#nextAt': 'nextAt' },
    values: { ':revision': seen.revision, ':seenAt': seen.nextAt },
  };
  return happened(table.update(digest.key(seen.id), set, asSeen));
}

/** Forgets a digest; says false when there is none. */
export async function deleteDigest({ table }: Pick<App, 'table'>, id: string): Promise<boolean> {
  return happened(table.write([{ delete: digest.key(id), onlyIf: isThere }]));
}

/** The digest as the last write left it. */
export async function loadDigest({ table }: Pick<App, 'table'>, id: string): Promise<Digest | undefined> {
  const item = await table.get(digest.key(id), { consistent: true });
  return item && digest.fromItem(item);
}

/** The digests of an organization page by page, the oldest first or the newest first, behind the one with the ID `after`. */
export async function* loadDigestPages(
  { table }: Pick<App, 'table'>,
  organization: string,
  { after, backwards }: { readonly after?: string; readonly backwards: boolean },
): AsyncGenerator<Digest[]> {
  const from = after === undefined ? {} : { after };
  const query = {
    index: 'gsi1',
    partition: organizationDigests(organization),
    descending: backwards,
    ...from,
  } as const;
  let page = await table.query({ ...query, limit: digestsPerQuery });
  for (;;) {
    yield page.items.map(digest.fromItem);
    if (page.next === undefined) return;
    page = await table.query({ ...query, limit: digestsPerQuery, from: page.next });
  }
}

/** Digests that are due at this time (ISO), the longest due first. */
export async function loadDueDigests({ table }: Pick<App, 'table'>, time: string): Promise<Digest[]> {
  // '~' sorts after every character of an id, so that what is due at this very moment is included.
  const query = { index: 'gsi2', partition: duePartition, between: ['0', `${time}#~`] } as const;
  return Array.fromAsync(table.queryAll(query), digest.fromItem);
}

function dueIndex(id: string, nextAt: string): Record<'gsi2pk' | 'gsi2sk', string> {
  return { gsi2pk: duePartition, gsi2sk: `${nextAt}#${id}` };
}

function organizationDigests(organization: string): string {
  return `ORG#${organization}#DIGESTS`;
}
