import type { KnownBlock } from '@slack/types';

/** A box with a coloured edge. */
export interface MessageBox {
  readonly color: string;
  readonly blocks: readonly KnownBlock[];
  /** The box in plain text, for clients that show no blocks. */
  readonly fallback: string;
}

/** What a message of ours can consist of. What came from outside is escaped already. */
export interface MessageContent {
  /** Shown above the box; where there are blocks, only in notifications. In Slack's mrkdwn. */
  readonly text: string;
  readonly blocks?: readonly KnownBlock[] | undefined;
  readonly box?: MessageBox | undefined;
}

/** A message that tells of something: a line, and a box below it. */
export interface SlackMessage extends MessageContent {
  readonly box: MessageBox;
}

/** Where a message stands: `ts` is Slack's name for a message within its channel. */
export interface MessagePlace {
  readonly channel: string;
  readonly ts: string;
}

/** A mark of ours that a message carries, invisible to people, by which it can be found again. */
export interface MessageMark {
  readonly eventType: string;
  readonly id: string;
}
