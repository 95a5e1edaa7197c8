import * as z from 'zod';
import { happened } from '../platform/happened.ts';
import { itemType } from '../platform/item-type.ts';
import type { Lookup } from '../platform/lookup.ts';
import { type Item, isThere, type Key, type Table, type WriteAction } from '../platform/table.ts';
import type { Release } from './release-record.ts';

const link = z.object({
  organization: z.string(),
  version: z.string(),
  releaseId: z.string(),
  projectId: z.string(),
  dateAdded: z.string(),
  /** When it was released, or else added: what lists of a project are in the order of. */
  sortDate: z.string(),
  /** Names of the environments that the release was deployed to for this project; absent for none. */
  environments: z.set(z.string()).optional(),
  hasHealthData: z.boolean().optional(),
});

/** A release in one of its projects; the lists of releases of a project are made of these. */
export type ReleaseLink = z.infer<typeof link>;

/** By which time a list is in order. */
export type ReleaseOrder = 'added' | 'released';

const linkPrefix = 'PROJECT#';

const linkItem = itemType({
  name: 'release of a project',
  schema: link,
  key: (at: { organization: string; version: string; projectId: string }) => ({
    pk: releasePartition(at),
    sk: `${linkPrefix}${at.projectId}`,
  }),
  address: ({ organization, version, projectId }) => ({ organization, version, projectId }),
  index: (value) => ({
    gsi1pk: linksOf(value.projectId),
    gsi1sk: `${value.sortDate}#${value.releaseId}`,
    gsi2pk: linksOf(value.projectId),
    gsi2sk: `${value.dateAdded}#${value.releaseId}`,
  }),
});

function linksOf(projectId: string): string {
  return `PROJECT#${projectId}#RELEASES`;
}

/** The partition of a release and its links. What else belongs to a release stands under its ID. */
export function releasePartition(at: { readonly organization: string; readonly version: string }): string {
  return `RELEASE#${at.organization}#${at.version}`;
}

/** When a release was released, or else added. */
export function sortDateOf(release: Pick<Release, 'dateReleased' | 'dateAdded'>): string {
  return release.dateReleased ?? release.dateAdded;
}

/** The steps that make a release one of these projects. */
export function attachWrites(release: Release, projectIds: readonly string[]): WriteAction[] {
  const { organization, version, id: releaseId, dateAdded } = release;
  const sortDate = sortDateOf(release);
  return projectIds.map((projectId) => ({
    put: linkItem.toItem({ organization, version, releaseId, projectId, dateAdded, sortDate }),
  }));
}

/** The steps that move a release to its new place in the lists of these projects. */
export function resortWrites(release: Release, projectIds: readonly string[]): WriteAction[] {
  const sortDate = sortDateOf(release);
  return projectIds.map((projectId) => ({
    update: linkItem.key({ ...release, projectId }),
    set: {
      expression: 'SET #sortDate = :sortDate, #gsi1sk = :gsi1sk',
      names: { '#sortDate': 'sortDate', '#gsi1sk': 'gsi1sk' },
      values: { ':sortDate': sortDate, ':gsi1sk': `${sortDate}#${release.id}` },
    },
    onlyIf: { expression: 'attribute_exists(pk)' },
  }));
}

/** Where the link of a release to a project stands. */
export function linkKey(at: {
  readonly organization: string;
  readonly version: string;
  readonly projectId: string;
}): Key {
  return linkItem.key(at);
}

/** The link in an item that was read at `linkKey`. */
export const linkOf = (item: Item): ReleaseLink => linkItem.fromItem(item);

/** Asks for the links of a release to some projects; missing ones are missing. */
export function linksLookup(
  at: { readonly organization: string; readonly version: string },
  projectIds: readonly string[],
): Lookup<ReleaseLink[]> {
  const keys = projectIds.map((projectId) => linkItem.key({ ...at, projectId }));
  return {
    keys,
    read: (itemAt) =>
      keys.flatMap((key) => {
        const item = itemAt(key);
        return item === undefined ? [] : [linkItem.fromItem(item)];
      }),
  };
}

/** A link with its place in the list that it was read from. */
export interface PlacedLink {
  readonly link: ReleaseLink;
  readonly position: string;
}

/** Releases of a project, newest first (or oldest, backwards), from behind a position on, read as far as they are asked for. */
export async function* readLinks(
  table: Table,
  projectId: string,
  options: {
    readonly order: ReleaseOrder;
    readonly after?: string | undefined;
    readonly backwards?: boolean;
    readonly limit?: number;
  },
): AsyncGenerator<PlacedLink> {
  const { order, after, backwards = false, limit = 100 } = options;
  const query = {
    index: order === 'released' ? ('gsi1' as const) : ('gsi2' as const),
    partition: linksOf(projectId),
    descending: !backwards,
    limit,
  };
  for await (const item of table.queryAll(after === undefined ? query : { ...query, after })) {
    const found = linkItem.fromItem(item);
    const date = order === 'released' ? found.sortDate : found.dateAdded;
    yield { link: found, position: `${date}#${found.releaseId}` };
  }
}

/** The links of a release to its projects. */
export async function readLinksOfRelease(
  table: Table,
  at: { readonly organization: string; readonly version: string },
): Promise<ReleaseLink[]> {
  const query = { partition: releasePartition(at), beginsWith: linkPrefix, consistent: true };
  return (await Array.fromAsync(table.queryAll(query))).map(linkItem.fromItem);
}

/** The steps that remember that a release was deployed to an environment for these projects; fail when it left one of them. */
export function environmentOfLinksWrites(
  at: { readonly organization: string; readonly version: string },
  projectIds: readonly string[],
  environment: string,
): WriteAction[] {
  return projectIds.map((projectId) => ({
    update: linkItem.key({ ...at, projectId }),
    set: {
      expression: 'ADD #environments :environments',
      names: { '#environments': 'environments' },
      values: { ':environments': new Set([environment]) },
    },
    onlyIf: { expression: 'attribute_exists(pk)' },
  }));
}

/** Remembers that health data came for a release of a project; `false` when it is none of its releases. */
export async function setHealthData(
  table: Table,
  at: { readonly organization: string; readonly version: string; readonly projectId: string },
): Promise<boolean> {
  return happened(
    table.update(
      linkItem.key(at),
      {
        expression: 'SET #hasHealthData = :yes',
        names: { '#hasHealthData': 'hasHealthData' },
        values: { ':yes': true },
      },
      isThere,
    ),
  );
}
