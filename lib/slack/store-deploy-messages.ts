import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { readAccounts } from './identity-store.ts';
import { saveOutgoing } from './outgoing-message-store.ts';
import type { SlackMessage } from './slack-message.ts';
import { loadWorkspacesOf } from './workspace-store.ts';

/** Which deploy, and whom to tell. */
export interface DeployToTell {
  readonly organization: string;
  readonly deployId: string;
  /** IDs of users. */
  readonly userIds: readonly string[];
  readonly message: SlackMessage;
}

/**
 * Stores a direct message for each of these people who is somebody in a workspace of the organization: one, however many
 * workspaces that is, and however often this is done. @returns the names of the messages
 */
export async function storeDeployMessages(app: Pick<App, 'table' | 'clock'>, deploy: DeployToTell): Promise<string[]> {
  const { organization, deployId, userIds, message } = deploy;
  const workspaces = (await loadWorkspacesOf(app, organization)).filter(({ status }) => status === 'active');
  if (workspaces.length === 0) return [];
  const active = new Set(workspaces.map(({ teamId }) => teamId));
  const ids: string[] = [];
  for (const userId of userIds) {
    const account = (await readAccounts(app.table, userId)).find(({ teamId }) => active.has(teamId));
    if (account === undefined) continue;
    const { teamId, slackUserId } = account;
    const id = `deploy:${deployId}:${userId}`;
    const destination = { kind: 'user', slackUserId } as const;
    await saveOutgoing(app.table, { id, teamId, destination, content: message, createdAt: isoTime(app.clock.now()) });
    ids.push(id);
  }
  return ids;
}
