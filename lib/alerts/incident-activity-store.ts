import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { itemType } from '../platform/item-type.ts';
import { sortableNumber } from '../platform/sortable-number.ts';
import { notThere, type WriteAction } from '../platform/table.ts';
import { type IncidentAddress, incidentPartition, incidentStatuses } from './incident-store.ts';

const activity = itemType({
  name: 'incident activity',
  schema: z.object({
    organization: z.string(),
    identifier: z.number(),
    /** 1, 2, 3 … within the incident. */
    number: z.number(),
    type: z.enum(['detected', 'created', 'acknowledged', 'status_change']),
    at: z.string(),
    from: z.enum(incidentStatuses).optional(),
    to: z.enum(incidentStatuses).optional(),
    /** Why the status changed, when it was neither the metric nor a person. */
    because: z.enum(['rule-updated', 'rule-deleted', 'project-deleted']).optional(),
    /** ID of the user who did it, when it was a person. */
    actor: z.string().optional(),
    /** Names the notification of this change, also in the link that it carries. */
    notificationId: z.string().optional(),
  }),
  key: (at: IncidentAddress & { readonly number: number }) => ({
    pk: incidentPartition(at),
    sk: `ACTIVITY#${sortableNumber(at.number)}`,
  }),
  address: (value): IncidentAddress & { readonly number: number } => value,
});

/** Something that happened to an incident. */
export type IncidentActivity = ReturnType<typeof activity.fromItem>;

/** The write that adds an activity. */
export function insertActivity(value: IncidentActivity): WriteAction {
  return { put: activity.toItem(value), onlyIf: notThere };
}

/** What happened to an incident, the first first. */
export async function loadActivities({ table }: Pick<App, 'table'>, at: IncidentAddress): Promise<IncidentActivity[]> {
  const query = { partition: incidentPartition(at), beginsWith: 'ACTIVITY#', consistent: true };
  return Array.fromAsync(table.queryAll(query), activity.fromItem);
}
