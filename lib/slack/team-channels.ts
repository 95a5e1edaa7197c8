import type { WriteAction } from '../platform/table.ts';
import type { Channel, ChannelLink } from './channel-link-store.ts';

/** A channel as people are told of it. */
export interface NamedChannel {
  readonly channelId: string;
  readonly name: string;
}

/** What else is to be done with a team's notification settings; they are kept elsewhere, so the caller does it. */
export interface TeamSettingsIntent {
  /** `switch-on`: have it told of alerts always. `remove`: forget what it was to be told of; it has no channel any more. */
  readonly what: 'switch-on' | 'remove';
  readonly organization: string;
  readonly ownerType: 'team';
  /** The ID of the team. */
  readonly ownerId: string;
}

/** Makes the steps that do so, for the transaction that links or unlinks: a crash then loses neither. */
export type WriteSettings = (intent: TeamSettingsIntent) => Promise<readonly WriteAction[]>;

/** The team of an organization in a channel. */
export function linkOf(channel: Channel | undefined, organization: string): ChannelLink | undefined {
  return channel?.links.find((link) => link.organization === organization);
}

/** The teams of a channel without that of one organization. */
export function linksWithout(channel: Channel, organization: string): ChannelLink[] {
  return channel.links.filter((link) => link.organization !== organization);
}
