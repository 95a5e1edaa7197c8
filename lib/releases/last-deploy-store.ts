import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import type { Lookup } from '../platform/lookup.ts';
import type { Item, Table, WriteAction } from '../platform/table.ts';
import { releaseDataPartition } from './commit-list-store.ts';
import { type Deploy, deployPosition } from './deploy-store.ts';
import { deployRecord, type Release } from './release-record.ts';
import { releaseKey } from './release-store.ts';

const prefix = 'LAST_DEPLOY#';
const projectPrefix = 'project:';

/** The last deploys of a release to one environment: an attribute `project:<ID>` for each project, with the position. */
const lastDeploysItem = itemType({
  name: 'last deploys',
  schema: z.object({ releaseId: z.string(), environment: z.string() }).catchall(z.unknown()),
  key: (at: { releaseId: string; environment: string }) => ({
    pk: releaseDataPartition(at.releaseId),
    sk: `${prefix}${at.environment}`,
  }),
  address: ({ releaseId, environment }) => ({ releaseId, environment }),
});

/** The position of the last deploy by project ID. */
export type LastDeploys = ReadonlyMap<string, string>;

/** Asks for the last deploys of a release to an environment. */
export function lastDeploysLookup(releaseId: string, environment: string): Lookup<LastDeploys> {
  const key = lastDeploysItem.key({ releaseId, environment });
  return { keys: [key], read: (itemAt) => positionsIn(itemAt(key)) };
}

/** The last deploys of a release, one map for each environment. */
export async function readLastDeploys(table: Table, releaseId: string): Promise<LastDeploys[]> {
  const query = { partition: releaseDataPartition(releaseId), beginsWith: prefix, consistent: true };
  return (await Array.fromAsync(table.queryAll(query))).map(positionsIn);
}

/**
 * The step that makes a deploy the last one of its projects, without those that had a later one when they were read;
 * fails when one of the others has got a later one since.
 */
export function lastDeployWrites(deploy: Deploy, read: LastDeploys): WriteAction[] {
  const position = deployPosition(deploy);
  const projectIds = deploy.projectIds.filter((id) => (read.get(id) ?? '') < position);
  if (projectIds.length === 0) return [];
  const { releaseId, environment } = deploy;
  const { pk, sk, ...rest } = lastDeploysItem.toItem({ releaseId, environment });
  const own = Object.entries(rest);
  return [
    {
      update: { pk, sk },
      set: {
        expression: `SET ${[
          ...own.map(([name]) => `#${name} = :${name}`),
          ...projectIds.map((_, index) => `#project${index} = :position`),
        ].join(', ')}`,
        names: {
          ...Object.fromEntries(own.map(([name]) => [`#${name}`, name])),
          ...Object.fromEntries(projectIds.map((id, index) => [`#project${index}`, `${projectPrefix}${id}`])),
        },
        values: { ...Object.fromEntries(own.map(([name, value]) => [`:${name}`, value])), ':position': position },
      },
      onlyIf: {
        expression: projectIds
          .map((_, index) => `(attribute_not_exists(#project${index}) OR #project${index} < :position)`)
          .join(' AND '),
      },
    },
  ];
}

/**
 * The step that counts a deploy of its release and shows it there as the last one, unless a later one was there when the
 * release was read; fails when a later one has come since, or the release is gone.
 */
export function countDeployWrite(deploy: Deploy, read: Release): WriteAction {
  const update = releaseKey(read);
  const names = { '#id': 'id', '#deployCount': 'deployCount' };
  const values = { ':releaseId': read.id, ':one': 1 };
  const sameRelease = '#id = :releaseId';
  if (read.lastDeploy !== undefined && deployPosition(read.lastDeploy) > deployPosition(deploy)) {
    return { update, set: { expression: 'ADD #deployCount :one', names, values }, onlyIf: { expression: sameRelease } };
  }
  const { id, dateFinished } = deploy;
  const last = '#lastDeploy.#dateFinished';
  const noLater = `attribute_not_exists(#lastDeploy) OR ${last} < :date OR (${last} = :date AND #lastDeploy.#id < :id)`;
  return {
    update,
    set: {
      expression: 'SET #lastDeploy = :lastDeploy ADD #deployCount :one',
      names: { ...names, '#lastDeploy': 'lastDeploy', '#dateFinished': 'dateFinished' },
      values: { ...values, ':lastDeploy': deployRecord.parse(deploy) },
    },
    onlyIf: { expression: `${sameRelease} AND (${noLater})`, values: { ':date': dateFinished, ':id': id } },
  };
}

function positionsIn(item: Item | undefined): LastDeploys {
  const attributes = Object.entries(item ?? {}).filter((entry): entry is [string, string] => {
    return entry[0].startsWith(projectPrefix) && typeof entry[1] === 'string';
  });
  return new Map(attributes.map(([name, position]) => [name.slice(projectPrefix.length), position]));
}
