import * as z from 'zod';
import { happened } from '../platform/happened.ts';
import { itemType } from '../platform/item-type.ts';
import type { Lookup } from '../platform/lookup.ts';
import { type Condition, notThere, type Table, type WriteAction } from '../platform/table.ts';

const channel = z.object({
  teamId: z.string(),
  channelId: z.string(),
  /** Only shown; it may have changed in Slack a moment ago. */
  name: z.string(),
  /** When Slack said so last, in seconds; unknown while nobody has renamed the channel. */
  renamedAt: z.number().optional(),
  /** The team of each organization that has one here; one organization has one at most. */
  links: z.array(
    z.object({ organization: z.string(), team: z.string(), linkedAt: z.string(), linkedByUserId: z.string() }),
  ),
  revision: z.int(),
});

/** A Slack channel with the teams that are linked to it. */
export type Channel = z.infer<typeof channel>;

/** That a team of an organization has its messages in a channel. */
export type ChannelLink = Channel['links'][number];

const teamChannel = z.object({
  organization: z.string(),
  team: z.string(),
  teamId: z.string(),
  channelId: z.string(),
});

/** The same from the other side: the channel of a team in one workspace; there is one at most. */
export type TeamChannel = z.infer<typeof teamChannel>;

/** Where a channel is: its workspace and its id. */
export type ChannelAddress = Pick<Channel, 'teamId' | 'channelId'>;

type TeamAddress = Pick<TeamChannel, 'organization' | 'team'>;
type TeamChannelAddress = TeamAddress & Pick<TeamChannel, 'teamId'>;

const channelItem = itemType({
  name: 'Slack channel',
  schema: channel,
  key: (at: ChannelAddress) => ({ pk: `WORKSPACE#${at.teamId}`, sk: `CHANNEL#${at.channelId}` }),
  address: (value): ChannelAddress => value,
});

const teamChannelItem = itemType({
  name: 'Slack channel of a team',
  schema: teamChannel,
  key: (at: TeamChannelAddress) => ({
    pk: `ORG#${at.organization}#SLACK_CHANNELS#${at.team}`,
    sk: `WORKSPACE#${at.teamId}`,
  }),
  address: (value): TeamChannelAddress => value,
});

/** Asks for a channel with its teams; none when there is no channel to ask for, or nothing was ever linked to it. */
export function channelLookup(at: Partial<ChannelAddress>): Lookup<Channel | undefined> {
  const { teamId, channelId } = at;
  if (teamId === undefined || channelId === undefined) return { keys: [], read: () => undefined };
  const key = channelItem.key({ teamId, channelId });
  return {
    keys: [key],
    read(itemAt) {
      const item = itemAt(key);
      return item && channelItem.fromItem(item);
    },
  };
}

/** Asks where some teams have their messages in a workspace. */
export function teamChannelsLookup(teamId: string, teams: readonly TeamAddress[]): Lookup<readonly TeamChannel[]> {
  const keys = teams.map(({ organization, team }) => teamChannelItem.key({ organization, team, teamId }));
  return {
    keys,
    read: (itemAt) => keys.flatMap((key) => itemAt(key) ?? []).map(teamChannelItem.fromItem),
  };
}

/** Where a team has its messages, in every workspace. */
export async function readTeamChannels(table: Table, { organization, team }: TeamAddress): Promise<TeamChannel[]> {
  const { pk } = teamChannelItem.key({ organization, team, teamId: '' });
  const items = await Array.fromAsync(table.queryAll({ partition: pk, consistent: true }));
  return items.map(teamChannelItem.fromItem);
}

/** Several channels at once, in no order. */
export async function readChannels(table: Table, at: readonly ChannelAddress[]): Promise<Channel[]> {
  return (await table.batchGet(at.map(channelItem.key), { consistent: true })).map(channelItem.fromItem);
}

/**
 * The step of a transaction that leaves a channel with these teams, and forgets it when there are none. It fails when the
 * channel has changed since it was read.
 */
export function saveChannel(
  at: ChannelAddress & Pick<Channel, 'name' | 'links'>,
  before: Channel | undefined,
): WriteAction {
  const onlyIf: Condition =
    before === undefined ? notThere : { expression: 'revision = :before', values: { ':before': before.revision } };
  if (at.links.length === 0) return { delete: channelItem.key(at), onlyIf };
  const renamedAt = before?.renamedAt !== undefined && { renamedAt: before.renamedAt };
  return { put: channelItem.toItem({ ...at, ...renamedAt, revision: (before?.revision ?? 0) + 1 }), onlyIf };
}

/** The step of a transaction that notes a team's channel. It fails when that has changed since it was read. */
export function putTeamChannel(value: TeamChannel, before: TeamChannel | undefined): WriteAction {
  return { put: teamChannelItem.toItem(value), onlyIf: before === undefined ? notThere : isStill(before) };
}

/** The step of a transaction that forgets a team's channel. It fails when that has become another one. */
export function deleteTeamChannel(value: TeamChannel): WriteAction {
  return { delete: teamChannelItem.key(value), onlyIf: isStill(value) };
}

/** Notes a channel's new name; `false` when nothing is linked to it, or it was renamed since. */
export async function saveChannelName(
  table: Table,
  { renamedAt, ...at }: ChannelAddress & { readonly renamedAt: number },
  name: string,
): Promise<boolean> {
  const set = {
    expression: 'SET #name = :name, renamedAt = :at ADD revision :one',
    names: { '#name': 'name' },
    values: { ':name': name, ':one': 1, ':at': renamedAt },
  };
  const onlyIf: Condition = {
    expression: 'attribute_exists(pk) AND (attribute_not_exists(renamedAt) OR renamedAt <= :at)',
    values: { ':at': renamedAt },
  };
  return happened(table.update(channelItem.key(at), set, onlyIf));
}

function isStill({ channelId }: TeamChannel): Condition {
  return { expression: 'channelId = :before', values: { ':before': channelId } };
}
