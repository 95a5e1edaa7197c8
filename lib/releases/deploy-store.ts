import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import { type Lookup, lookUp } from '../platform/lookup.ts';
import { notThere, type Table, type WriteAction } from '../platform/table.ts';
import { releaseDataPartition } from './commit-list-store.ts';
import { deployRecord } from './release-record.ts';

const deploy = deployRecord.extend({
  releaseId: z.string(),
  organization: z.string(),
  version: z.string(),
  projectIds: z.array(z.string()),
  createdAt: z.string(),
  /** Whether the projects have been told of it. */
  notified: z.boolean(),
});

/** A release that went to an environment, for some of its projects. */
export type Deploy = z.infer<typeof deploy>;

/** What names a deploy. */
export interface DeployAddress {
  readonly releaseId: string;
  readonly id: string;
}

const deployItem = itemType({
  name: 'deploy',
  schema: deploy,
  key: (at: DeployAddress) => ({ pk: releaseDataPartition(at.releaseId), sk: `DEPLOY#${at.id}` }),
  address: ({ releaseId, id }) => ({ releaseId, id }),
});

const waitingPrefix = 'DEPLOY_WAITING#';

/** Marks a deploy that nobody has been told of, so that those are found without reading all deploys. */
const waitingItem = itemType({
  name: 'deploy to tell of',
  schema: z.object({ releaseId: z.string(), id: z.string() }),
  key: (at: DeployAddress) => ({ pk: releaseDataPartition(at.releaseId), sk: `${waitingPrefix}${at.id}` }),
  address: ({ releaseId, id }) => ({ releaseId, id }),
});

const requestItem = itemType({
  name: 'deploy request',
  schema: z.object({ releaseId: z.string(), hash: z.string(), deployId: z.string() }),
  key: (at: { releaseId: string; hash: string }) => ({
    pk: releaseDataPartition(at.releaseId),
    sk: `DEPLOY_REQUEST#${at.hash}`,
  }),
  address: ({ releaseId, hash }) => ({ releaseId, hash }),
});

/** The order of deploys: by when they finished, and those of one moment by their IDs. */
export function deployPosition({ dateFinished, id }: Pick<Deploy, 'dateFinished' | 'id'>): string {
  return `${dateFinished}#${id}`;
}

/** Asks for a deploy. */
export function deployLookup(at: DeployAddress): Lookup<Deploy | undefined> {
  const key = deployItem.key(at);
  return {
    keys: [key],
    read(itemAt) {
      const item = itemAt(key);
      return item && deployItem.fromItem(item);
    },
  };
}

/** Asks which deploy a request made that was sent before; undefined for none. Without a hash nothing is asked. */
export function deployRequestLookup(releaseId: string, hash: string | undefined): Lookup<string | undefined> {
  if (hash === undefined) return { keys: [], read: () => undefined };
  const key = requestItem.key({ releaseId, hash });
  return {
    keys: [key],
    read(itemAt) {
      const item = itemAt(key);
      return item && requestItem.fromItem(item).deployId;
    },
  };
}

/** Deploys of a release by ID; unknown ones are missing. */
export async function readDeploys(
  table: Table,
  releaseId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Deploy>> {
  const deploys = await lookUp(
    table,
    ids.map((id) => deployLookup({ releaseId, id })),
  );
  return new Map(deploys.flatMap((found) => (found === undefined ? [] : [[found.id, found] as const])));
}

/** IDs of the deploys of a release that nobody has been told of, oldest first. */
export async function readWaitingDeploys(table: Table, releaseId: string): Promise<string[]> {
  const query = { partition: releaseDataPartition(releaseId), beginsWith: waitingPrefix, consistent: true };
  return (await Array.fromAsync(table.queryAll(query))).map((item) => waitingItem.fromItem(item).id);
}

/** The steps that store a new deploy of which nobody has been told; fails when the same request has made one already. */
export function deployWrites(value: Deploy, requestHash: string | undefined): WriteAction[] {
  const { releaseId, id } = value;
  return [
    { put: deployItem.toItem(value), onlyIf: notThere },
    { put: waitingItem.toItem({ releaseId, id }) },
    ...(requestHash === undefined
      ? []
      : [{ put: requestItem.toItem({ releaseId, hash: requestHash, deployId: id }), onlyIf: notThere }]),
  ];
}

/** The steps that record that people have been told of a deploy; fails when they have been before. */
export function notifiedWrites(at: DeployAddress): WriteAction[] {
  return [
    {
      update: deployItem.key(at),
      set: { expression: 'SET #notified = :yes', names: { '#notified': 'notified' }, values: { ':yes': true } },
      onlyIf: { expression: '#notified = :no', values: { ':no': false } },
    },
    { delete: waitingItem.key(at) },
  ];
}
