import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { type ItemType, itemType } from '../platform/item-type.ts';

/** A Slack workspace that installed the app. The bot token is sealed: readable only with the installation's key. */
export const workspaceSchema = z.object({
  teamId: z.string(),
  name: z.string(),
  botUserId: z.string(),
  sealedBotToken: z.string(),
  status: z.enum(['active', 'disabled']),
  installedAt: z.iso.datetime(),
});

/** A Slack workspace that installed the app. */
export type Workspace = z.infer<typeof workspaceSchema>;

const workspaceItem: ItemType<Workspace, string> = itemType({
  name: 'slack-workspace',
  schema: workspaceSchema,
  key: (teamId: string) => ({ pk: `WORKSPACE#${teamId}`, sk: 'WORKSPACE' }),
  address: ({ teamId }) => teamId,
});

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

/** The workspace as stored; one read. */
export async function loadWorkspace({ table }: Pick<App, 'table'>, teamId: string): Promise<Workspace | undefined> {
  const item = await table.get(workspaceItem.key(teamId));
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

/** Stores a workspace and its link to an organization together; an installation again replaces token and name. */
export async function saveWorkspace(
  { table }: Pick<App, 'table'>,
  workspace: Workspace,
  link: WorkspaceLink,
): Promise<void> {
  await table.write([{ put: workspaceItem.toItem(workspace) }, { put: linkItem.toItem(link) }]);
}

/** The workspaces that serve an organization, by their id. */
export async function loadWorkspacesOf({ table }: Pick<App, 'table'>, organization: string): Promise<Workspace[]> {
  const links = await Array.fromAsync(table.queryAll({ index: 'gsi1', partition: `ORG#${organization}#WORKSPACES` }));
  const keys = links.map((item) => workspaceItem.key(linkItem.fromItem(item).teamId));
  const workspaces = (await table.batchGet(keys)).map((item) => workspaceItem.fromItem(item));
  return workspaces.sort((left, right) => (left.teamId < right.teamId ? -1 : 1));
}

function linkKey({ teamId, organization }: Pick<WorkspaceLink, 'teamId' | 'organization'>) {
  return { pk: `WORKSPACE#${teamId}`, sk: `ORG#${organization}` };
}
