import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { lookUp } from '../platform/lookup.ts';
import { orRefuse } from '../platform/or-refuse.ts';
import { type Channel, channelLookup, deleteTeamChannel, saveChannel } from './channel-link-store.ts';
import { cutText, escapeMrkdwn } from './escape-mrkdwn.ts';
import { accountLookup } from './identity-store.ts';
import { messages } from './messages.ts';
import { type NewOutgoing, outgoingWrite, saveOutgoing } from './outgoing-message-store.ts';
import { settingsLeftBehind } from './settings-left-behind.ts';
import type { SlackJobOf } from './slack-job.ts';
import type { WriteSettings } from './team-channels.ts';

/** What closing a channel leaves to be done. */
export interface ClosedChannel {
  /** Names of the messages that were stored to be sent. */
  readonly outgoing: readonly string[];
}

const longestName = 80;

/**
 * What becomes of the teams of a channel that takes no messages any more. An archived channel keeps them, since whoever
 * brings it back expects everything to be as it was; a deleted one loses them. Either way those who linked them are told,
 * because from now on alerts reach nobody there. What becomes of the settings of teams that have no channel any more is written
 * together with it (`also`).
 */
export async function closeChannel(
  app: Pick<App, 'table' | 'clock'> & { readonly surroundings: { readonly command: string } },
  job: SlackJobOf<'channel-closed'>,
  also: WriteSettings,
): Promise<ClosedChannel> {
  const [channel] = await lookUp(app.table, [channelLookup(job)]);
  if (channel === undefined) return { outgoing: [] };
  const notes = await notesAbout(app, channel, job);
  const outgoing = notes.map(({ id }) => id);
  if (job.how === 'archived') {
    for (const note of notes) await saveOutgoing(app.table, note);
    return { outgoing };
  }
  const { teamId, channelId } = channel;
  const intents = await Promise.all(channel.links.map((link) => settingsLeftBehind(app, { ...link, teamId })));
  const settings = await Promise.all(intents.flatMap((intent) => intent ?? []).map(also));
  const closed = app.table.write([
    saveChannel({ ...channel, links: [] }, channel),
    ...channel.links.map(({ organization, team }) => deleteTeamChannel({ organization, team, teamId, channelId })),
    ...notes.map(outgoingWrite),
    ...settings.flat(),
  ]);
  // Somebody linked or unlinked a team at this very moment; the next delivery sees what stands there then.
  await orRefuse(closed, (why) => new Error(messages.changedMeanwhile, why));
  return { outgoing };
}

/** What is told to those who linked the teams, as far as they are still somebody in the workspace. */
async function notesAbout(
  app: Pick<App, 'table' | 'clock'> & { readonly surroundings: { readonly command: string } },
  { name, links, teamId }: Channel,
  { eventId, how }: SlackJobOf<'channel-closed'>,
): Promise<NewOutgoing[]> {
  const accounts = await lookUp(
    app.table,
    links.map(({ linkedByUserId: userId }) => accountLookup({ userId, teamId })),
  );
  return links.flatMap((link, index) => {
    const slackUserId = accounts[index]?.slackUserId;
    if (slackUserId === undefined) return [];
    const say = how === 'archived' ? messages.channelArchived : messages.channelDeleted;
    return {
      id: `event:${teamId}:${eventId}:${link.organization}`,
      teamId,
      destination: { kind: 'user', slackUserId } as const,
      content: { text: say(shown(name), shown(link.team), app.surroundings.command) },
      createdAt: isoTime(app.clock.now()),
    };
  });
}

function shown(text: string): string {
  return escapeMrkdwn(cutText(text, longestName));
}
