import * as z from 'zod';
import { messages } from './messages.ts';

/** Names become parts of keys: whatever no name has is refused. */
const refused = /\p{Cc}/u;

/** Whether a text has half a character in it, or one that nobody can see. */
export function isNoText(text: string): boolean {
  return !text.isWellFormed() || refused.test(text);
}

/** The name of a repository, or of a commit: without the spaces around it, and of so many characters at most, as people count them. */
export function nameField(most: number, tooLong: string) {
  return z
    .string()
    .trim()
    .refine((text) => text.length <= most || [...text].length <= most, tooLong)
    .refine((text) => !isNoText(text), messages.notText);
}
