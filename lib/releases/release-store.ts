import { itemType } from '../platform/item-type.ts';
import type { Lookup } from '../platform/lookup.ts';
import {
  type Condition,
  ConditionFailedError,
  type Item,
  type Key,
  notThere,
  type Table,
  type UpdateExpression,
  type WriteAction,
} from '../platform/table.ts';
import { writeWithId } from '../platform/write-with-id.ts';
import { attachWrites, releasePartition, resortWrites } from './release-link-store.ts';
import { type Release, releaseRecord } from './release-record.ts';

/** What is said once when a release is created: it can be filled in later, and is not overwritten by that. */
export type Fillable = 'ref' | 'url' | 'dateReleased' | 'dateStarted' | 'ownerId';
/** What an update can overwrite and clear. */
export type Changeable = 'ref' | 'url' | 'dateReleased';

/** What changes about a release that is there. */
export interface ReleaseChange {
  /** Only as long as it is still empty. */
  readonly fill: Readonly<Partial<Record<Fillable, string>>>;
  /** Whatever stands there; null clears. */
  readonly set: Readonly<Partial<Record<Changeable, string | null>>>;
  readonly status?: Release['status'];
  /** IDs of projects that the release gets. */
  readonly attach: readonly string[];
}

const releaseItem = itemType({
  name: 'release',
  schema: releaseRecord,
  key: (at: ReleaseAddress) => ({ pk: releasePartition(at), sk: 'RELEASE' }),
  address: ({ organization, version }) => ({ organization, version }),
  index: (value) => ({ gsi1pk: releasesOf(value.organization), gsi1sk: releasePosition(value) }),
});

/** What names a release. */
export interface ReleaseAddress {
  readonly organization: string;
  readonly version: string;
}

/** Where a release stands; for writes that take more than releases. */
export const releaseKey = (at: ReleaseAddress): Key => releaseItem.key(at);

/** The release in an item that was read at `releaseKey`. */
export const releaseOf = (item: Item): Release => releaseItem.fromItem(item);

function releasesOf(organization: string): string {
  return `ORG#${organization}#RELEASES`;
}

/** The place of a release in the list of its organization. */
export function releasePosition({ dateAdded, id }: Pick<Release, 'dateAdded' | 'id'>): string {
  return `${dateAdded}#${id}`;
}

/** Asks for a release by its version. */
export function releaseLookup(organization: string, version: string): Lookup<Release | undefined> {
  const key = releaseItem.key({ organization, version });
  return {
    keys: [key],
    read(itemAt) {
      const item = itemAt(key);
      return item && releaseItem.fromItem(item);
    },
  };
}

/** Several releases of an organization by version, in no order; unknown ones are missing. */
export async function readReleases(
  table: Table,
  organization: string,
  versions: readonly string[],
): Promise<Release[]> {
  const keys = versions.map((version) => releaseItem.key({ organization, version }));
  return (await table.batchGet(keys, { consistent: true })).map(releaseItem.fromItem);
}

/** Releases of an organization, newest first (or oldest, backwards), from behind a position on, as far as they are asked for. */
export async function* readReleaseList(
  table: Table,
  organization: string,
  options: { readonly after?: string | undefined; readonly backwards?: boolean; readonly limit?: number } = {},
): AsyncGenerator<Release> {
  const { after, backwards = false, limit = 100 } = options;
  const query = { index: 'gsi1' as const, partition: releasesOf(organization), descending: !backwards, limit };
  for await (const item of table.queryAll(after === undefined ? query : { ...query, after })) {
    yield releaseItem.fromItem(item);
  }
}

/** What became of a write: done, or nothing happened because of how the release stands now (undefined when it is gone). */
export type WriteOutcome = { readonly done: true } | { readonly done: false; readonly standing: Release | undefined };

/** Stores a new release in its projects, unless one with its version is there; `also` goes with it. @throws IdTakenError */
export function insertRelease(table: Table, value: Release, also: readonly WriteAction[]): Promise<WriteOutcome> {
  return outcomeOf(
    writeWithId(table, 'release', value.id, [
      { put: releaseItem.toItem(value), onlyIf: notThere },
      ...attachWrites(value, [...(value.projectIds ?? [])]),
      ...also,
    ]),
  );
}

/**
 * Changes a release from `before` to `after`, unless something that the change is built on has changed in the meantime,
 * or the release is gone. When nothing but the release changes, it is one cheap write; `also` goes with it.
 */
export function changeRelease(
  table: Table,
  { before, after, change }: { readonly before: Release; readonly after: Release; readonly change: ReleaseChange },
  also: readonly WriteAction[],
): Promise<WriteOutcome> {
  const moves = before.dateReleased !== after.dateReleased;
  const links = [
    ...attachWrites(after, change.attach),
    ...(moves ? resortWrites(after, [...(before.projectIds ?? [])]) : []),
  ];
  const set = changeExpression(change);
  const onlyIf = changeCondition(before, change, moves);
  const key = releaseItem.key(before);
  const writes = [...links, ...also];
  if (writes.length === 0) return outcomeOf(table.update(key, set, onlyIf));
  return outcomeOf(table.write([{ update: key, set, onlyIf }, ...writes]));
}

function changeExpression({ fill, set, status, attach }: ReleaseChange): UpdateExpression {
  const overwritten = Object.entries(set);
  const sets = [
    ...Object.entries(fill),
    ...overwritten.filter((entry): entry is [string, string] => entry[1] !== null),
    ...(status === undefined ? [] : [['status', status] as const]),
  ];
  const removes = overwritten.filter(([, value]) => value === null).map(([name]) => name);
  return {
    expression: [
      sets.length > 0 ? `SET ${sets.map(([name]) => `#${name} = :${name}`).join(', ')}` : '',
      removes.length > 0 ? `REMOVE ${removes.map((name) => `#${name}`).join(', ')}` : '',
      attach.length > 0 ? 'ADD #projectIds :projectIds' : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
    names: Object.fromEntries([...sets.map(([name]) => name), ...removes].map((name) => [`#${name}`, name])),
    values: {
      ...Object.fromEntries(sets.map(([name, value]) => [`:${name}`, value])),
      ...(attach.length > 0 && { ':projectIds': new Set(attach) }),
    },
  };
}

/** Holds while nothing that the change is built on has changed; whoever `moves` the release in lists has to know all of them. */
function changeCondition(before: Release, { fill, attach }: ReleaseChange, moves: boolean): Condition {
  const attached = attach.map((id, index) => [`:project${index}`, id] as const);
  const projects = [...(before.projectIds ?? [])];
  return {
    expression: [
      'attribute_exists(pk)',
      '#id = :id',
      ...Object.keys(fill).map((name) => `attribute_not_exists(#${name})`),
      ...attached.map(([name]) => `NOT contains(#projectIds, ${name})`),
      ...(moves ? [projects.length === 0 ? 'attribute_not_exists(#projectIds)' : '#projectIds = :projects'] : []),
    ].join(' AND '),
    names: { '#id': 'id', ...((attached.length > 0 || moves) && { '#projectIds': 'projectIds' }) },
    values: {
      ':id': before.id,
      ...Object.fromEntries(attached),
      ...(moves && projects.length > 0 && { ':projects': new Set(projects) }),
    },
  };
}

async function outcomeOf(write: Promise<void>): Promise<WriteOutcome> {
  try {
    await write;
    return { done: true };
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    const [standing] = error.failed;
    return { done: false, standing: typeof standing === 'object' ? releaseItem.fromItem(standing) : undefined };
  }
}
