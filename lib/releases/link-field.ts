import * as z from 'zod';
import { messages } from './messages.ts';

const maxLength = 2_000;
const protocols: ReadonlySet<string> = new Set(['http:', 'https:', 'ftp:', 'ftps:']);

/** A field that holds an address for people to open; an empty one is as good as none. */
export const linkField = z
  .string()
  .trim()
  .refine((url) => url === '' || isLink(url), messages.urlInvalid);

function isLink(text: string): boolean {
  if (text.length > maxLength || !text.isWellFormed() || !URL.canParse(text)) return false;
  return protocols.has(new URL(text).protocol);
}
