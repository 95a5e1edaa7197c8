import type { CallArguments } from '../call-arguments.ts';
import { Refusal } from '../refusal.ts';
import type { SlackState } from '../state.ts';
import type { Who } from '../who.ts';
import type { Sent, SlackEvent } from './event-sender.ts';

/** Changes something in a workspace, as a person would with a click in Slack; what the app is told of it comes back. */
type Happening = (state: SlackState, who: Who, args: CallArguments) => readonly SlackEvent[];

const rename: Happening = (state, { workspace, channel }, args) => {
  const name = args.required('name').replace(/^#/, '').toLowerCase();
  if (!/^[\p{L}\p{N}_-]{1,80}$/u.test(name)) throw new Refusal('invalid_name', ['letters, digits, - and _ only']);
  if (workspace.resolve(`#${name}`) !== undefined) throw new Refusal('name_taken');
  workspace.change(channel, { name });
  return [{ type: 'channel_rename', channel: { id: channel, name, name_normalized: name }, event_ts: now(state) }];
};

const archive: Happening = (state, { workspace, channel, user }) => {
  workspace.change(channel, { isArchived: true });
  return [{ type: 'channel_archive', channel, user, event_ts: now(state) }];
};

const unarchive: Happening = (state, { workspace, channel, user }) => {
  workspace.change(channel, { isArchived: false });
  return [{ type: 'channel_unarchive', channel, user, event_ts: now(state) }];
};

const invite: Happening = (state, { workspace, channel, user: inviter }) => {
  workspace.change(channel, { botIsMember: true });
  const user = workspace.given.botUserId;
  const at = { user, channel, channel_type: 'C', team: workspace.teamId, inviter };
  return [{ type: 'member_joined_channel', ...at, event_ts: now(state) }];
};

const remove: Happening = (state, { workspace, channel, user: actor }) => {
  workspace.change(channel, { botIsMember: false });
  const at = { channel, channel_type: 'C', team: workspace.teamId, actor };
  return [{ type: 'member_left_channel', user: workspace.given.botUserId, ...at, event_ts: now(state) }];
};

const rotate: Happening = (_, { workspace }, args) => {
  workspace.tokenRotation = args.flag('on');
  return [];
};

const uninstall: Happening = (state, { workspace }) => {
  if (!workspace.installed) throw new Refusal('not_installed');
  state.installations.uninstall(workspace);
  return [{ type: 'app_uninstalled' }, tokensRevoked(workspace.given.botUserId)];
};

const revokeTokens: Happening = (state, { workspace }) => {
  state.installations.uninstall(workspace);
  return [tokensRevoked(workspace.given.botUserId)];
};

const happenings: Readonly<Record<string, Happening>> = {
  channel_rename: rename,
  channel_archive: archive,
  channel_unarchive: unarchive,
  member_joined_channel: invite,
  member_left_channel: remove,
  app_uninstalled: uninstall,
  tokens_revoked: revokeTokens,
  token_rotation: rotate,
};

/** Lets something happen, and tells the app. Throws `unknown_happening`, or what keeps it from happening. */
export function happen(state: SlackState, who: Who, args: CallArguments): Sent[] {
  const kind = args.required('kind');
  const happening = Object.hasOwn(happenings, kind) ? happenings[kind] : undefined;
  if (happening === undefined) throw new Refusal('unknown_happening', [`one of ${Object.keys(happenings).join(', ')}`]);
  if (who.workspace.conversation(who.channel)?.kind === 'direct' && /channel/.test(kind)) {
    throw new Refusal('channel_not_found');
  }
  const was = who.workspace.installed;
  const events = happening(state, who, args);
  state.changes.announce();
  return was ? events.map((event) => state.events.send(who.workspace, event)) : [];
}

/** The event that says that the bot's tokens have ended. */
export function tokensRevoked(botUserId: string): SlackEvent {
  return { type: 'tokens_revoked', tokens: { oauth: [], bot: [botUserId] } };
}

function now(state: SlackState): string {
  return (state.clock() / 1000).toFixed(6);
}
