import type { FileSearch, MarkSearch, PlaceSearch } from './slack.ts';
import type { SlackCalls } from './slack-calls.ts';
import type { MessageMark, MessagePlace } from './slack-message.ts';

/** Pages of a channel's history that a search looks at, newest first. */
const maxSearchPages = 5;
/** Our clock and Slack's need not agree. */
const clockToleranceMs = 60_000;

/** Looks through a channel, or a thread, for the message with a mark. */
export function findMarked(
  calls: SlackCalls,
  teamId: string,
  { mark, ...place }: MarkSearch,
): Promise<MessagePlace | undefined> {
  return findMessage(calls, teamId, place, ({ metadata }) => isMark(metadata, mark));
}

/** Looks through a channel, or a thread, for the message that shows a file. */
export function findShared(
  calls: SlackCalls,
  teamId: string,
  { fileId, ...place }: FileSearch,
): Promise<MessagePlace | undefined> {
  return findMessage(calls, teamId, place, ({ files }) => files?.some(({ id }) => id === fileId) ?? false);
}

/** What is looked at of a message. */
interface SeenMessage {
  readonly metadata?: unknown;
  readonly files?: readonly { readonly id?: string }[];
}

async function findMessage(
  calls: SlackCalls,
  teamId: string,
  { channel, threadTs, sinceMs }: PlaceSearch,
  isMeant: (message: SeenMessage) => boolean,
): Promise<MessagePlace | undefined> {
  const oldest = ((sinceMs - clockToleranceMs) / 1_000).toFixed(6);
  const range = { channel, oldest, include_all_metadata: true, limit: 200 };
  let cursor: string | undefined;
  for (let page = 0; page < maxSearchPages; page += 1) {
    const from = { ...range, ...(cursor !== undefined && { cursor }) };
    const found = await calls.call(teamId, ({ conversations }) =>
      threadTs === undefined ? conversations.history(from) : conversations.replies({ ...from, ts: threadTs }),
    );
    for (const message of found.messages ?? []) {
      if (message.ts !== undefined && isMeant(message)) return { channel, ts: message.ts };
    }
    cursor = found.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return undefined;
  }
  return undefined;
}

function isMark(metadata: unknown, mark: MessageMark): boolean {
  const { event_type, event_payload } = (metadata ?? {}) as { event_type?: unknown; event_payload?: { id?: unknown } };
  return event_type === mark.eventType && event_payload?.id === mark.id;
}
