import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { ForbiddenError } from '../platform/errors.ts';
import { answerCommand, type CommandApp, type CommandReply } from './answer-command.ts';
import { messages } from './messages.ts';
import { loadOutgoing, saveOutgoing } from './outgoing-message-store.ts';
import { type SendingApp, sendOutgoing } from './send-outgoing-message.ts';
import type { SlackJobOf } from './slack-job.ts';
import type { MessageContent } from './slack-message.ts';

/** What answering takes. */
export type DirectMessageApp = Pick<App, 'clock'> & CommandApp & SendingApp;

/** What Slack calls every conversation of two. */
const channelName = 'directmessage';

/**
 * Answers what somebody typed to the app, as the slash command would, in the same conversation. Once: the answer that was
 * composed first is the one that is sent.
 */
export async function answerDirectMessage(app: DirectMessageApp, job: SlackJobOf<'direct-message'>): Promise<void> {
  const { teamId, eventId, channelId, slackUserId, text, threadTs } = job;
  const id = `event:${teamId}:${eventId}`;
  if ((await loadOutgoing(app, id)) === undefined) {
    const reply = await replyTo(app, { teamId, channelId, slackUserId, channelName, text });
    if (reply === undefined) return;
    const destination = { kind: 'channel', channelId, ...(threadTs !== undefined && { threadTs }) } as const;
    await saveOutgoing(app.table, {
      id,
      teamId,
      destination,
      content: contentOf(reply),
      createdAt: isoTime(app.clock.now()),
    });
  }
  const { outcome } = await sendOutgoing(app, id);
  if (outcome === 'refused') app.metrics.count('integrations.slack.event_endpoint.failure.reply.post_message');
}

async function replyTo(
  app: DirectMessageApp,
  typed: Parameters<typeof answerCommand>[1],
): Promise<CommandReply | undefined> {
  try {
    return await answerCommand(app, typed);
  } catch (error) {
    // The app was removed in the meantime, so that there is nobody to say it to, and no token to say it with.
    if (error instanceof ForbiddenError) return undefined;
    throw error;
  }
}

function contentOf(reply: CommandReply): MessageContent {
  return 'blocks' in reply ? { text: messages.answerInBlocks, blocks: reply.blocks } : { text: reply.text };
}
