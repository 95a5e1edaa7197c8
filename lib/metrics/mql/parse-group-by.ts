import { queryMessages } from '../messages.ts';
import type { TextCursor } from './text-cursor.ts';
import { tokens } from './tokens.ts';

const { expected } = queryMessages;

/** Reads `by tag` or `by (tag, tag)`; nothing where no such word stands. @throws QuerySyntaxError when no tags follow it */
export function parseGroupBy(cursor: TextCursor): readonly string[] {
  const before = cursor.at;
  cursor.skipSpace();
  if (cursor.take(tokens.by) === undefined) {
    cursor.at = before;
    return [];
  }
  cursor.skipSpace();
  if (!cursor.takeText('(')) return [parseTag(cursor)];
  const tags: string[] = [];
  do {
    cursor.skipSpace();
    tags.push(parseTag(cursor));
    cursor.skipSpace();
  } while (cursor.takeText(','));
  cursor.expect(')', expected.commaOrParenthesis);
  return tags;
}

function parseTag(cursor: TextCursor): string {
  const [tag] = cursor.take(tokens.tagName) ?? cursor.fail(expected.tagToGroupBy);
  return tag;
}
