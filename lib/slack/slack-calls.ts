import { LogLevel, WebClient } from '@slack/web-api';
import type { Clock } from '../platform/clock.ts';
import { SlackBusyError, SlackRefusedError } from './slack-errors.ts';
import { translateSlackError } from './translate-slack-error.ts';

/** A call that takes longer has been lost. */
const callTimeoutMs = 8_000;

/** Slack's words for a token that will not work again, whatever is asked. */
const deadTokens: ReadonlySet<string> = new Set(['account_inactive', 'token_revoked', 'invalid_auth']);

/** Those who renew tokens look every five minutes. */
const renewedSoonSeconds = 60;

/** How the calls of one piece of work are made. */
export interface SlackCalls {
  /** Calls Slack in the name of a workspace's bot, and again when Slack asks to wait and there is time. */
  call<T>(teamId: string, use: (client: WebClient) => Promise<T>): Promise<T>;
}

/** That Slack took a token for dead. */
export interface DeadToken {
  readonly teamId: string;
  readonly slackError: string;
  /** Milliseconds since the Unix epoch: the token was the workspace's then, or a newer one was not yet. */
  readonly calledAt: number;
}

/** What making calls needs. */
export interface SlackCallOptions {
  readonly clock: Clock;
  readonly apiUrl: string;
  /** The bot token of a workspace; read anew for every call, so that a changed one is used at once. */
  readonly tokenOf: (teamId: string) => Promise<string | undefined>;
  /** Whether the token of a workspace is one that ends and is renewed. */
  readonly isRenewed: (teamId: string) => Promise<boolean>;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Milliseconds that are left for waiting when a call has waited so long already. */
  readonly patienceMs: (waitedMs: number) => number;
  /** How long an answer is waited for; eight seconds by default. */
  readonly timeoutMs?: number | undefined;
  /** Told when Slack says that the token of a workspace does not work any more. */
  readonly onDeadToken?: ((dead: DeadToken) => Promise<void>) | undefined;
}

/**
 * Calls with the retries that fit into a Lambda instead of the client's half an hour. Only what Slack says it has not done
 * is tried again; what may have been carried out is left to the caller, who can look.
 */
export function slackCalls(options: SlackCallOptions): SlackCalls {
  async function clientOf(teamId: string): Promise<WebClient> {
    const token = await options.tokenOf(teamId);
    if (token === undefined) throw new SlackRefusedError('account_inactive');
    return new WebClient(token, {
      slackApiUrl: options.apiUrl,
      allowAbsoluteUrls: false,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: options.timeoutMs ?? callTimeoutMs,
      logLevel: LogLevel.ERROR,
    });
  }

  /** A token that ended is none that is dead when the next one comes in its place. */
  async function hasEnded(teamId: string, meaning: unknown): Promise<boolean> {
    const isEnd = meaning instanceof SlackRefusedError && meaning.slackError === 'token_expired';
    return isEnd && options.isRenewed(teamId);
  }

  return {
    async call(teamId, use) {
      const calledAt = options.clock.now();
      const client = await clientOf(teamId);
      for (let waitedMs = 0; ; ) {
        try {
          return await use(client);
        } catch (error) {
          const meaning = translateSlackError(error);
          if (await hasEnded(teamId, meaning)) throw new SlackBusyError(renewedSoonSeconds, { cause: error });
          if (meaning instanceof SlackRefusedError && deadTokens.has(meaning.slackError)) {
            await options.onDeadToken?.({ teamId, slackError: meaning.slackError, calledAt });
          }
          if (!(meaning instanceof SlackBusyError)) throw meaning;
          const pauseMs = meaning.retryAfterSeconds * 1_000;
          if (pauseMs > options.patienceMs(waitedMs)) throw meaning;
          waitedMs += pauseMs;
          await options.wait(pauseMs);
        }
      }
    },
  };
}
