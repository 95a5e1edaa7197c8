import { type FieldErrors, InvalidFieldsError } from '../platform/errors.ts';
import { type IssueLevel, type IssueStatus, issueLevels, issueStatuses } from './issue-words.ts';
import { messages } from './messages.ts';

/** What a query asks for; an issue has to fit all of it. */
export interface IssueQuery {
  readonly statuses: readonly IssueStatus[];
  readonly forReview: boolean;
  readonly levels: readonly IssueLevel[];
  readonly releases: readonly string[];
  /** Each stands somewhere in the title or the culprit, or is the short ID. */
  readonly texts: readonly string[];
}

const maxLength = 1_000;

/** A word, or a quotation; a key with a colon may stand right before it. In a quotation, \" and \\ are a sign each. */
const term = /\s*(?:(!?[a-z][a-z0-9_.]*):(?=\S))?(?:"((?:[^"\\]|\\.)*)"(?=\s|$)|([^\s"]\S*))/suy;

/**
 * Reads `is:unresolved level:error release:"app@1.0 beta" some text`. Free text that looks like a key is put in quotation marks.
 * @throws InvalidFieldsError on the field `query`, saying what to write instead
 */
export function parseIssueQuery(text: string): IssueQuery {
  if (text.length > maxLength) throw refused(messages.queryTooLong);
  const query = {
    statuses: [] as IssueStatus[],
    forReview: false,
    levels: [] as IssueLevel[],
    releases: [] as string[],
    texts: [] as string[],
  };
  const trimmed = text.trim();
  term.lastIndex = 0;
  while (term.lastIndex < trimmed.length) {
    const [, key, quoted, word] = term.exec(trimmed) ?? refuse(messages.quoteOpen);
    const value = quoted?.replace(/\\(.)/gsu, '$1') ?? word ?? '';
    if (key === undefined) addText(query.texts, value, quoted !== undefined);
    else if (key.startsWith('!')) throw refused(messages.negated(`${key}:`));
    else if (key === 'is' && value === 'for_review') query.forReview = true;
    else if (key === 'is') query.statuses.push(oneOf(issueStatuses, value, messages.isUnknown));
    else if (key === 'level') query.levels.push(oneOf(issueLevels, value, messages.levelUnknown));
    else if (key === 'release' && value !== '') query.releases.push(value);
    else throw refused(key === 'release' ? messages.valueMissing(key) : messages.keyUnknown(key));
  }
  return query;
}

function addText(texts: string[], value: string, quoted: boolean): void {
  const [, key] = quoted ? [] : (/^(is|level|release):$/.exec(value) ?? []);
  if (key !== undefined) throw refused(messages.valueMissing(key));
  if (value !== '') texts.push(value);
}

function oneOf<Word extends string>(words: readonly Word[], value: string, message: (value: string) => string): Word {
  return words.find((word) => word === value) ?? refuse(message(value));
}

function refuse(message: string): never {
  throw refused(message);
}

function refused(message: string): InvalidFieldsError {
  const fields: FieldErrors = { query: [message] };
  return new InvalidFieldsError(fields);
}
