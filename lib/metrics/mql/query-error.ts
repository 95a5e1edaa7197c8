import { RefusalError } from '../../platform/errors.ts';
import { queryMessages } from '../messages.ts';

/** A place in a text, both counted from 1; columns count characters, not bytes. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Thrown when a text is no query: where, what stands there and what would be understood. */
export class QuerySyntaxError extends RefusalError implements Position {
  readonly code = 'invalid_query';
  readonly status = 400;
  readonly line: number;
  readonly column: number;
  readonly found: string;
  readonly expected: string;

  constructor(where: Position & { readonly found: string; readonly expected: string }, hint?: string) {
    super(queryMessages.syntax(where, hint));
    this.line = where.line;
    this.column = where.column;
    this.found = where.found;
    this.expected = where.expected;
  }
}

/** Thrown when a query can be read and cannot be answered; the text says why and what to write instead. */
export class QueryRefusedError extends RefusalError {
  readonly code = 'invalid_query';
  readonly status = 400;
}

/** Thrown when a query makes sense, and its answer would need more reading than there is time for. */
export class QueryTooLargeError extends QueryRefusedError {}
