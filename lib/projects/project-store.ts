import * as z from 'zod';
import { happened } from '../platform/happened.ts';
import { itemType } from '../platform/item-type.ts';
import type { PageSource } from '../platform/pagination.ts';
import { prefixSource } from '../platform/prefix-source.ts';
import { IdTakenError } from '../platform/save-with-snowflake-id.ts';
import { isSlug } from '../platform/slug.ts';
import {
  type Condition,
  ConditionFailedError,
  type Key,
  notThere,
  type Table,
  type WriteAction,
} from '../platform/table.ts';
import { writeWithId } from '../platform/write-with-id.ts';
import { projectKeyItem } from './project-key-store.ts';
import { forgetSlug, rememberSlug } from './retired-slug-store.ts';

const project = z.object({
  id: z.string(),
  organization: z.string(),
  slug: z.string(),
  name: z.string(),
  /** Slug of the team that looks after it. */
  team: z.string().optional(),
  platform: z.string().optional(),
  publicKey: z.string(),
  /** `deleted` when everything of it is erased; it is remembered a while, so that deleting it again is no error. */
  status: z.enum(['active', 'pending-deletion', 'deleted']),
  /** The slug that it had before its deletion freed it for others. */
  formerSlug: z.string().optional(),
  /** Kept from being deleted: the installation watches itself with it. */
  isInternal: z.boolean().optional(),
  /** Goes up with every change; absent before the first. */
  revision: z.number().optional(),
  /** Unix seconds from which on DynamoDB may forget it; of deleted ones only. */
  expiresAt: z.number().optional(),
  createdAt: z.string(),
});

/** Something that is built, released and watched as one. */
export type Project = z.infer<typeof project>;

/** Thrown by an insert whose slug belongs to another project. */
export class SlugTakenError extends Error {
  override readonly name = 'SlugTakenError';
}

const idPrefix = 'PROJECT#';

const byId = itemType({
  name: 'project',
  schema: project,
  key: (at: { organization: string; id: string }) => ({ pk: `ORG#${at.organization}`, sk: `${idPrefix}${at.id}` }),
  address: ({ organization, id }) => ({ organization, id }),
});

/** The same data once more, so that a slug leads to the whole project in one read. Active projects only. */
const bySlug = itemType({
  name: 'project by slug',
  schema: project,
  key: (at: { organization: string; slug: string }) => ({
    pk: `ORG#${at.organization}`,
    sk: `PROJECT_SLUG#${at.slug}`,
  }),
  address: ({ organization, slug }) => ({ organization, slug }),
});

/** Where a project stands that is named by slug or ID; undefined for a text that can be neither. */
export function projectKey(organization: string, slugOrId: string): Key | undefined {
  if (/^\d{1,20}$/.test(slugOrId)) return byId.key({ organization, id: slugOrId });
  return isSlug(slugOrId) ? bySlug.key({ organization, slug: slugOrId }) : undefined;
}

/** The project in an item that was read at `projectKey`. */
export const projectOf = byId.fromItem;

/** All projects of the organization, oldest first. */
export async function readProjects(table: Table, organization: string): Promise<Project[]> {
  const query = { partition: `ORG#${organization}`, beginsWith: idPrefix, consistent: true };
  return (await Array.fromAsync(table.queryAll(query))).map(byId.fromItem);
}

/** The projects of the organization that fit, for lists in pages, oldest first. */
export function projectSource(
  table: Table,
  organization: string,
  fits: (project: Project) => boolean,
): PageSource<Project> {
  return prefixSource(table, { partition: `ORG#${organization}`, prefix: idPrefix }, (item) => {
    const value = byId.fromItem(item);
    return fits(value) ? value : undefined;
  });
}

/** Stores a new project with its key. @throws IdTakenError, SlugTakenError */
export async function insertProject(table: Table, value: Project): Promise<void> {
  const { publicKey, organization, id } = value;
  try {
    await writeWithId(table, 'project', id, [
      { put: bySlug.toItem(value), onlyIf: notThere },
      { put: byId.toItem(value), onlyIf: notThere },
      { put: projectKeyItem.toItem({ publicKey, organization, projectId: id }), onlyIf: notThere },
    ]);
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    const [slugTaken] = error.failed;
    if (slugTaken !== undefined) throw new SlugTakenError(`The slug ${value.slug} is taken.`, { cause: error });
    throw new IdTakenError('The ID or the key is taken by another project.', { cause: error });
  }
}

/** The condition of every change: the project is active and nobody changed it since it was read. */
function unchanged({ revision }: Project): Condition {
  return {
    expression: `#status = :active AND ${revision === undefined ? 'attribute_not_exists(revision)' : 'revision = :revision'}`,
    names: { '#status': 'status' },
    values: { ':active': 'active', ...(revision !== undefined && { ':revision': revision }) },
  };
}

/** The step of a transaction that fails unless the project is active. */
export function checkActive(at: { readonly organization: string; readonly id: string }): WriteAction {
  return {
    check: byId.key(at),
    onlyIf: { expression: '#status = :active', names: { '#status': 'status' }, values: { ':active': 'active' } },
  };
}

/** Replaces an active project. `false` when somebody changed or deleted it since it was read. @throws SlugTakenError */
export async function replaceProject(table: Table, before: Project, next: Project): Promise<boolean> {
  const sameSlug = next.slug === before.slug;
  try {
    await table.write([
      { put: byId.toItem(next), onlyIf: unchanged(before) },
      { put: bySlug.toItem(next), ...(!sameSlug && { onlyIf: notThere }) },
      ...(sameSlug ? [] : [{ delete: bySlug.key(before) }]),
    ]);
    return true;
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    const [changed, slugTaken] = error.failed;
    if (changed === undefined && slugTaken !== undefined) {
      throw new SlugTakenError(`The slug ${next.slug} is taken.`, { cause: error });
    }
    return false;
  }
}

/** Leaves of a retired project only that it was there, until `expiresAt` (Unix seconds); its former slug leads nowhere. */
export async function buryProject(table: Table, retired: Project, expiresAt: number): Promise<void> {
  const { organization, id: projectId, formerSlug } = retired;
  // First, because a buried project is not looked after again.
  if (formerSlug !== undefined) await forgetSlug(table, { organization, slug: formerSlug, projectId });
  await table.put(byId.toItem({ ...retired, status: 'deleted', expiresAt }));
}

/** Replaces an active project by its deleted form, frees its slug, which still leads to it, and switches its key off. `false` when it was not active any more, or changed. */
export async function retireProject(table: Table, active: Project, deleted: Project): Promise<boolean> {
  return happened(
    table.write([
      {
        put: byId.toItem(deleted),
        onlyIf: unchanged(active),
      },
      { delete: bySlug.key(active) },
      rememberSlug({ organization: active.organization, slug: active.slug, projectId: active.id }),
      { delete: projectKeyItem.key(active.publicKey) },
    ]),
  );
}
