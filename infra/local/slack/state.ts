import type { AppAddress } from './call-app.ts';
import type { Changes } from './changes.ts';
import type { EventSender } from './events/event-sender.ts';
import type { Failures } from './failures.ts';
import type { FileStore } from './file-store.ts';
import type { PressTroubles } from './interactivity/press-troubles.ts';
import type { MessageAuthor, MessageContent, MessageStore, StoredMessage } from './message-store.ts';
import type { AppCredentials } from './oauth/credentials.ts';
import type { Installations } from './oauth/installations.ts';
import type { RateLimits } from './rate-limits.ts';
import type { RefusalLog } from './refusal-log.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Conversation, Workspace } from './workspace.ts';

/** Everything that the stand-in knows; its routes and methods work on this. */
export interface SlackState {
  readonly workspaces: readonly Workspace[];
  readonly changes: Changes;
  readonly messages: MessageStore;
  readonly files: FileStore;
  readonly limits: RateLimits;
  readonly failures: Failures;
  readonly refusals: RefusalLog;
  readonly responseUrls: ResponseUrls;
  /** The buttons whose press came to nothing. */
  readonly troubles: PressTroubles;
  readonly app: AppAddress;
  readonly events: EventSender;
  readonly installations: Installations;
  /** The app's id and secret; without them nothing can be installed. */
  readonly credentials: AppCredentials | undefined;
  /** Where the app is reached by people; links that begin so are its own. */
  readonly appUrl: () => string;
  readonly clock: () => number;
  /** Aborted when the stand-in is closed. */
  readonly ended: AbortSignal;
  /** The next `ts` of a workspace. */
  readonly nextTimestamp: (team: string) => string;
}

/** Where a new message goes, and who sees it. */
export interface Posting {
  readonly conversation: Conversation;
  readonly author?: MessageAuthor;
  readonly threadTs?: string | undefined;
  readonly broadcast?: boolean;
  /** The one person who sees it; everybody in the conversation when left out. */
  readonly ephemeralFor?: string;
}

/** Adds a message to a conversation under a new `ts`. */
export function post(
  state: SlackState,
  workspace: Workspace,
  content: MessageContent,
  posting: Posting,
): StoredMessage {
  const { conversation, author = { kind: 'app' }, threadTs, broadcast = false, ephemeralFor } = posting;
  const user = ephemeralFor ?? conversation.user;
  const stored: StoredMessage = {
    team: workspace.teamId,
    author,
    message: {
      channel: conversation.id,
      ts: state.nextTimestamp(workspace.teamId),
      ...(threadTs !== undefined && { thread_ts: threadTs }),
      ...(threadTs !== undefined && broadcast && { reply_broadcast: true }),
      ...content,
      ...(ephemeralFor !== undefined && { ephemeral: true }),
      ...(user !== undefined && { user }),
      ...(author.kind === 'person' && { author: author.user }),
    },
  };
  state.messages.add(stored);
  return stored;
}
