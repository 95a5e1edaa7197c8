import * as z from 'zod';
import { messages } from './messages.ts';
import { isRestrictedName } from './parse-release-version.ts';

const maxCharacters = 200;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused here
const refused = /[\r\n\f\t/\\\u0000]/;

/**
 * Says what is wrong with a version, if anything. A version is kept exactly as it was sent, spaces around it included,
 * because it is part of addresses; so whatever would break an address is refused.
 */
export function versionProblem(version: string): string | undefined {
  const trimmed = version.trim();
  if (version === '') return messages.versionBlank;
  if ([...version].length > maxCharacters) return messages.versionTooLong;
  if (trimmed === '' || refused.test(version) || isRestrictedName(trimmed) || !version.isWellFormed()) {
    return messages.versionNotAllowed(version);
  }
  return undefined;
}

/** A field that holds a release's version. */
export const versionField = z.string().superRefine((version, context) => {
  const message = versionProblem(version);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});
