import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { seal, unseal } from '../platform/encryption.ts';
import {
  loadLinkedWorkspace,
  loadWorkspace,
  loadWorkspacesOf,
  saveWorkspace,
  type Workspace,
} from './workspace-store.ts';

/** What is told of a workspace; never its token. */
export type WorkspaceDescription = Omit<Workspace, 'sealedBotToken' | 'organizations'>;

/** What makes a workspace known: the ids that Slack's `auth.test` shows, and the bot token. */
export const addWorkspaceInput = z.strictObject({
  organization: z.string().min(1),
  teamId: z.string().regex(/^[TE][A-Z0-9]{2,20}$/, 'A workspace id looks like T0123ABCD.'),
  name: z.string().min(1).max(200),
  botUserId: z.string().regex(/^[UWB][A-Z0-9]{2,20}$/, 'A bot user id looks like U0123ABCD.'),
  botToken: z.string().startsWith('xoxb-', 'A bot token begins with xoxb-.'),
});

/** Connects a workspace to an organization, which the caller has found to exist. */
export async function addWorkspace(
  app: Pick<App, 'table' | 'clock'> & { readonly tokenEncryptionKey: string },
  input: z.infer<typeof addWorkspaceInput>,
): Promise<WorkspaceDescription> {
  const { organization, teamId, name, botUserId, botToken } = input;
  const now = isoTime(app.clock.now());
  const workspace: Workspace = {
    teamId,
    name,
    botUserId,
    sealedBotToken: seal(botToken, app.tokenEncryptionKey, sealPurpose(teamId)),
    status: 'active',
    installedAt: now,
  };
  await saveWorkspace(app, workspace, { teamId, organization, linkedAt: now });
  return describe(workspace);
}

/** The workspaces that serve an organization. */
export async function listWorkspaces(app: Pick<App, 'table'>, organization: string): Promise<WorkspaceDescription[]> {
  return (await loadWorkspacesOf(app, organization)).map(describe);
}

/** The workspace with this id, if it was ever connected. One read. */
export async function findWorkspace(
  app: Pick<App, 'table'>,
  teamId: string,
): Promise<WorkspaceDescription | undefined> {
  const workspace = await loadWorkspace(app, teamId);
  return workspace && describe(workspace);
}

/** The workspace, if it is active and serves this organization. One read. */
export async function findActiveWorkspace(
  app: Pick<App, 'table'>,
  at: { readonly organization: string; readonly teamId: string },
): Promise<WorkspaceDescription | undefined> {
  const workspace = await loadLinkedWorkspace(app, at);
  return workspace?.status === 'active' ? describe(workspace) : undefined;
}

/**
 * The bot token of a connected workspace; undefined when it is unknown or switched off.
 * @throws SealBrokenError when the key of this installation is not the one that sealed it.
 */
export async function findBotToken(
  app: Pick<App, 'table'> & { readonly tokenEncryptionKey: string },
  teamId: string,
): Promise<string | undefined> {
  const workspace = await loadWorkspace(app, teamId);
  if (workspace?.status !== 'active') return undefined;
  return unseal(workspace.sealedBotToken, app.tokenEncryptionKey, sealPurpose(teamId));
}

/** A token that is copied to another workspace's item does not open there. */
function sealPurpose(teamId: string): string {
  return `bot-token:${teamId}`;
}

function describe({ sealedBotToken: _, organizations: __, ...description }: Workspace): WorkspaceDescription {
  return description;
}
