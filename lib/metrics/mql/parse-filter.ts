import { queryMessages } from '../messages.ts';
import { queryLimits } from './limits.ts';
import { Nesting } from './nesting.ts';
import { QueryRefusedError } from './query-error.ts';
import type { Condition, Filter } from './syntax-tree.ts';
import { TextCursor } from './text-cursor.ts';
import { isWildcard, tokens, unquote } from './tokens.ts';

const { expected, hints } = queryMessages;

/**
 * Reads conditions that stand alone, without braces; undefined when there are none.
 * @throws QuerySyntaxError with the place, or QueryRefusedError when the text is too large
 */
export function parseFilter(text: string): Filter | undefined {
  if (text.length > queryLimits.characters) throw new QueryRefusedError(queryMessages.tooLong(queryLimits.characters));
  return new FilterParser(new TextCursor(text), new Nesting()).alone();
}

/** What stands between braces: conditions joined by AND, a comma, nothing but space, or OR, which joins least. */
export class FilterParser {
  readonly #cursor: TextCursor;
  readonly #nesting: Nesting;
  #conditions = 0;

  constructor(cursor: TextCursor, nesting: Nesting) {
    this.#cursor = cursor;
    this.#nesting = nesting;
  }

  /** Reads `{…}` where one stands; undefined where none does or it is empty. */
  braces(): Filter | undefined {
    const cursor = this.#cursor;
    if (!cursor.takeText('{')) return undefined;
    if (cursor.takeText('}')) return undefined;
    cursor.skipSpace();
    if (cursor.sees(/\}/y)) cursor.fail(expected.tag, hints.emptyBraces);
    const filter = this.#either();
    cursor.skipSpace();
    cursor.expect('}', expected.conditionOrBrace);
    return filter;
  }

  /** Reads the whole text as conditions; undefined when it is empty. */
  alone(): Filter | undefined {
    const cursor = this.#cursor;
    cursor.skipSpace();
    if (cursor.isAtEnd) return undefined;
    const filter = this.#either();
    cursor.skipSpace();
    if (!cursor.isAtEnd) cursor.fail(expected.conditionOrEnd);
    return filter;
  }

  #either(): Filter {
    const members = [this.#all()];
    while (this.#takeWord(tokens.or)) members.push(this.#all());
    return members.length === 1 ? (members[0] as Filter) : { or: members };
  }

  #all(): Filter {
    const members = [this.#one()];
    while (this.#hasAnother()) members.push(this.#one());
    return members.length === 1 ? (members[0] as Filter) : { and: members };
  }

  #hasAnother(): boolean {
    const cursor = this.#cursor;
    cursor.skipSpace();
    if (cursor.takeText(',') || cursor.take(tokens.and)) {
      cursor.skipSpace();
      return true;
    }
    return !cursor.sees(tokens.or) && cursor.sees(/[!($]|[A-Za-z0-9_.]/y);
  }

  #takeWord(word: RegExp): boolean {
    const cursor = this.#cursor;
    cursor.skipSpace();
    if (cursor.take(word) === undefined) return false;
    cursor.skipSpace();
    return true;
  }

  #one(): Filter {
    const cursor = this.#cursor;
    if (!cursor.sees(/\(/y)) return this.#condition();
    return this.#nesting.deeper(() => {
      cursor.at += 1;
      cursor.skipSpace();
      const filter = this.#either();
      cursor.skipSpace();
      cursor.expect(')', expected.conditionOrParenthesis);
      return filter;
    });
  }

  #condition(): Condition {
    const cursor = this.#cursor;
    this.#conditions += 1;
    if (this.#conditions > queryLimits.conditions)
      throw new QueryRefusedError(queryMessages.tooManyConditions(queryLimits.conditions));
    const isNegative = cursor.takeText('!');
    if (cursor.sees(tokens.variable)) cursor.fail(expected.tag, hints.variables);
    const [tag] = cursor.take(tokens.tagName) ?? cursor.fail(expected.tag, isNegative ? hints.notNegatable : undefined);
    cursor.skipSpace();
    cursor.expect(':', expected.colon);
    cursor.skipSpace();
    const values = this.#list();
    if (values !== undefined) return { tag, operator: isNegative ? 'NOT IN' : 'IN', value: values };
    const { value, isPattern } = this.#value();
    const operator = isPattern ? 'LIKE' : '=';
    return { tag, operator: isNegative ? negative[operator] : operator, value };
  }

  #value(): { readonly value: string; readonly isPattern: boolean } {
    const cursor = this.#cursor;
    const [, quoted] = cursor.take(tokens.quoted) ?? [];
    if (quoted !== undefined) return { value: unquote(quoted), isPattern: isWildcard(quoted) };
    const [bare] = cursor.take(tokens.bareWord) ?? cursor.fail(expected.value, this.#hintForValue());
    if (!cursor.takeText('*')) return { value: bare, isPattern: false };
    if (cursor.sees(/[^,\]})\s]/y)) cursor.fail(expected.endOfValue, hints.stars);
    return { value: `${bare}*`, isPattern: true };
  }

  #list(): readonly string[] | undefined {
    const cursor = this.#cursor;
    if (!cursor.takeText('[')) return undefined;
    const values: string[] = [];
    do {
      cursor.skipSpace();
      values.push(this.#member());
      cursor.skipSpace();
    } while (cursor.takeText(','));
    cursor.expect(']', expected.commaOrBracket, cursor.sees(/\*/y) ? hints.stars : undefined);
    return values;
  }

  #member(): string {
    const cursor = this.#cursor;
    const [, quoted] = cursor.take(tokens.quoted) ?? [];
    if (quoted !== undefined) return unquote(quoted);
    const [bare] = cursor.take(tokens.bareWord) ?? cursor.fail(expected.value, this.#hintForValue());
    return bare;
  }

  #hintForValue(): string | undefined {
    return this.#cursor.sees(/\*/y) ? hints.stars : undefined;
  }
}

const negative = { '=': '!=', LIKE: 'NOT LIKE' } as const;
