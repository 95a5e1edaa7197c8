import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { sealTokens, type TokenKey } from './bot-token.ts';
import {
  loadLinkedWorkspace,
  loadWorkspace,
  loadWorkspacesOf,
  saveWorkspace,
  type Workspace,
} from './workspace-store.ts';

/** What is told of a workspace; never its token. */
export type WorkspaceDescription = Pick<
  Workspace,
  'teamId' | 'name' | 'botUserId' | 'status' | 'switchedOff' | 'installedAt'
>;

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
  app: Pick<App, 'table' | 'clock'> & TokenKey,
  input: z.infer<typeof addWorkspaceInput>,
): Promise<WorkspaceDescription> {
  const { organization, teamId, name, botUserId, botToken } = input;
  const now = isoTime(app.clock.now());
  const workspace: Workspace = {
    teamId,
    name,
    botUserId,
    ...sealTokens(app, teamId, { botToken }),
    status: 'active',
    installedAt: now,
  };
  await saveWorkspace(app, workspace, { teamId, organization, linkedAt: now });
  return describeWorkspace(workspace);
}

/** The workspaces that serve an organization. */
export async function listWorkspaces(app: Pick<App, 'table'>, organization: string): Promise<WorkspaceDescription[]> {
  return (await loadWorkspacesOf(app, organization)).map(describeWorkspace);
}

/** The workspace with this id, if it was ever connected. One read. */
export async function findWorkspace(
  app: Pick<App, 'table'>,
  teamId: string,
): Promise<WorkspaceDescription | undefined> {
  const workspace = await loadWorkspace(app, teamId);
  return workspace && describeWorkspace(workspace);
}

/** The workspace, if it is active and serves this organization. One read. */
export async function findActiveWorkspace(
  app: Pick<App, 'table'>,
  at: { readonly organization: string; readonly teamId: string },
): Promise<WorkspaceDescription | undefined> {
  const workspace = await loadLinkedWorkspace(app, at);
  return workspace?.status === 'active' ? describeWorkspace(workspace) : undefined;
}

/** What is told of a workspace. */
export function describeWorkspace(workspace: Workspace): WorkspaceDescription {
  const { teamId, name, botUserId, status, switchedOff, installedAt } = workspace;
  return { teamId, name, botUserId, status, installedAt, ...(switchedOff && { switchedOff }) };
}
