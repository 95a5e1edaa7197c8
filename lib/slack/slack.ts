import type { MessageBox, MessageContent, MessageMark, MessagePlace } from './slack-message.ts';
import type { FileSharing, FileToKeep, FileToUpload } from './upload-file.ts';

/** What we ask of Slack, in the name of the bot of a workspace. @throws SlackRefusedError, SlackBusyError, SlackUncertainError */
export interface Slack {
  /** Posts to a channel, or into the thread of a message there. */
  postMessage(teamId: string, posting: Posting): Promise<MessagePlace>;
  /** Shows something in a channel to one person alone. */
  postEphemeral(teamId: string, note: EphemeralNote): Promise<void>;
  /** Replaces the content of a message of ours. */
  updateMessage(teamId: string, place: MessagePlace, message: MessageContent): Promise<void>;
  /** The newest message with this mark that was posted to the channel, or to the thread, since then. */
  findMarked(teamId: string, search: MarkSearch): Promise<MessagePlace | undefined>;
  /** Hands a file to Slack and gives its id. Nobody sees it before it is shared. */
  uploadFile(teamId: string, file: FileToUpload): Promise<string>;
  /** Ends the upload of a file that blocks of our messages are to show; Slack takes some seconds until they can. */
  keepFile(teamId: string, file: FileToKeep): Promise<void>;
  /** Shows an uploaded file in a channel, or in the thread of a message there. */
  shareFile(teamId: string, sharing: FileSharing): Promise<void>;
  /** The newest message that shows this file in the channel, or in the thread, since then. */
  findShared(teamId: string, search: FileSearch): Promise<MessagePlace | undefined>;
  /** The channel of the direct messages between the app and a person. */
  openConversation(teamId: string, slackUserId: string): Promise<string>;
  /** Shows below a message, which somebody else wrote, what its links lead to. Doing it again changes nothing. */
  unfurl(teamId: string, place: MessagePlace, boxes: Readonly<Record<string, MessageBox>>): Promise<void>;
  /** Says something through the `response_url` of a command, to the one who typed it alone. No other address is ever called. */
  respond(responseUrl: string, content: MessageContent): Promise<void>;
  /** Renews the token of a workspace when it ends soon. */
  keepToken(teamId: string): Promise<void>;
  /** The same for work that has this much time left in all: it waits for Slack as long as that allows, and no longer. */
  within(remainingMs: number): Slack;
}

/** A message with its destination and mark. */
export interface Posting {
  readonly channel: string;
  readonly threadTs?: string | undefined;
  /** Whether an answer in a thread is shown in the channel too. */
  readonly broadcast?: boolean | undefined;
  readonly message: MessageContent;
  readonly mark: MessageMark;
}

/** What one person is shown in a channel. */
export interface EphemeralNote {
  readonly channel: string;
  readonly slackUserId: string;
  readonly threadTs?: string | undefined;
  readonly content: MessageContent;
}

/** Where to look, and how far back. */
export interface PlaceSearch {
  readonly channel: string;
  readonly threadTs?: string | undefined;
  /** By our clock. */
  readonly sinceMs: number;
}

/** Where and what to look for. */
export interface MarkSearch extends PlaceSearch {
  readonly mark: MessageMark;
}

/** Where to look for which file. */
export interface FileSearch extends PlaceSearch {
  readonly fileId: string;
}
