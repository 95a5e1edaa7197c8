import { createHmac } from 'node:crypto';
import { UnauthenticatedError } from '../platform/errors.ts';
import { equalInConstantTime } from '../platform/signed-text.ts';

/** What a request says about its sender. A header that is missing or was sent twice is undefined. */
export interface SignedRequest {
  readonly signature: string | undefined;
  readonly timestamp: string | undefined;
  /** The body exactly as it travelled; a parsed and printed one would not match. */
  readonly body: Buffer;
}

/** A request that is older or newer than this is a replay, or from a clock that cannot be trusted (Slack's rule). */
export const maxAgeSeconds = 300;

/**
 * Checks that Slack sent the request: `v0=` and the hexadecimal HMAC-SHA256 of `v0:<timestamp>:<body>` under the signing
 * secret, not more than five minutes away in either direction. All refusals look alike from outside.
 * Source of the rule: https://docs.slack.dev/authentication/verifying-requests-from-slack
 * @throws UnauthenticatedError
 */
export function verifySlackRequest(request: SignedRequest, signingSecret: string, nowSeconds: number): void {
  const { signature, timestamp, body } = request;
  if (signingSecret === '') throw refused('no signing secret is configured');
  if (signature === undefined || timestamp === undefined) throw refused('a header is missing or doubled');
  if (!/^\d{1,12}$/.test(timestamp)) throw refused('the timestamp is not a number');
  if (Math.abs(nowSeconds - Number(timestamp)) > maxAgeSeconds) throw refused('the timestamp is too far away');
  if (!equalInConstantTime(signature, slackSignature(signingSecret, timestamp, body))) {
    throw refused('the signature does not match');
  }
}

/** The signature of a body that is sent at `timestamp` (seconds since the Unix epoch, as text). */
export function slackSignature(signingSecret: string, timestamp: string, body: Buffer): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}

function refused(reason: string): UnauthenticatedError {
  return new UnauthenticatedError('The request is not signed by Slack.', { cause: new Error(reason) });
}
