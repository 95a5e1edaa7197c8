import type { CallArguments } from './call-arguments.ts';
import { Refusal } from './refusal.ts';
import type { SlackState } from './state.ts';
import type { Workspace } from './workspace.ts';

/** Who does something, and where. */
export interface Who {
  readonly workspace: Workspace;
  readonly channel: string;
  readonly user: string;
}

/** The workspace that is named, or the first. Throws `team_not_found`. */
export function readWorkspace(state: SlackState, args: CallArguments): Workspace {
  const team = args.text('team');
  const workspace = state.workspaces.find(({ teamId }) => team === undefined || teamId === team);
  if (workspace === undefined) throw new Refusal('team_not_found');
  return workspace;
}

/** Who and where; the first person and the first channel when it does not say. Throws `…_not_found`. */
export function readWho(state: SlackState, args: CallArguments): Who {
  const workspace = readWorkspace(state, args);
  const { users, channels } = workspace.given;
  const userName = args.text('user') ?? users[0]?.id;
  const user = users.find(({ id, email }) => id === userName || email === userName);
  if (user === undefined) throw new Refusal('user_not_found');
  const channelName = args.text('channel') ?? channels[0]?.id ?? user.id;
  const conversation = workspace.resolve(channelName === 'directmessage' ? user.id : channelName);
  const foreign = conversation?.user !== undefined && conversation.user !== user.id;
  if (conversation === undefined || foreign) throw new Refusal('channel_not_found');
  return { workspace, channel: conversation.id, user: user.id };
}

/** The page as somebody sees it at that place. */
export function pageOf({ workspace, channel, user }: Who): string {
  return `/__local/?${new URLSearchParams({ team: workspace.teamId, channel, viewer: user })}`;
}
