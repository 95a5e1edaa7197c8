/** What can be the matter with an issue. */
export const issueStatuses = ['unresolved', 'resolved', 'ignored'] as const;
/** Whether somebody still has to do something about an issue. */
export type IssueStatus = (typeof issueStatuses)[number];

/** Statuses that can be asked for; `muted` is what some clients call ignored. */
export const wantedStatuses = ['resolved', 'resolvedInNextRelease', 'unresolved', 'ignored', 'muted'] as const;
/** A status that can be asked for. */
export type WantedStatus = (typeof wantedStatuses)[number];

/** Says more about a status; a resolved issue has none. */
export const issueSubstatuses = ['new', 'ongoing', 'regressed', 'archived_forever'] as const;

/** How bad it is, worst first. */
export const issueLevels = ['fatal', 'error', 'warning', 'info', 'debug'] as const;
/** How bad an issue is. */
export type IssueLevel = (typeof issueLevels)[number];

/** Why an issue waits to be looked at. */
export const inboxReasons = ['new', 'regression', 'manual'] as const;

/** What the history of an issue consists of. */
export const historyStatuses = [
  'unresolved',
  'resolved',
  'set_resolved_in_commit',
  'ignored',
  'regressed',
  'reviewed',
] as const;

/** Activities by the numbers under which clients know them. */
export const activityTypes = {
  setResolved: 1,
  setUnresolved: 2,
  setIgnored: 3,
  setRegression: 6,
  setResolvedInRelease: 13,
  setResolvedInCommit: 16,
  assigned: 18,
  unassigned: 19,
  markReviewed: 23,
} as const;
/** The number of a kind of activity. */
export type ActivityType = (typeof activityTypes)[keyof typeof activityTypes];

/** What each kind of activity is called. */
export const activityNames = [
  'set_resolved',
  'set_unresolved',
  'set_ignored',
  'set_regression',
  'set_resolved_in_release',
  'set_resolved_in_commit',
  'assigned',
  'unassigned',
  'mark_reviewed',
] as const;

/** The name of an activity by its number. */
export const activityNameOf: Readonly<Record<ActivityType, (typeof activityNames)[number]>> = {
  [activityTypes.setResolved]: 'set_resolved',
  [activityTypes.setUnresolved]: 'set_unresolved',
  [activityTypes.setIgnored]: 'set_ignored',
  [activityTypes.setRegression]: 'set_regression',
  [activityTypes.setResolvedInRelease]: 'set_resolved_in_release',
  [activityTypes.setResolvedInCommit]: 'set_resolved_in_commit',
  [activityTypes.assigned]: 'assigned',
  [activityTypes.unassigned]: 'unassigned',
  [activityTypes.markReviewed]: 'mark_reviewed',
};
