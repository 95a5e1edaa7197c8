import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { type ItemType, itemType } from '../platform/item-type.ts';
import type { Lookup } from '../platform/lookup.ts';
import { isThere, type Key, type WriteAction } from '../platform/table.ts';

/** Why a workspace is switched off: in Slack, by removing the app or its token, or here, by its last organization. */
const switchOffReasons = ['app_uninstalled', 'tokens_revoked', 'disconnected'] as const;

/** One of `switchOffReasons`. */
export type SwitchOffReason = (typeof switchOffReasons)[number];

/** A Slack workspace that installed the app. The bot token is sealed: readable only with the installation's key. */
const workspaceSchema = z.object({
  teamId: z.string(),
  name: z.string(),
  botUserId: z.string(),
  /** Forgotten when the workspace is switched off. */
  sealedBotToken: z.string().optional(),
  /** What the token is renewed with, and until when it works: where the Slack app has token rotation switched on. */
  sealedRefreshToken: z.string().optional(),
  tokenExpiresAt: z.iso.datetime().optional(),
  /** Somebody is renewing the token; nobody else tries before this moment. */
  renewingUntil: z.iso.datetime().optional(),
  status: z.enum(['active', 'disabled']),
  /** Why and since when it is switched off. */
  switchedOff: z.object({ reason: z.enum(switchOffReasons), at: z.iso.datetime() }).optional(),
  installedAt: z.iso.datetime(),
  /** Slugs of the organizations that it serves; workspaces that were stored before this was kept do not have it. */
  organizations: z.set(z.string()).optional(),
});

/** A Slack workspace that installed the app. */
export type Workspace = z.infer<typeof workspaceSchema>;

const workspaceItem: ItemType<Workspace, string> = itemType({
  name: 'slack-workspace',
  schema: workspaceSchema,
  key: (teamId: string) => ({ pk: `WORKSPACE#${teamId}`, sk: 'WORKSPACE' }),
  address: ({ teamId }) => teamId,
  index: ({ teamId, tokenExpiresAt }): Record<string, string> =>
    tokenExpiresAt === undefined ? {} : rotatingIndex({ teamId, tokenExpiresAt }),
});

const rotatingPartition = 'ROTATING_WORKSPACES';

/** Where a workspace stands whose token ends: by that moment, so that those who renew it find it. */
export function rotatingIndex({
  teamId,
  tokenExpiresAt,
}: {
  readonly teamId: string;
  readonly tokenExpiresAt: string;
}) {
  return { gsi2pk: rotatingPartition, gsi2sk: `${tokenExpiresAt}#${teamId}` };
}

/** Ids of workspaces whose tokens end in this time, the earliest first. */
export async function readEndingTokens(
  { table }: Pick<App, 'table'>,
  { from, to, limit }: { readonly from: string; readonly to: string; readonly limit: number },
): Promise<string[]> {
  const between = [from, to] as const;
  const { items } = await table.query({ index: 'gsi2', partition: rotatingPartition, between, limit });
  return items.map((item) => workspaceItem.fromItem(item).teamId);
}

const linkPrefix = 'ORG#';

const linkSchema = z.object({ teamId: z.string(), organization: z.string(), linkedAt: z.iso.datetime() });

/** Says that a workspace serves an organization; a workspace may serve several, and an organization use several. */
export type WorkspaceLink = z.infer<typeof linkSchema>;

const linkItem: ItemType<WorkspaceLink, WorkspaceLink> = itemType({
  name: 'slack-workspace-link',
  schema: linkSchema,
  key: linkKey,
  address: (link) => link,
  index: ({ teamId, organization }) => ({ gsi1pk: `ORG#${organization}#WORKSPACES`, gsi1sk: teamId }),
});

/** Where the workspace stands; for writes that change parts of it. */
export const workspaceKey = (teamId: string): Key => workspaceItem.key(teamId);

/** The workspace as stored; one read. */
export async function loadWorkspace(
  { table }: Pick<App, 'table'>,
  teamId: string,
  options: { readonly consistent?: boolean } = {},
): Promise<Workspace | undefined> {
  const item = await table.get(workspaceItem.key(teamId), options);
  return item && workspaceItem.fromItem(item);
}

/** The workspace as stored, if it serves this organization; one read. */
export async function loadLinkedWorkspace(
  { table }: Pick<App, 'table'>,
  at: { readonly teamId: string; readonly organization: string },
): Promise<Workspace | undefined> {
  const key = workspaceItem.key(at.teamId);
  const items = await table.batchGet([key, linkKey(at)]);
  const item = items.find(({ sk }) => sk === key.sk);
  return item && items.length === 2 ? workspaceItem.fromItem(item) : undefined;
}

/** Asks for the workspace, together with what else is read. */
export function workspaceLookup(teamId: string): Lookup<Workspace | undefined> {
  const key = workspaceItem.key(teamId);
  return {
    keys: [key],
    read(itemAt) {
      const item = itemAt(key);
      return item && workspaceItem.fromItem(item);
    },
  };
}

/** Slugs of the organizations that a workspace serves: as it says itself, or by one Query where it does not say so yet. */
export async function loadOrganizationsOf(
  { table }: Pick<App, 'table'>,
  workspace: Pick<Workspace, 'teamId' | 'organizations'>,
): Promise<readonly string[]> {
  if (workspace.organizations !== undefined) return [...workspace.organizations];
  const { pk } = workspaceItem.key(workspace.teamId);
  const links = await Array.fromAsync(table.queryAll({ partition: pk, beginsWith: linkPrefix, consistent: true }));
  return links.map((item) => linkItem.fromItem(item).organization);
}

/** The step of a transaction that fails when the workspace is unknown or switched off. */
export function workspaceIsActive(teamId: string): WriteAction {
  const onlyIf = { expression: '#status = :active', names: { '#status': 'status' }, values: { ':active': 'active' } };
  return { check: workspaceItem.key(teamId), onlyIf };
}

/** The step of a transaction that fails when the workspace does not serve the organization. */
export function workspaceServes(at: Pick<WorkspaceLink, 'teamId' | 'organization'>): WriteAction {
  return { check: linkKey(at), onlyIf: isThere };
}

/** What a workspace may lack; what a new installation does not have is not to be left over from the one before. */
const passing = [
  ...(['sealedBotToken', 'sealedRefreshToken', 'tokenExpiresAt', 'renewingUntil', 'switchedOff'] as const),
  ...(['gsi2pk', 'gsi2sk'] as const),
];

/**
 * Stores a workspace and its link to an organization together; an installation again replaces token and name, and adds
 * the organization to those that the workspace serves.
 * @throws ConditionFailedError when one of the checks in `also` fails, which come first
 */
export async function saveWorkspace(
  { table }: Pick<App, 'table'>,
  workspace: Workspace,
  link: WorkspaceLink,
  also: readonly WriteAction[] = [],
): Promise<void> {
  // A set that is there already keeps what it has; one that was never kept is begun with all links that there are.
  const stored = await loadWorkspace({ table }, workspace.teamId, { consistent: true });
  const served = stored === undefined ? [] : await loadOrganizationsOf({ table }, stored);
  const { pk, sk, organizations: _, ...attributes } = workspaceItem.toItem(workspace);
  const names = Object.keys(attributes);
  const left = passing.filter((name) => attributes[name] === undefined);
  const set = {
    expression: [
      `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ...(left.length === 0 ? [] : [`REMOVE ${left.join(', ')}`]),
      'ADD #organizations :organizations',
    ].join(' '),
    names: Object.fromEntries([...names, 'organizations'].map((name) => [`#${name}`, name])),
    values: {
      ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`:${name}`, value])),
      ':organizations': new Set([...served, link.organization]),
    },
  };
  await table.write([...also, { update: { pk, sk }, set }, { put: linkItem.toItem(link) }]);
}

/** The workspaces that serve an organization, by their id. */
export async function loadWorkspacesOf({ table }: Pick<App, 'table'>, organization: string): Promise<Workspace[]> {
  const links = await Array.fromAsync(table.queryAll({ index: 'gsi1', partition: `ORG#${organization}#WORKSPACES` }));
  const keys = links.map((item) => workspaceItem.key(linkItem.fromItem(item).teamId));
  const workspaces = (await table.batchGet(keys)).map((item) => workspaceItem.fromItem(item));
  return workspaces.sort((left, right) => (left.teamId < right.teamId ? -1 : 1));
}

/** Where the link of an organization stands; for writes that take it away. */
export function linkKey({ teamId, organization }: Pick<WorkspaceLink, 'teamId' | 'organization'>) {
  return { pk: `WORKSPACE#${teamId}`, sk: `${linkPrefix}${organization}` };
}
