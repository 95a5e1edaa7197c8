import type { App } from '../platform/app.ts';
import { ForeignWorkspaceError } from './install-errors.ts';
import type { Workspace } from './workspace-store.ts';
import { loadWorkspacesOf } from './workspace-store.ts';

/**
 * Lets pass who signed in with Slack in a workspace that the organization uses, and who did not sign in with Slack. Anybody
 * can make a workspace and claim an address there; only while an organization has no active workspace is there none to ask for.
 * @throws ForeignWorkspaceError
 */
export async function requireKnownWorkspace(
  app: Pick<App, 'table'>,
  { organization, slackTeamId }: { readonly organization: string; readonly slackTeamId: string | undefined },
): Promise<void> {
  if (slackTeamId === undefined) return;
  if (!isKnownWorkspace(await loadWorkspacesOf(app, organization), slackTeamId)) throw new ForeignWorkspaceError();
}

/** Whether a sign-in in this Slack workspace counts for the organization that uses these; one without Slack always does. */
export function isKnownWorkspace(
  used: readonly Pick<Workspace, 'teamId' | 'status'>[],
  slackTeamId: string | undefined,
): boolean {
  if (slackTeamId === undefined || used.some(({ teamId }) => teamId === slackTeamId)) return true;
  return used.every(({ status }) => status !== 'active');
}
