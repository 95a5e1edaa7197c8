import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, systemClock } from '../platform/clock.ts';
import type { Table } from '../platform/table.ts';
import { findBotToken, type TokenRotation } from './find-bot-token.ts';
import { findMarked, findShared } from './find-marked.ts';
import { boxArguments, changedContentArguments, contentArguments } from './message-arguments.ts';
import { type MessagePace, messagePace } from './message-pace.ts';
import { answerResponseUrl } from './response-url.ts';
import type { Posting, Slack } from './slack.ts';
import { type SlackCallOptions, type SlackCalls, slackCalls } from './slack-calls.ts';
import { SlackBusyError } from './slack-errors.ts';
import type { MessagePlace } from './slack-message.ts';
import { keepFile, shareFile, uploadFile } from './upload-file.ts';
import { loadWorkspace } from './workspace-store.ts';

/** What the client is made of. */
export interface SlackClientOptions extends Pick<SlackCallOptions, 'onDeadToken' | 'timeoutMs'> {
  readonly table: Table;
  readonly apiUrl: string;
  readonly tokenEncryptionKey: string;
  /** Renews tokens that end, where the Slack app has token rotation switched on. */
  readonly rotation?: TokenRotation | undefined;
  /** The machine's own clock by default. */
  readonly clock?: Clock;
  /** Lets time pass; the machine's own timer by default. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** For work that did not say how much time it has: when Slack asks to wait, it is waited for so long in all. */
const patienceMs = 20_000;
/** Kept back of the time that is left: a call may take eight seconds, and what came of it is to be stored. */
const reserveMs = 10_000;
/** Somebody else's renewal is waited for so long before an own one begins, which may take what is kept back. */
const renewalMs = 5_000;

/** Slack's Web API through its own client. */
export function slackClient(options: SlackClientOptions): Slack {
  const clock = options.clock ?? systemClock;
  return clientWithin({
    options,
    pace: messagePace(clock),
    patience: (waitedMs) => patienceMs - waitedMs,
    mayRenew: () => true,
  });
}

interface ClientParts {
  readonly options: SlackClientOptions;
  readonly pace: MessagePace;
  readonly patience: (waitedMs: number) => number;
  /** Whether there is time to renew a token: a renewal that is cut short loses it. */
  readonly mayRenew: () => boolean;
}

function clientWithin({ options, pace, patience, mayRenew }: ClientParts): Slack {
  const { apiUrl, clock = systemClock, wait = delay, timeoutMs, onDeadToken } = options;
  const tokenOf = (teamId: string) =>
    findBotToken({ ...options, clock, rotation: mayRenew() ? options.rotation : undefined }, teamId);
  const calls = slackCalls({
    apiUrl,
    clock,
    tokenOf,
    isRenewed: async (teamId) => (await loadWorkspace(options, teamId))?.sealedRefreshToken !== undefined,
    wait,
    patienceMs: patience,
    timeoutMs,
    onDeadToken,
  });

  return {
    async postMessage(teamId, posting) {
      const channel = `${teamId}/${posting.channel}`;
      const turn = pace.takeTurn(channel, patience(0));
      if (turn === undefined) throw new SlackBusyError(Math.ceil(pace.nextTurnInMs(channel) / 1_000));
      if (turn.waitMs > 0) await wait(turn.waitMs);
      return post(calls, teamId, posting);
    },

    async postEphemeral(teamId, { channel, slackUserId: user, threadTs, content }) {
      const thread = threadTs !== undefined && { thread_ts: threadTs };
      await calls.call(teamId, ({ chat }) =>
        chat.postEphemeral({ channel, user, ...contentArguments(content), ...thread }),
      );
    },

    async updateMessage(teamId, place, message) {
      await calls.call(teamId, ({ chat }) => chat.update({ ...place, ...changedContentArguments(message) }));
    },

    findMarked: (teamId, search) => findMarked(calls, teamId, search),

    uploadFile: (teamId, file) => uploadFile(calls, teamId, file),

    keepFile: (teamId, file) => keepFile(calls, teamId, file),

    shareFile: (teamId, sharing) => shareFile(calls, teamId, sharing),

    findShared: (teamId, search) => findShared(calls, teamId, search),

    async openConversation(teamId, slackUserId) {
      const { channel } = await calls.call(teamId, ({ conversations }) => conversations.open({ users: slackUserId }));
      if (channel?.id === undefined) throw new TypeError('Slack opened a conversation and did not say which.');
      return channel.id;
    },

    async unfurl(teamId, { channel, ts }, boxes) {
      const unfurls = Object.fromEntries(Object.entries(boxes).map(([url, box]) => [url, boxArguments(box)]));
      await calls.call(teamId, ({ chat }) => chat.unfurl({ channel, ts, unfurls }));
    },

    respond: (responseUrl, content) => answerResponseUrl(responseUrl, content, apiUrl),

    async keepToken(teamId) {
      await tokenOf(teamId);
    },

    within(remainingMs) {
      const limitMs = Math.max(0, remainingMs - reserveMs);
      const endsAt = clock.now() + limitMs;
      const left = (waitedMs: number) => Math.min(endsAt - clock.now(), limitMs - waitedMs);
      return clientWithin({ options, pace, patience: left, mayRenew: () => endsAt - clock.now() >= renewalMs });
    },
  };
}

async function post(
  calls: SlackCalls,
  teamId: string,
  { channel, threadTs, broadcast, message, mark }: Posting,
): Promise<MessagePlace> {
  const posted = await calls.call(teamId, ({ chat }) => {
    const wish = {
      channel,
      ...contentArguments(message),
      metadata: { event_type: mark.eventType, event_payload: { id: mark.id } },
      unfurl_links: false,
      unfurl_media: false,
    };
    if (threadTs !== undefined && broadcast) {
      return chat.postMessage({ ...wish, thread_ts: threadTs, reply_broadcast: true });
    }
    return chat.postMessage(threadTs === undefined ? wish : { ...wish, thread_ts: threadTs });
  });
  return { channel: posted.channel ?? channel, ts: posted.ts ?? '' };
}
