import type { KnownBlock } from '@slack/types';

/** What a message of ours consists of: a line, and a box with a coloured edge below it. */
export interface SlackMessage {
  /** Shown above the box, and alone in notifications. */
  readonly text: string;
  readonly box: {
    readonly color: string;
    readonly blocks: readonly KnownBlock[];
    /** The box in plain text, for clients that show no blocks. */
    readonly fallback: string;
  };
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
