import { createHash } from 'node:crypto';

/** What a member of a set may have. */
const longestMember = 200;

/** A time as SDKs write it, in seconds since 1970 or as ISO 8601, in whole seconds; undefined for what is none. */
export function secondsOf(sent: unknown): number | undefined {
  const seconds = typeof sent === 'string' ? Date.parse(sent) / 1_000 : sent;
  return typeof seconds === 'number' && Number.isFinite(seconds) ? Math.floor(seconds) : undefined;
}

/** A person as a member of a set; long names are told apart by a hash. */
export function memberText(text: string): string {
  const member = text.toWellFormed();
  return member.length <= longestMember ? member : createHash('sha256').update(member).digest('hex');
}

/** What a text of JSON says; undefined for what is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
