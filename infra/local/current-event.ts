import { createHmac } from 'node:crypto';
import type { LocalFile } from './local-file.ts';

interface HttpEvent {
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>;
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
}

/** What stored events have in place of a token. */
const tokenPlaceholder = 'Bearer TOKEN';
/** A stored event with this signature is about a wrong one, and stays so. */
const wrongSignature = `v0=${'0'.repeat(64)}`;

/**
 * A stored event as if it were sent now to the running stack: with a token that the stack knows, and signed at this moment
 * where Slack signs. Signatures and tokens of stored events are of another time and place, and would only ever be refused.
 */
export function currentEvent(
  event: unknown,
  local: Pick<LocalFile, 'token' | 'slack'>,
  nowSeconds = Math.floor(Date.now() / 1_000),
): unknown {
  if (!isHttpEvent(event)) return event;
  const [signature] = event.multiValueHeaders['X-Slack-Signature'] ?? [];
  const authorized = replaceHeaders(event, {
    ...(event.headers['Authorization'] === tokenPlaceholder && { Authorization: `Bearer ${local.token}` }),
  });
  if (signature === undefined || signature === wrongSignature) return authorized;
  const timestamp = String(nowSeconds);
  return replaceHeaders(authorized, {
    'X-Slack-Request-Timestamp': timestamp,
    'X-Slack-Signature': slackSignature(local.slack.signingSecret, timestamp, bodyOf(event)),
  });
}

function replaceHeaders(event: HttpEvent, values: Readonly<Record<string, string>>): HttpEvent {
  const lists = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));
  return {
    ...event,
    headers: { ...event.headers, ...values },
    multiValueHeaders: { ...event.multiValueHeaders, ...lists },
  };
}

function slackSignature(secret: string, timestamp: string, body: Buffer): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}

function bodyOf({ body, isBase64Encoded }: HttpEvent): Buffer {
  return Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
}

function isHttpEvent(event: unknown): event is HttpEvent {
  return typeof event === 'object' && event !== null && 'multiValueHeaders' in event && 'headers' in event;
}
