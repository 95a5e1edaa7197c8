import type { MarkSearch } from './slack.ts';
import type { SlackCalls } from './slack-calls.ts';
import type { MessageMark, MessagePlace } from './slack-message.ts';

/** Pages of a channel's history that a search looks at, newest first. */
const maxSearchPages = 5;

/** Looks through a channel, or a thread, for the message with a mark. */
export async function findMarked(
  calls: SlackCalls,
  teamId: string,
  { channel, threadTs, mark, sinceMs }: MarkSearch,
): Promise<MessagePlace | undefined> {
  const range = { channel, oldest: (sinceMs / 1_000).toFixed(6), include_all_metadata: true, limit: 200 };
  let cursor: string | undefined;
  for (let page = 0; page < maxSearchPages; page += 1) {
    const from = { ...range, ...(cursor !== undefined && { cursor }) };
    const found = await calls.call(teamId, ({ conversations }) =>
      threadTs === undefined ? conversations.history(from) : conversations.replies({ ...from, ts: threadTs }),
    );
    for (const { ts, metadata } of found.messages ?? []) {
      if (ts !== undefined && isMark(metadata, mark)) return { channel, ts };
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
