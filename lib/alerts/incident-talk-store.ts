import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { itemType } from '../platform/item-type.ts';
import { notThere, type WriteAction } from '../platform/table.ts';
import { type IncidentAddress, incidentPartition } from './incident-store.ts';

const comment = itemType({
  name: 'incident comment',
  schema: z.object({
    organization: z.string(),
    identifier: z.number(),
    id: z.string(),
    at: z.string(),
    /** Who wrote it, as they were called then. */
    by: z.object({ userId: z.string(), name: z.string() }),
    text: z.string(),
  }),
  key: (at: IncidentAddress & { readonly at: string; readonly id: string }) => ({
    pk: incidentPartition(at),
    sk: `COMMENT#${at.at}#${at.id}`,
  }),
  address: (value): IncidentAddress & { readonly at: string; readonly id: string } => value,
});

const subscription = itemType({
  name: 'incident subscription',
  schema: z.object({ organization: z.string(), identifier: z.number(), userId: z.string(), at: z.string() }),
  key: (at: IncidentAddress & { readonly userId: string }) => ({
    pk: incidentPartition(at),
    sk: `SUBSCRIPTION#${at.userId}`,
  }),
  address: (value): IncidentAddress & { readonly userId: string } => value,
});

/** What a person wrote about an incident. */
export type IncidentComment = ReturnType<typeof comment.fromItem>;

/** That a person wants to hear of an incident. */
export type IncidentSubscription = ReturnType<typeof subscription.fromItem>;

/** The write that adds a comment. */
export function insertComment(value: IncidentComment): WriteAction {
  return { put: comment.toItem(value), onlyIf: notThere };
}

/** The comments on an incident, the first first. */
export async function loadComments({ table }: Pick<App, 'table'>, at: IncidentAddress): Promise<IncidentComment[]> {
  const query = { partition: incidentPartition(at), beginsWith: 'COMMENT#', consistent: true };
  return Array.fromAsync(table.queryAll(query), comment.fromItem);
}

/** The write that has somebody hear of an incident, again if they do already. */
export function putSubscription(value: IncidentSubscription): WriteAction {
  return { put: subscription.toItem(value) };
}

/** The write that has somebody hear of it no more. */
export function deleteSubscription(at: IncidentAddress & { readonly userId: string }): WriteAction {
  return { delete: subscription.key(at) };
}

/** IDs of those who want to hear of an incident. */
export async function loadSubscribers({ table }: Pick<App, 'table'>, at: IncidentAddress): Promise<string[]> {
  const query = { partition: incidentPartition(at), beginsWith: 'SUBSCRIPTION#', consistent: true };
  return (await Array.fromAsync(table.queryAll(query), subscription.fromItem)).map(({ userId }) => userId);
}
