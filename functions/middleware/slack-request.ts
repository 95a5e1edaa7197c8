import { type Clock, epochSeconds } from '../../lib/platform/clock.ts';
import { MethodNotAllowedError } from '../../lib/platform/errors.ts';
import { verifySlackRequest } from '../../lib/slack/index.ts';
import type { HttpRequest } from './http-request.ts';

/**
 * Lets pass what Slack sent and signed: for every door that Slack calls.
 * @throws MethodNotAllowedError, UnauthenticatedError
 */
export function requireSlack(
  app: { readonly clock: Clock; readonly signingSecret: string },
  request: HttpRequest,
): void {
  if (request.method !== 'POST') throw new MethodNotAllowedError('Slack sends with POST.');
  const signed = {
    signature: request.header('x-slack-signature'),
    timestamp: request.header('x-slack-request-timestamp'),
    body: request.body,
  };
  verifySlackRequest(signed, app.signingSecret, epochSeconds(app.clock));
}
