import type { StoredMessage } from '../message-store.ts';
import type { SlackState } from '../state.ts';
import type { Conversation, StandInUser, Workspace } from '../workspace.ts';

/** What a page shows: one conversation, as one person sees it. */
export interface View {
  readonly state: SlackState;
  readonly workspace: Workspace;
  readonly conversation: Conversation;
  readonly viewer: StandInUser | undefined;
  readonly now: number;
  /** The zone that times are shown in; the machine's own when undefined. */
  readonly timeZone: string | undefined;
}

/** The view that an address asks for; whatever it does not name is the first there is. Undefined without workspaces. */
export function readView(state: SlackState, query: URLSearchParams, timeZone?: string): View | undefined {
  const workspace = state.workspaces.find(({ teamId }) => teamId === query.get('team')) ?? state.workspaces[0];
  if (workspace === undefined) return undefined;
  const viewer = workspace.user(query.get('viewer') ?? '') ?? workspace.given.users[0];
  const asked = workspace.conversation(query.get('channel') ?? '');
  const conversation = conversationsOf(workspace, viewer).find(({ id, kind }) =>
    asked?.kind === 'direct' ? kind === 'direct' : id === asked?.id,
  );
  const shown = conversation ?? conversationsOf(workspace, viewer)[0];
  return shown && { state, workspace, conversation: shown, viewer, now: state.clock(), timeZone };
}

/** The channels of the workspace and the viewer's own direct messages with the app. */
export function conversationsOf(workspace: Workspace, viewer: StandInUser | undefined): Conversation[] {
  return workspace.conversations().filter(({ kind, user }) => kind === 'channel' || user === viewer?.id);
}

/** What the viewer sees in a conversation: all of it but what was meant for others alone. */
export function visibleIn(
  { state, workspace, viewer }: Pick<View, 'state' | 'workspace' | 'viewer'>,
  conversation: Conversation,
): StoredMessage[] {
  return state.messages
    .inConversation(workspace.teamId, conversation.id)
    .filter(({ message }) => message.ephemeral === undefined || message.user === viewer?.id);
}

/** The address of a view. */
export function viewAddress(view: Pick<View, 'workspace'>, channel: string, viewer: string | undefined): string {
  const query = new URLSearchParams({ team: view.workspace.teamId, channel });
  if (viewer !== undefined) query.set('viewer', viewer);
  return `/__local/?${query}`;
}
