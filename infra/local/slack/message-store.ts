import type { Block } from './block-schema.ts';
import type { Changes } from './changes.ts';
import type { Attachment } from './validate-attachments.ts';

/** What was posted with a message for programs to read. */
export interface MessageMetadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

/** What a message says. */
export interface MessageContent {
  readonly text: string;
  readonly blocks?: readonly Block[];
  readonly attachments?: readonly Attachment[];
  readonly metadata?: MessageMetadata;
  /** The files that it shares. */
  readonly files?: readonly { readonly id: string; readonly name: string; readonly title: string }[];
}

/** A message as `GET /__local/slack/messages` shows it. */
export interface StandInMessage extends MessageContent {
  readonly channel: string;
  readonly ts: string;
  readonly thread_ts?: string;
  readonly reply_broadcast?: true;
  readonly ephemeral?: true;
  /** Which person wrote it; absent from what the app or Slack says. */
  readonly author?: string;
  /** Who alone sees it: of an ephemeral message, or the person of a direct conversation. */
  readonly user?: string;
  readonly edited?: { readonly user: string; readonly ts: string };
}

/** A message with what its JSON does not show: whose workspace it is in and who says it. */
export interface StoredMessage {
  readonly team: string;
  readonly author: MessageAuthor;
  readonly message: StandInMessage;
  /** A deleted message stays in the store only to hold the place of its thread. */
  readonly deleted?: true;
}

/** Who says a message: the app, under its own or another name, Slack itself, or a person. */
export type MessageAuthor =
  | { readonly kind: 'app'; readonly name?: string }
  | { readonly kind: 'slack' }
  | { readonly kind: 'person'; readonly user: string };

/** The messages of all workspaces in the order of posting. */
export class MessageStore {
  readonly #messages: StoredMessage[] = [];
  readonly #changes: Changes;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  add(stored: StoredMessage): void {
    this.#messages.push(stored);
    this.#changes.announce();
  }

  /** Puts a message in the place of the one with the same channel and ts. */
  replace(stored: StoredMessage): void {
    this.#messages[this.#indexOf(stored.team, stored.message)] = stored;
    this.#changes.announce();
  }

  /** Removes a message; if it has replies, an empty place remains for them. */
  remove(stored: StoredMessage): void {
    const index = this.#indexOf(stored.team, stored.message);
    if (this.replies(stored).length > 0) this.#messages[index] = { ...stored, deleted: true };
    else this.#messages.splice(index, 1);
    this.#changes.announce();
  }

  /** All messages that still exist. */
  all(): readonly StoredMessage[] {
    return this.#messages.filter((stored) => stored.deleted === undefined);
  }

  find(team: string, channel: string, ts: string): StoredMessage | undefined {
    return this.all().find((stored) => isAt(stored, team, { channel, ts }));
  }

  /** Everything in a conversation, deleted messages that hold a thread included. */
  inConversation(team: string, channel: string): readonly StoredMessage[] {
    return this.#messages.filter((stored) => stored.team === team && stored.message.channel === channel);
  }

  replies({ team, message }: StoredMessage): readonly StoredMessage[] {
    return this.inConversation(team, message.channel).filter((other) => other.message.thread_ts === message.ts);
  }

  #indexOf(team: string, place: { channel: string; ts: string }): number {
    const index = this.#messages.findIndex((stored) => isAt(stored, team, place));
    if (index < 0) throw new RangeError(`no message ${place.ts} in ${place.channel}`);
    return index;
  }
}

function isAt(stored: StoredMessage, team: string, place: { channel: string; ts: string }): boolean {
  return stored.team === team && stored.message.channel === place.channel && stored.message.ts === place.ts;
}
