import { setTimeout as delay } from 'node:timers/promises';
import { LogLevel, WebClient } from '@slack/web-api';
import type { Table } from '../platform/table.ts';
import { findBotToken, type TokenRotation } from './find-bot-token.ts';
import { SlackBusyError, SlackRefusedError } from './slack-errors.ts';
import type { MessageMark, MessagePlace, SlackMessage } from './slack-message.ts';
import { translateSlackError } from './translate-slack-error.ts';

/** What we ask of Slack, in the name of the bot of a workspace. @throws SlackRefusedError, SlackBusyError, SlackUncertainError */
export interface Slack {
  /** Posts to a channel, or into the thread of a message there. */
  postMessage(teamId: string, posting: Posting): Promise<MessagePlace>;
  /** Replaces the content of a message of ours. */
  updateMessage(teamId: string, place: MessagePlace, message: SlackMessage): Promise<void>;
  /** The newest message with this mark that was posted to the channel, or to the thread, since then. */
  findMarked(teamId: string, search: MarkSearch): Promise<MessagePlace | undefined>;
}

/** A message with its destination and mark. */
export interface Posting {
  readonly channel: string;
  readonly threadTs?: string | undefined;
  readonly message: SlackMessage;
  readonly mark: MessageMark;
}

/** Where and what to look for. */
export interface MarkSearch {
  readonly channel: string;
  readonly threadTs?: string | undefined;
  readonly mark: MessageMark;
  readonly sinceMs: number;
}

/** What the client is made of. */
export interface SlackClientOptions {
  readonly table: Table;
  readonly apiUrl: string;
  readonly tokenEncryptionKey: string;
  /** Renews tokens that end, where the Slack app has token rotation switched on. */
  readonly rotation?: TokenRotation | undefined;
  /** Lets time pass; the machine's own timer by default. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** A call that takes longer has been lost. */
const callTimeoutMs = 8_000;
/** A Lambda that sends has a minute: when Slack asks to wait, we do so as long as this in all, and no longer. */
const patienceMs = 20_000;
/** Pages of a channel's history that a search looks at, newest first. */
const maxSearchPages = 5;

/** Slack's Web API through its own client, with the retries that fit into a Lambda instead of the client's half an hour. */
export function slackClient(options: SlackClientOptions): Slack {
  const wait = options.wait ?? delay;

  async function call<T>(teamId: string, use: (client: WebClient) => Promise<T>): Promise<T> {
    const client = await clientOf(teamId);
    for (let waitedMs = 0; ; ) {
      try {
        return await use(client);
      } catch (error) {
        const meaning = translateSlackError(error);
        if (!(meaning instanceof SlackBusyError)) throw meaning;
        waitedMs += meaning.retryAfterSeconds * 1_000;
        if (waitedMs > patienceMs) throw meaning;
        await wait(meaning.retryAfterSeconds * 1_000);
      }
    }
  }

  /** Read anew for every call, so that a changed token is used at once. */
  async function clientOf(teamId: string): Promise<WebClient> {
    const token = await findBotToken(options, teamId);
    if (token === undefined) throw new SlackRefusedError('account_inactive');
    return new WebClient(token, {
      slackApiUrl: options.apiUrl,
      allowAbsoluteUrls: false,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: callTimeoutMs,
      logLevel: LogLevel.ERROR,
    });
  }

  return {
    async postMessage(teamId, { channel, threadTs, message, mark }) {
      const posted = await call(teamId, ({ chat }) =>
        chat.postMessage({
          channel,
          ...contentOf(message),
          metadata: { event_type: mark.eventType, event_payload: { id: mark.id } },
          unfurl_links: false,
          unfurl_media: false,
          ...(threadTs !== undefined && { thread_ts: threadTs }),
        }),
      );
      return { channel: posted.channel ?? channel, ts: posted.ts ?? '' };
    },

    async updateMessage(teamId, place, message) {
      await call(teamId, ({ chat }) => chat.update({ ...place, ...contentOf(message) }));
    },

    async findMarked(teamId, { channel, threadTs, mark, sinceMs }) {
      const range = {
        channel,
        oldest: (sinceMs / 1_000).toFixed(6),
        include_all_metadata: true,
        limit: 200,
      };
      let cursor: string | undefined;
      for (let page = 0; page < maxSearchPages; page += 1) {
        const from = { ...range, ...(cursor !== undefined && { cursor }) };
        const found = await call(teamId, ({ conversations }) =>
          threadTs === undefined ? conversations.history(from) : conversations.replies({ ...from, ts: threadTs }),
        );
        for (const { ts, metadata } of found.messages ?? []) {
          if (ts !== undefined && isMark(metadata, mark)) return { channel, ts };
        }
        cursor = found.response_metadata?.next_cursor || undefined;
        if (cursor === undefined) return undefined;
      }
      return undefined;
    },
  };
}

function contentOf({ text, box }: SlackMessage) {
  return { text, attachments: [{ color: box.color, fallback: box.fallback, blocks: [...box.blocks] }] };
}

function isMark(metadata: unknown, mark: MessageMark): boolean {
  const { event_type, event_payload } = (metadata ?? {}) as { event_type?: unknown; event_payload?: { id?: unknown } };
  return event_type === mark.eventType && event_payload?.id === mark.id;
}
