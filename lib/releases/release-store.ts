import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import type { Lookup } from '../platform/lookup.ts';
import { ConditionFailedError, notThere, type Table } from '../platform/table.ts';
import { writeWithId } from '../platform/write-with-id.ts';

const release = z.object({
  id: z.string(),
  organization: z.string(),
  version: z.string(),
  status: z.enum(['open', 'archived']),
  ref: z.string().optional(),
  url: z.string().optional(),
  dateReleased: z.string().optional(),
  dateStarted: z.string().optional(),
  ownerId: z.string().optional(),
  userAgent: z.string().optional(),
  dateAdded: z.string(),
  /** A set in the table, which knows no empty ones: absent for a release of no project. */
  projectIds: z.set(z.string()).optional(),
});

/** A version of something that went, or will go, into the world. */
export type Release = z.infer<typeof release>;

/** What is still said once: it can be filled in later, and is not overwritten. */
export type Fillable = 'ref' | 'url' | 'dateReleased' | 'dateStarted' | 'ownerId';

/** What changes about a release that is there. */
export interface ReleaseChange {
  readonly fill: Readonly<Partial<Record<Fillable, string>>>;
  readonly status?: Release['status'];
  /** IDs of projects that the release gets. */
  readonly attach: readonly string[];
}

const releaseItem = itemType({
  name: 'release',
  schema: release,
  key: (at: { organization: string; version: string }) => ({
    pk: `RELEASE#${at.organization}#${at.version}`,
    sk: 'RELEASE',
  }),
  address: ({ organization, version }) => ({ organization, version }),
  index: (value) => ({ gsi1pk: `ORG#${value.organization}#RELEASES`, gsi1sk: `${value.dateAdded}#${value.id}` }),
});

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

/** What became of a write: done, or nothing happened because of how the release stands now (undefined when it is gone). */
export type WriteOutcome = { readonly done: true } | { readonly done: false; readonly standing: Release | undefined };

/** Stores a new release, unless one with its version is there. @throws IdTakenError */
export function insertRelease(table: Table, value: Release): Promise<WriteOutcome> {
  return outcomeOf(writeWithId(table, 'release', value.id, [{ put: releaseItem.toItem(value), onlyIf: notThere }]));
}

/** Changes a release, unless one of the changes has been made by somebody else in the meantime, or it is gone. */
export function changeRelease(
  table: Table,
  at: { readonly organization: string; readonly version: string },
  change: ReleaseChange,
): Promise<WriteOutcome> {
  const filled = Object.entries(change.fill);
  const sets = [...filled, ...(change.status === undefined ? [] : [['status', change.status] as const])];
  const attached = change.attach.map((id, index) => [`:project${index}`, id] as const);
  const update = {
    expression: [
      sets.length > 0 ? `SET ${sets.map(([name]) => `#${name} = :${name}`).join(', ')}` : '',
      attached.length > 0 ? 'ADD #projectIds :projectIds' : '',
    ].join(' '),
    names: Object.fromEntries(sets.map(([name]) => [`#${name}`, name])),
    values: {
      ...Object.fromEntries(sets.map(([name, value]) => [`:${name}`, value])),
      ...(attached.length > 0 && { ':projectIds': new Set(change.attach) }),
    },
  };
  const onlyIf = {
    expression: [
      'attribute_exists(pk)',
      ...filled.map(([name]) => `attribute_not_exists(#${name})`),
      ...attached.map(([name]) => `NOT contains(#projectIds, ${name})`),
    ].join(' AND '),
    names: attached.length > 0 ? { '#projectIds': 'projectIds' } : {},
    values: Object.fromEntries(attached),
  };
  return outcomeOf(table.update(releaseItem.key(at), update, onlyIf));
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
