import * as z from 'zod';
import { addWorkspace, addWorkspaceInput, disconnectWorkspace, listWorkspaces } from '../../lib/slack/index.ts';
import { type Commands, command, inOrganization } from './command.ts';

const disconnectInput = inOrganization.extend({ teamId: z.string() });

/** Slack workspaces that the app is installed in. */
export const slackCommands: Commands = {
  'workspace.add': command(addWorkspaceInput, addWorkspace),
  'workspace.disconnect': command(disconnectInput, disconnectWorkspace),
  'workspace.list': command(inOrganization, (app, { organization }) => listWorkspaces(app, organization)),
};
