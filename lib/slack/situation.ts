import type { Membership } from '../organizations/index.ts';
import type { Identity } from './identity-store.ts';

/** Who types a command, and where; parts that Slack did not name are absent. */
export interface CommandPlace {
  readonly teamId: string;
  readonly slackUserId?: string | undefined;
  readonly channelId?: string | undefined;
  readonly channelName?: string | undefined;
}

/** What the answer to a linking command depends on. */
export interface Situation {
  readonly place: CommandPlace;
  /** The user who the Slack user is. */
  readonly identity?: Pick<Identity, 'userId' | 'email'>;
  /** What that user is in the organizations that the workspace serves. */
  readonly memberships: readonly Membership[];
  /** The teams that organizations of the workspace have in this channel, by organization. */
  readonly teamsHere: readonly TeamHere[];
}

/** The team of an organization that has a channel. */
export interface TeamHere {
  readonly organization: string;
  readonly team: string;
}

/** What Slack sends as the name of every private channel: none is called so, and their real names are not told to commands. */
const privateChannel = 'privategroup';

/** A channel's name as it may be shown and stored; empty for a private channel, of which the name is not known. */
export function shownChannelName(name: string): string {
  return name === privateChannel ? '' : name;
}

/** Whether the place is a conversation of two; Slack says so by the name in commands, and by the id everywhere. */
export function isDirectMessage({ channelId, channelName }: CommandPlace): boolean {
  return channelName === 'directmessage' || (channelId?.startsWith('D') ?? false);
}
