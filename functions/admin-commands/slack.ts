import { addWorkspace, addWorkspaceInput, listWorkspaces } from '../../lib/slack/index.ts';
import { type Commands, command, inOrganization } from './command.ts';

/** Slack workspaces that the app is installed in. */
export const slackCommands: Commands = {
  'workspace.add': command(addWorkspaceInput, addWorkspace),
  'workspace.list': command(inOrganization, (app, { organization }) => listWorkspaces(app, organization)),
};
