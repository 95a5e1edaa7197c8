import type {
  IncidentLine,
  RuleStanding,
  ShownDifficulty,
  SnoozeTarget,
  StoryEvent,
  Telling,
} from '../../lib/alerts/index.ts';

/** Every sentence of the pages about alerts. Nothing here is escaped yet. */
export const alertMessages = {
  time: (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`,
  none: '–',
  by: (who: string) => `by ${who}`,

  listTitle: 'Alerts',
  allAlerts: 'All alerts',
  list: 'Rules',
  filter: 'Which rules',
  show: { all: 'All', alerting: 'Alerting', unreadable: 'Cannot be read', snoozed: 'Snoozed', fine: 'All is well' },
  onlyProject: (project: string) => `Only rules of the project ${project}.`,
  anyProject: 'Show all projects',
  noRules: 'There are no alert rules here yet. Your administrator makes them with the API or with npm run admin.',
  noSuchRules: 'None of the rules is like that at the moment.',
  pages: 'Pages',
  newer: 'Back',
  older: 'More',
  columns: { rule: 'Rule', state: 'State', project: 'Project', incident: 'Last incident', owner: 'Owner' },

  standings: {
    critical: 'Critical',
    warning: 'Warning',
    unreadable: 'Cannot be read',
    snoozed: 'Snoozed',
    waiting: 'Not looked at yet',
    fine: 'All is well',
  } satisfies Record<RuleStanding, string>,
  statuses: { open: 'Open', warning: 'Warning', critical: 'Critical', closed: 'Resolved' } satisfies Record<
    IncidentLine['status'],
    string
  >,

  /** What is difficult about reading the metric; the reason says what to do. */
  difficulty: {
    nothing: (time: string, reason: string) =>
      `The metric of this rule cannot be read since ${time}: until it can, no incident begins, and none ends but by hand. ${reason}`,
    hours: (time: string, reason: string) => `The metric of this rule is read hour by hour since ${time}. ${reason}`,
  } satisfies Record<ShownDifficulty['reads'], (time: string, reason: string) => string>,
  difficultyTold: (destinations: readonly string[]) => `Told of it: ${destinations.join(', ')}.`,
  untoldOutage: (since: string, until: string) =>
    `From ${since} to ${until} the metric of this rule could not be read, and not everybody heard of that.`,
  difficultyUntold: (destination: string, advice: string) => `${destination} could not be told: ${advice}`,

  said: {
    acknowledged: 'You look after this incident now. Its messages in Slack say so.',
    resolved: 'You resolved this incident. Everybody who was told of it hears that.',
    before: 'Somebody was faster: that had been done already. The time line below says who it was.',
    over: 'This incident is over; there was nothing left to do.',
    snoozed: 'The rule is snoozed. It goes on watching, and what it finds stands here.',
    unsnoozed: 'The snooze is over. What changes from now on is told again.',
    unfollowed: 'The rule does not follow this incident any more. All that can be done is to resolve it.',
  },

  chart: 'The metric',
  chartPoint: 'Point at the line to see its numbers.',
  noChart: 'The metric cannot be drawn at the moment. Load this page again in a minute.',
  range: 'How much is shown',
  ranges: { '24h': '24 hours', '7d': '7 days', '14d': '14 days' },
  numbers: 'The numbers as a table',
  numbersCaption: (subtitle: string) => `${subtitle}, newest first`,
  numbersTime: 'Time (UTC)',
  numbersValue: 'Value',

  incident: (identifier: number) => `Incident ${identifier}`,
  incidentOf: (identifier: number, status: string) => `Incident ${identifier}: ${status}`,
  noSuchIncident: (identifier: number) => `Incident ${identifier} is none of this rule; it may have been deleted.`,
  noIncidents: 'This rule has not found anything yet.',
  otherIncidents: 'Its incidents',
  began: 'Began',
  ended: 'Ended',
  lasted: (duration: string) => `it lasted ${duration}`,
  lasting: (duration: string) => `for ${duration} so far`,
  notOver: 'It is not over yet',
  acknowledge: 'Acknowledge',
  resolve: 'Resolve',
  acknowledgeAbout: 'Whoever acknowledges it says: I look after this.',
  story: 'What happened',
  event: ({ type, to }: Pick<StoryEvent, 'type' | 'to'>): string => {
    if (type === 'status_change') return to === undefined ? 'Changed' : alertMessages.statuses[to];
    return {
      detected: 'The value went too far',
      created: 'Seen, and the incident began',
      acknowledged: 'Acknowledged',
      comment: 'Comment',
    }[type];
  },
  tellings: 'Who was told',
  noTellings: 'Nobody was told of this incident.',
  tellingAbout: (status: Telling['about']) => `of “${alertMessages.statuses[status]}”`,
  tellingStates: {
    sent: 'Sent',
    pending: 'On its way',
    failed: 'Not sent',
    skipped: 'Left out',
  } satisfies Record<Telling['state'], string>,

  rule: 'The rule',
  state: 'State',
  project: 'Project',
  environment: 'Environment',
  everyEnvironment: 'all',
  filterQuery: 'Only points with',
  owner: 'Owner',
  nobody: 'nobody',
  tells: 'Tells',
  judged: 'Last looked at',
  notJudged: 'not yet',
  notes: 'Notes',
  until: (iso: string | null) => (iso === null ? 'until that is ended' : `until ${alertMessages.time(iso)}`),
  snoozed: (until: string, by: string) => `Nobody is told ${until}; ${by} wanted it so.`,
  snoozedForMe: (until: string) => `You get no direct messages about this rule ${until}.`,
  snoozeTitle: 'Snooze',
  snooze: {
    me: 'Send me no direct messages about this rule for',
    everyone: 'Tell nobody of what this rule finds for',
  } satisfies Record<SnoozeTarget, string>,
  snoozeHours: { 1: 'An hour', 8: 'Eight hours', 24: 'A day', '': 'Until it is ended' },
  unsnooze: { me: 'Tell me again', everyone: 'Tell people again' } satisfies Record<SnoozeTarget, string>,
};
