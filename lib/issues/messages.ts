import { issueLevels } from './issue-words.ts';

/** What people read about issues. */
export const messages = {
  issueUnknown: (issue: string) => `There is no issue ${JSON.stringify(issue.slice(0, 80))} in this organization.`,
  projectUnknown: (project: string) => `There is no project ${JSON.stringify(project)} in this organization.`,
  titleEmpty: 'An issue needs a title.',
  tooBusy: 'Many others are changing this issue. Please try again in a second.',
  cursorInvalid: 'The cursor is none of ours. Leave it out to begin with the first page.',
  queryTooLong: 'A query has at most 1,000 characters.',
  quoteOpen: 'A quotation mark is opened and not closed. Close it, or leave it out.',
  valueMissing: (key: string) => `Say which after "${key}:", without a space between.`,
  negated: (word: string) =>
    `"${word}" would leave issues out, which queries cannot do yet. Leave the exclamation mark out.`,
  isUnknown: (value: string) =>
    `"is:${value}" means nothing here. Use is:unresolved, is:resolved, is:ignored or is:for_review.`,
  levelUnknown: (value: string) => `There is no level "${value}". Use ${issueLevels.join(', ')}.`,
  keyUnknown: (key: string) =>
    `Queries know no "${key}:". Use is:, release: or level:, or put quotation marks around a text with a colon.`,
  selectionMissing: 'Say which issues: by their IDs or by their status.',
  changeMissing: 'Say what should change: the status or the inbox.',
  inboxOnlyOut: 'Issues can be taken out of the inbox with false, not put in.',
} as const;
