import { queryMessages } from '../messages.ts';
import type { Condition, Filter } from './syntax-tree.ts';
import { TextCursor } from './text-cursor.ts';
import { isWildcard, tokens, unquote } from './tokens.ts';

const { expected } = queryMessages;

/**
 * Reads conditions that stand alone, without braces; undefined when there are none.
 * @throws QuerySyntaxError with the place, or QueryRefusedError when the text is too large
 */
export function parseFilter(text: string): Filter | undefined {
  const cursor = new TextCursor(text);
  if (cursor.isAtEnd) return undefined;
  const filter = either(cursor);
  return cursor.isAtEnd ? filter : cursor.fail(expected.conditionOrEnd);
}

/** Reads `{…}` where it touches what it is about: one filter, or none. @throws QuerySyntaxError, QueryRefusedError */
export function readBraces(cursor: TextCursor): readonly Filter[] {
  if (cursor.take(tokens.emptyBraces) !== undefined) return [];
  const filter = cursor.between(tokens.braces, either, expected.conditionOrBrace);
  return filter === undefined ? [] : [filter];
}

function either(cursor: TextCursor): Filter {
  const members = cursor.separated(tokens.or, all);
  return members.length === 1 ? members[0] : { or: members };
}

function all(cursor: TextCursor): Filter {
  const members = cursor.separated(tokens.and, one);
  return members.length === 1 ? members[0] : { and: members };
}

function one(cursor: TextCursor): Filter {
  return cursor.between(tokens.parentheses, either, expected.conditionOrParenthesis) ?? condition(cursor);
}

function condition(cursor: TextCursor): Condition {
  cursor.count('conditions');
  const not = cursor.take(tokens.not) === undefined ? '' : 'NOT ';
  const tag = cursor.need(tokens.tag, expected.tag);
  cursor.need(tokens.colon, expected.colon);
  const list = cursor.between(tokens.brackets, values, expected.commaOrBracket);
  if (list !== undefined) return { tag, operator: `${not}IN`, value: list };
  const word = cursor.need(tokens.pattern, expected.value);
  if (isWildcard(word)) return { tag, operator: `${not}LIKE`, value: unquote(word) };
  return { tag, operator: not === '' ? '=' : '!=', value: unquote(word) };
}

function values(cursor: TextCursor): readonly string[] {
  return cursor.separated(tokens.comma, () => unquote(cursor.need(tokens.value, expected.value)));
}
