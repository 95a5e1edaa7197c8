import { createHash, timingSafeEqual } from 'node:crypto';
import { UnauthenticatedError } from '../platform/errors.ts';
import { parseForm } from './parse-form.ts';

/**
 * Checks the token that Slack put into every request before it signed them: only for workspaces whose app has no signing
 * secret, because it neither covers the rest of the request nor ever expires. All refusals look alike from outside.
 * Source: https://docs.slack.dev/authentication/verifying-requests-from-slack
 * @throws UnauthenticatedError
 */
export function verifySlackToken(body: Buffer, verificationToken: string): void {
  const sent = verificationToken === '' ? undefined : sentToken(body);
  if (sent === undefined || !timingSafeEqual(hashed(sent), hashed(verificationToken))) {
    throw new UnauthenticatedError('The request is not from Slack.');
  }
}

/** Where Slack puts it: events are JSON, commands are forms, and what buttons send is JSON in a form. */
function sentToken(body: Buffer): string | undefined {
  try {
    const text = body.toString('utf8');
    if (text.trimStart().startsWith('{')) return tokenOf(JSON.parse(text));
    const { token, payload }: Partial<Record<string, string>> = parseForm(body);
    return token ?? (payload === undefined ? undefined : tokenOf(JSON.parse(payload)));
  } catch {
    // What cannot be read has no token.
    return undefined;
  }
}

function tokenOf(json: unknown): string | undefined {
  const token = (json as { readonly token?: unknown } | null)?.token;
  return typeof token === 'string' ? token : undefined;
}

/** Of equal length, whatever was sent. */
function hashed(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
