import type { Clock } from '../platform/clock.ts';

/** Slack takes one message a second in a channel, and tolerates short bursts. https://docs.slack.dev/apis/web-api/rate-limits */
const betweenMessagesMs = 1_000;

/** Beyond so many channels those are forgotten whose turn has come already. */
const rememberedChannels = 1_000;

/** Gives every message of a channel its turn. */
export interface MessagePace {
  /** Takes the next turn in this channel: how long to wait for it. Undefined, and nothing taken, when that is longer than `patienceMs`. */
  takeTurn(channel: string, patienceMs: number): { readonly waitMs: number } | undefined;
  /** How long the next turn is away. */
  nextTurnInMs(channel: string): number;
}

/**
 * Keeps the messages of this process a second apart in every channel. What it does not cover: other processes, since each
 * Lambda execution has a memory of its own. Between them Slack's own limit holds, whose `Retry-After` the client keeps.
 */
export function messagePace(clock: Clock): MessagePace {
  const freeAt = new Map<string, number>();
  const nextTurnInMs = (channel: string) => Math.max(0, (freeAt.get(channel) ?? 0) - clock.now());
  return {
    nextTurnInMs,
    takeTurn(channel, patienceMs) {
      const waitMs = nextTurnInMs(channel);
      if (waitMs > Math.max(0, patienceMs)) return undefined;
      const now = clock.now();
      if (freeAt.size >= rememberedChannels) {
        for (const [other, at] of freeAt) if (at <= now) freeAt.delete(other);
      }
      freeAt.set(channel, now + waitMs + betweenMessagesMs);
      return { waitMs };
    },
  };
}
