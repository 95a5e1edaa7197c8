import type { App } from '../platform/app.ts';
import type { Posting, Slack } from './slack.ts';
import { SlackRefusedError } from './slack-errors.ts';
import type { MessagePlace } from './slack-message.ts';

/**
 * Posts a message, once: when an earlier sender may have posted it before it ended, the message is looked for by its mark
 * before it is posted. `firstTriedAt` is when the first sender took it; undefined when nobody can have posted it.
 */
export async function postOnce(
  app: Pick<App, 'log'> & { readonly slack: Slack },
  teamId: string,
  { posting, firstTriedAt }: { readonly posting: Posting; readonly firstTriedAt: string | undefined },
): Promise<MessagePlace> {
  if (firstTriedAt !== undefined) {
    const { channel, threadTs, mark } = posting;
    const sinceMs = Date.parse(firstTriedAt);
    const search = app.slack.findMarked(teamId, { channel, threadTs, mark, sinceMs });
    const posted = await unlessSlackRefuses(app, search);
    if (posted !== undefined) return posted;
  }
  return app.slack.postMessage(teamId, posting);
}

/** What would be good but is not worth losing a message for (a deleted message, a missing permission). */
export async function unlessSlackRefuses<T>(app: Pick<App, 'log'>, wish: Promise<T>): Promise<T | undefined> {
  try {
    return await wish;
  } catch (error) {
    if (!(error instanceof SlackRefusedError)) throw error;
    app.log.warn('Slack refused a step that is not vital', { slackError: error.slackError });
    return undefined;
  }
}
