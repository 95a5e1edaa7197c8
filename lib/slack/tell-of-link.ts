import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import type { WriteAction } from '../platform/table.ts';
import { type Destination, outgoingWrite } from './outgoing-message-store.ts';
import type { ClaimableLink } from './used-link-store.ts';

/** The slash command as people type it; messages tell them what to type next. */
export interface CommandName {
  readonly surroundings: { readonly command: string };
}

/** Something that people in Slack are told of what a link did; the text is mrkdwn. */
export interface News {
  readonly teamId: string;
  readonly destination: Destination;
  readonly text: string;
}

/** Names of the messages in the outbox, to be sent as soon as they are stored. */
export interface Told {
  readonly told: readonly string[];
}

/** The steps that store messages together with what a link did. They are named after the link, which does it once. */
export function tell(
  app: Pick<App, 'clock'>,
  link: ClaimableLink,
  news: readonly News[],
): Told & { readonly writes: readonly WriteAction[] } {
  const createdAt = isoTime(app.clock.now());
  const all = news.map(({ teamId, destination, text }, index) => ({
    id: `link-${link.id}-${index + 1}`,
    teamId,
    destination,
    content: { text },
    createdAt,
  }));
  return { told: all.map(({ id }) => id), writes: all.map(outgoingWrite) };
}

/** The one who typed the command: there, seen by nobody else, or in a direct message. */
export function answerTo(to: { readonly slackUserId: string; readonly responseUrl?: string | undefined }): Destination {
  const { slackUserId, responseUrl } = to;
  return responseUrl === undefined ? { kind: 'user', slackUserId } : { kind: 'response', responseUrl, slackUserId };
}
