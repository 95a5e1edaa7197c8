import { hintFor, queryMessages } from '../messages.ts';
import { queryLimits } from './limits.ts';
import { QueryRefusedError, QuerySyntaxError } from './query-error.ts';
import { tokens } from './tokens.ts';

/** A rule of the grammar: reads what it is about, or fails. */
export type Rule<T> = (cursor: TextCursor) => T;

/** Reads a text from its beginning to its end. It always stands at a word: the white space behind one goes with it. */
export class TextCursor {
  readonly #text: string;
  readonly #counts = { nesting: 0, operands: 0, conditions: 0 };
  at = 0;

  /** @throws QueryRefusedError when the text is too long to be looked at */
  constructor(text: string) {
    const most = queryLimits.characters;
    if (text.length > most) throw new QueryRefusedError(queryMessages.tooLong(most));
    this.#text = text;
    this.take(tokens.space);
  }

  get isAtEnd(): boolean {
    return this.at >= this.#text.length;
  }

  /** Reads what the pattern matches here and gives that, or what it captures; undefined where it does not match. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    tokens.space.lastIndex = pattern.lastIndex;
    tokens.space.test(this.#text);
    this.at = tokens.space.lastIndex;
    return match[1] ?? match[0];
  }

  /** The same where nothing else can stand. @throws QuerySyntaxError */
  need(pattern: RegExp, expected: string): string {
    return this.take(pattern) ?? this.fail(expected);
  }

  /** Reads one part, and another after each separator. */
  separated<T>(separator: RegExp, part: Rule<T>): readonly [T, ...T[]] {
    const parts: [T, ...T[]] = [part(this)];
    while (this.take(separator) !== undefined) parts.push(part(this));
    return parts;
  }

  /** Reads what stands in brackets; undefined where none open. @throws QuerySyntaxError when they do not close */
  between<T>({ open, close }: typeof tokens.braces, inside: Rule<T>, expected: string): T | undefined {
    if (this.take(open) === undefined) return undefined;
    this.count('nesting');
    const result = inside(this);
    this.need(close, expected);
    this.#counts.nesting -= 1;
    return result;
  }

  /** Counts one more of what a text may have so many of. @throws QueryRefusedError when these are too many */
  count(what: 'nesting' | 'operands' | 'conditions'): void {
    const most = queryLimits[what];
    this.#counts[what] += 1;
    if (this.#counts[what] > most) throw new QueryRefusedError(queryMessages.tooMany[what](most));
  }

  /** @throws QuerySyntaxError that tells what stands at this place, and what should */
  fail(expected: string, hint?: string, at = this.at): never {
    const before = this.#text.slice(0, at).split('\n');
    tokens.anything.lastIndex = at;
    const [word] = tokens.anything.exec(this.#text) ?? [];
    const found = word === undefined ? queryMessages.endOfQuery : JSON.stringify(word);
    throw new QuerySyntaxError(
      { line: before.length, column: [...(before.at(-1) ?? '')].length + 1, found, expected },
      hint ?? hintFor(expected, word ?? ''),
    );
  }
}
