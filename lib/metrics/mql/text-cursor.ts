import { queryMessages } from '../messages.ts';
import { QuerySyntaxError } from './query-error.ts';

/** Reads a text from its beginning to its end. Patterns are sticky (`/…/y`), so nothing is skipped or read twice by accident. */
export class TextCursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Reads what the pattern matches here; undefined and unmoved when it does not. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.at = pattern.lastIndex;
    return match;
  }

  /** Whether the pattern matches here. */
  sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  /** Reads these characters or stays. */
  takeText(characters: string): boolean {
    if (!this.text.startsWith(characters, this.at)) return false;
    this.at += characters.length;
    return true;
  }

  skipSpace(): void {
    this.take(space);
  }

  /** Reads one of several closing or separating characters. @throws QuerySyntaxError when it is not there */
  expect(character: string, expected: string, hint?: string): void {
    if (!this.takeText(character)) this.fail(expected, hint);
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** @throws QuerySyntaxError that tells what stands at this place, and what should */
  fail(expected: string, hint?: string, at = this.at): never {
    const before = this.text.slice(0, at);
    const lastBreak = before.lastIndexOf('\n');
    throw new QuerySyntaxError(
      {
        line: before.split('\n').length,
        column: [...before.slice(lastBreak + 1)].length + 1,
        found: this.#foundAt(at),
        expected,
      },
      hint,
    );
  }

  #foundAt(at: number): string {
    lookahead.lastIndex = at;
    const [word] = lookahead.exec(this.text) ?? [];
    return word === undefined ? queryMessages.endOfQuery : JSON.stringify(word);
  }
}

const space = /\s*/y;
/** A word, at most so much of it as helps; else one character. */
const lookahead = /[\p{L}\p{N}_.$]{1,40}|[\s\S]/uy;
