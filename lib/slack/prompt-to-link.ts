import { isoTime } from '../platform/clock.ts';
import { messages } from './messages.ts';
import { type NewOutgoing, saveOutgoing, saveOutgoingAgain } from './outgoing-message-store.ts';
import { type SendingApp, sendOutgoing } from './send-outgoing-message.ts';
import { type LinkApp, slackLink } from './slack-link.ts';

/**
 * Tells somebody who shared a link of ours, and whom we do not know, how to have it shown; only they see it. It is told
 * once: the message's name is the person's, and it is kept for a month. What could not be told is told at the next link.
 */
export async function promptToLink(
  app: SendingApp & LinkApp,
  place: { readonly teamId: string; readonly slackUserId: string; readonly channelId: string },
): Promise<void> {
  const { teamId, slackUserId, channelId } = place;
  const id = `link-prompt:${teamId}:${slackUserId}`;
  const prompt: NewOutgoing = {
    id,
    teamId,
    destination: { kind: 'ephemeral', channelId, slackUserId },
    content: { text: messages.linkToUnfurl(slackLink(app, 'link-identity', { teamId, slackUserId, channelId })) },
    createdAt: isoTime(app.clock.now()),
  };
  const stored = (await saveOutgoing(app.table, prompt)) || (await saveOutgoingAgain(app, prompt));
  if (stored) await sendOutgoing(app, id);
}
