import { issueLevels, issueStatuses, wantedStatuses } from './issue-words.ts';

/** What people read about issues. */
export const messages = {
  issueUnknown: (issue: string) => `There is no issue ${JSON.stringify(issue.slice(0, 80))} in this organization.`,
  projectUnknown: (project: string) => `There is no project ${JSON.stringify(project)} in this organization.`,
  issuesUnknown: (issues: readonly string[]) =>
    `There are no issues ${issues.map((issue) => JSON.stringify(issue.slice(0, 80))).join(', ')} here, so nothing was changed. Leave them out, or correct them.`,
  titleEmpty: 'An issue needs a title.',
  tooBusy: 'Many others are changing this issue. Please try again in a second.',
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
  wantedStatusUnknown: `Use one of ${wantedStatuses.join(', ')}.`,
  withStatusUnknown: `Use one of ${[...issueStatuses, 'muted'].join(', ')}, once.`,
  snoozeUnknown: 'Issues cannot be put aside for a time yet. Leave this out to put them aside for good.',
  detailsNeedResolved: 'Only what is resolved has details. Send the status resolved with them.',
  detailsOneOf: 'Send either inNextRelease or inRelease.',
  releaseUnusable: 'Name the version of a release: up to 250 characters, in one line, and not "latest".',
  assigneeUnknown: 'Nobody in this organization has this ID or e-mail address. Issues are assigned to members.',
  idsAndQuery: 'Send either the IDs of issues or a query.',
  stoppedEarly: (changed: number) =>
    `There are so many issues that not all of them are done: ${changed} changed so far. Send the same again to go on.`,
  inboxOnlyOut: 'Issues can be taken out of the inbox with false, not put in.',
} as const;
