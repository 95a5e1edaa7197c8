import { createHmac } from 'node:crypto';
import type { SlackState } from './state.ts';

/** How the app is reached. */
export interface AppAddress {
  readonly signingSecret: string;
  /** Slack waits three seconds. */
  readonly timeoutMs: number;
  readonly commandUrl: () => string;
  readonly eventUrl: () => string;
  readonly actionUrl: () => string;
}

/** What the app answered. */
export interface AppReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** The app asks not to be sent this again. */
  readonly noRetry: boolean;
}

/** A request to the app and what came of it: a reply, or why there was none. */
export type AppCall = { readonly durationMs: number } & (
  | { readonly reply: AppReply }
  | { readonly failure: 'timeout' | 'connection_failed' }
);

/** Sends a body to the app, signed as Slack signs. Never throws: no answer is an outcome too. */
export async function callApp(
  state: Pick<SlackState, 'clock' | 'app'>,
  request: { readonly url: string; readonly body: string; readonly headers: Readonly<Record<string, string>> },
): Promise<AppCall> {
  const started = performance.now();
  const took = () => Math.round(performance.now() - started);
  try {
    const reply = await post(state, request);
    return { durationMs: took(), reply };
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
    return { durationMs: took(), failure: timedOut ? 'timeout' : 'connection_failed' };
  }
}

/** One sentence about an answer that Slack does not take, for the person who looks into it. */
export function problemOf(call: AppCall, url: string): string {
  const { pathname } = new URL(url);
  if ('reply' in call) {
    const { status } = call.reply;
    const missing = status === 404 || status === 405 ? ': it has no such address (yet)' : '';
    return `${pathname} answered with status ${status}${missing}`;
  }
  if (call.failure === 'timeout')
    return `${pathname} gave no answer within ${Math.round(call.durationMs / 100) / 10} s`;
  return `nothing answers at ${pathname}`;
}

/** Whether Slack takes the answer as one. */
export function isTaken(call: AppCall): boolean {
  return 'reply' in call && call.reply.status >= 200 && call.reply.status < 300;
}

async function post(
  { clock, app }: Pick<SlackState, 'clock' | 'app'>,
  { url, body, headers }: Parameters<typeof callApp>[1],
): Promise<AppReply> {
  const timestamp = String(Math.floor(clock() / 1000));
  const signature = createHmac('sha256', app.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      accept: 'application/json,*/*',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
      ...headers,
    },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(app.timeoutMs),
  });
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: await response.text(),
    noRetry: response.headers.get('x-slack-no-retry') === '1',
  };
}
