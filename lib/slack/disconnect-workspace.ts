import { type Membership, membershipHolds } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { ConflictError, NotFoundError } from '../platform/errors.ts';
import { openBotToken, type TokenKey } from './bot-token.ts';
import { messages } from './messages.ts';
import { type ReturnApp, returnToken } from './return-token.ts';
import { removeOrganization } from './workspace-changes-store.ts';
import { loadOrganizationsOf, loadWorkspace } from './workspace-store.ts';

/** What disconnecting takes: where Slack is, to give the token back. */
export type DisconnectApp = Pick<App, 'table' | 'clock'> & TokenKey & ReturnApp;

/** Which organization leaves which workspace. */
export interface WorkspaceToDisconnect {
  readonly organization: string;
  readonly teamId: string;
  /** Whose role allows it, to be checked once more in the write; operators have none. */
  readonly manager?: { readonly userId: string; readonly membership: Membership } | undefined;
}

/** What became of the workspace itself. */
export interface DisconnectedWorkspace {
  readonly teamId: string;
  readonly name: string;
  /** `kept`: other organizations use it. `revoked`: Slack has forgotten the bot. `unclear`: remove the app in Slack by hand. */
  readonly bot: 'kept' | 'revoked' | 'unclear';
}

/** Enough for two people at once. */
const attempts = 5;

/**
 * Ends that an organization uses a workspace: its channels and people there count no longer. With the last organization the
 * workspace is switched off, its token forgotten here and then given back to Slack. The token is in no table any more when it is
 * given back, so that a crash in between leaves the app in the workspace, without a token that anybody has.
 * @throws NotFoundError when the organization does not use the workspace, ConflictError when it keeps changing or the role is lost
 */
export async function disconnectWorkspace(
  app: DisconnectApp,
  { organization, teamId, manager }: WorkspaceToDisconnect,
): Promise<DisconnectedWorkspace> {
  const checks = manager === undefined ? [] : [membershipHolds(manager.userId, manager.membership)];
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const workspace = await loadWorkspace(app, teamId, { consistent: true });
    const served = workspace === undefined ? [] : await loadOrganizationsOf(app, workspace);
    if (workspace === undefined || !served.includes(organization)) {
      throw new NotFoundError(messages.workspaceNotYours(teamId));
    }
    const at = isoTime(app.clock.now());
    const removed = await removeOrganization(app, workspace, { organization, at }, checks);
    if (removed === undefined) continue;
    const { name } = workspace;
    return {
      teamId,
      name,
      bot:
        removed === 'last' ? await returnToken(app, teamId, () => openBotToken(app, workspace), 'uninstall') : 'kept',
    };
  }
  throw new ConflictError(messages.changedMeanwhile);
}
