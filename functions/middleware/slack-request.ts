import { type Clock, epochSeconds } from '../../lib/platform/clock.ts';
import { MethodNotAllowedError } from '../../lib/platform/errors.ts';
import { verifySlackRequest, verifySlackToken } from '../../lib/slack/index.ts';
import type { HttpRequest } from './http-request.ts';

/** How Slack's requests are told from others. */
export interface SlackRecognition {
  readonly clock: Clock;
  /** Empty where there is none. */
  readonly signingSecret: string;
  /** Counts only where there is no signing secret. */
  readonly verificationToken?: string;
}

/**
 * Lets pass what Slack sent and signed: for every door that Slack calls.
 * @throws MethodNotAllowedError, UnauthenticatedError
 */
export function requireSlack(app: SlackRecognition, request: HttpRequest): void {
  if (request.method !== 'POST') throw new MethodNotAllowedError('Slack sends with POST.');
  if (app.signingSecret === '') {
    verifySlackToken(request.body, app.verificationToken ?? '');
    return;
  }
  const signed = {
    signature: request.header('x-slack-signature'),
    timestamp: request.header('x-slack-request-timestamp'),
    body: request.body,
  };
  verifySlackRequest(signed, app.signingSecret, epochSeconds(app.clock));
}
