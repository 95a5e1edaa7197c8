import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import type { Table, WriteAction } from '../platform/table.ts';

/** Kinds of activities by the numbers under which clients know them. */
export const projectActivityTypes = { release: 10, deploy: 17 } as const;

const activity = z.object({
  organization: z.string(),
  projectId: z.string(),
  type: z.union([z.literal(projectActivityTypes.release), z.literal(projectActivityTypes.deploy)]),
  /** What tells it from others of its type: the version, or the ID of the deploy. */
  subject: z.string(),
  /** The beginning of the version, short enough to be shown everywhere. */
  ident: z.string(),
  at: z.string(),
  data: z.record(z.string(), z.string()),
});

/** Something that happened in a project, as people read it. */
export type ProjectActivity = z.infer<typeof activity>;

const activityItem = itemType({
  name: 'project activity',
  schema: activity,
  key: (at: { projectId: string; type: number; subject: string }) => ({
    pk: activityPartition(at.projectId),
    sk: `${at.type}#${at.subject}`,
  }),
  address: ({ projectId, type, subject }) => ({ projectId, type, subject }),
  index: (value) => ({
    gsi1pk: `PROJECT#${value.projectId}#ACTIVITY`,
    gsi1sk: `${value.at}#${value.type}#${value.subject}`,
  }),
});

const maxIdentCharacters = 64;

/**
 * The step of a transaction that tells of something in a project; telling it again changes nothing but the time. It goes
 * into the transaction of the fact itself.
 */
export function tellActivity(told: Omit<ProjectActivity, 'ident'> & { readonly version: string }): WriteAction {
  const { version, ...value } = told;
  return { put: activityItem.toItem({ ...value, ident: [...version].slice(0, maxIdentCharacters).join('') }) };
}

/** What happened in a project, newest first. */
export async function listProjectActivities(
  app: { readonly table: Table },
  projectId: string,
): Promise<ProjectActivity[]> {
  const query = { index: 'gsi1', partition: `PROJECT#${projectId}#ACTIVITY`, descending: true } as const;
  return (await Array.fromAsync(app.table.queryAll(query))).map(activityItem.fromItem);
}

/** What happened in a project from one moment (from the beginning, if none is told) to another, as much as is wanted. One read. */
export async function readActivitiesBetween(
  app: { readonly table: Table },
  projectId: string,
  span: {
    /** ISO times; what happened right then counts as after `from` and before `until`. */
    readonly from?: string;
    readonly until: string;
    readonly most: number;
    readonly newestFirst?: boolean;
  },
): Promise<ProjectActivity[]> {
  const { from = '', until, most, newestFirst = false } = span;
  const { items } = await app.table.query({
    index: 'gsi1',
    partition: `PROJECT#${projectId}#ACTIVITY`,
    between: [`${from}#`, `${until}~`],
    descending: newestFirst,
    limit: most,
  });
  return items.map(activityItem.fromItem);
}

const activitiesInPage = 100;

/** Erases a page of what happened in a deleted project; `more` while there may be something left. */
export async function eraseProjectActivities(
  app: { readonly table: Table },
  { projectId }: { readonly organization: string; readonly projectId: string },
): Promise<'more' | 'done'> {
  const partition = activityPartition(projectId);
  const { items } = await app.table.query({ partition, limit: activitiesInPage, consistent: true });
  await app.table.batchWrite(items.map(({ pk, sk }) => ({ delete: { pk, sk } })));
  return items.length === activitiesInPage ? 'more' : 'done';
}

function activityPartition(projectId: string): string {
  return `PROJECT_ACTIVITY#${projectId}`;
}
