import type { ShownAlertRule, ShownIncident, ShownIncidentActivity } from '../../lib/alerts/index.ts';
import type { IssueJson } from '../../lib/issues/index.ts';

/** Every sentence of the pages that show an issue, a release or an alert rule. Nothing here is escaped yet. */
export const detailMessages = {
  notFoundTitle: 'There is nothing here for you',
  notFound: (email: string) => [
    `You signed in as ${email}. What this link leads to is gone, or it belongs to an organization or a team that this account is not in.`,
    'Check that the address is complete. If it is, ask somebody of that team, or sign in with another account.',
  ],
  time: (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`,
  none: '–',
  nobody: 'nobody',
  by: (who: string) => `by ${who}`,

  status: 'Status',
  project: 'Project',
  projects: 'Projects',
  where: 'Where',
  level: 'Level',
  firstSeen: 'First seen',
  lastSeen: 'Last seen',
  inRelease: (version: string) => `in ${version}`,
  assignee: 'Assigned to',
  resolvedIn: 'Resolved in',
  nextRelease: 'the next release',
  activities: 'What was done',
  noActivities: 'Nobody has done anything about this issue yet.',
  issueStatuses: {
    unresolved: 'Unresolved',
    resolved: 'Resolved',
    ignored: 'Archived',
  } as Readonly<Record<IssueJson['status'], string>>,
  issueActivities: {
    set_resolved: 'Resolved',
    set_unresolved: 'Opened again',
    set_ignored: 'Archived',
    set_regression: 'Came back',
    set_resolved_in_release: 'Resolved in a release',
    set_resolved_in_commit: 'Resolved by a commit',
    assigned: 'Assigned',
    unassigned: 'Not assigned any more',
    mark_reviewed: 'Marked as reviewed',
  } as Readonly<Record<string, string>>,

  releaseTitle: (version: string) => `Release ${version}`,
  open: 'Open',
  archived: 'Archived',
  created: 'Created',
  released: 'Released',
  notReleased: 'not yet',
  ref: 'Ref',
  link: 'Link',
  authors: 'Authors',
  commits: (count: number) => (count === 1 ? '1 commit' : `${count} commits`),
  commitsShown: (shown: number, count: number) => `The newest ${shown} of ${count} commits`,
  noCommits: 'No commits are known of this release. “sentry-cli releases set-commits” tells us of them.',
  unknownAuthor: 'unknown author',
  deploys: 'Deploys',
  noDeploys: 'It has not been deployed anywhere that we know of.',

  rule: 'Rule',
  tells: 'Tells',
  judged: 'Last looked at',
  notJudged: 'not yet',
  ruleStatuses: { critical: 'Critical', warning: 'Warning', fine: 'All is well' } as Readonly<
    Record<ShownAlertRule['status'], string>
  >,
  incident: (identifier: number, isAsked: boolean) =>
    `Incident ${identifier}${isAsked ? ' – the one you came for' : ''}`,
  noIncidents: 'This rule has not found anything yet.',
  noSuchIncident: (identifier: number) => `Incident ${identifier} is none of this rule; it may have been deleted.`,
  started: 'Started',
  ended: 'Ended',
  notEnded: 'not yet',
  incidentStatuses: { open: 'Open', warning: 'Warning', critical: 'Critical', closed: 'Resolved' } as Readonly<
    Record<ShownIncident['status'], string>
  >,
  incidentActivity: ({ type, to }: ShownIncidentActivity): string => {
    if (type === 'status_change') return to === undefined ? 'Changed' : detailMessages.incidentStatuses[to];
    return {
      detected: 'The value went too far',
      created: 'Seen, and the incident began',
      acknowledged: 'Acknowledged',
    }[type];
  },
};
