/** Every sentence of this domain that a person reads, beside the status text. What stands in `${…}` is escaped by the caller. */
export const messages = {
  incidentUnknown: (incident: number) =>
    `There is no incident ${incident} within your reach: it is gone with its project, or it belongs to a team that you are not in. Ask somebody of that team.`,
  incidentOfNoRule: (incident: number) => `Incident ${incident}`,
  /** Name and text are escaped; the link is whole. */
  commented: (who: string, link: string, text: string) => `${who} commented on ${link}:\n${text}`,
  commentEmpty: 'Write something, of 3,000 characters at most.',
  incidentNumberWanted: 'Incidents are called by their numbers: 1, 2, 3 and so on. The list of incidents tells them.',
  incidentListWanted: 'The status of a list of incidents is open, closed or all.',
  unsentListWanted:
    'The state of a list of notifications is failed or skipped. Those that were sent are listed with their incident.',
  incidentStatusWanted: 'Send resolved (or 2) to end the incident, or acknowledged to say that you look after it.',
  incidentOver: 'This incident is over; there is nothing left to acknowledge.',
  incidentUnfollowed:
    'The rule of this incident was changed or deleted, and follows it no more. It can only be resolved.',
  incidentContended: 'This incident is being changed by others all the time. Please try again in a second.',
  evaluationContended: 'The rule is being evaluated by others all the time.',
  numbersContended: 'Other rules of the organization take the numbers of incidents all the time.',
  claimedByAnother: 'Another sender is at work on this notification.',
  earlierPending: 'An earlier notification of this incident has not been sent yet.',
  askedToWait: 'Slack asked to wait with this notification.',

  title: (status: string, rule: string) => `${status}: ${rule}`,
  /** What stands before the moment, in any time zone. */
  startedBefore: 'Started ',
  notes: (text: string) => `*Notes:* ${text}`,
  /** Stands in a message that comes late. */
  late: (time: string) => `This is how it was at ${time}; it could not be told before.`,
  lasted: (length: string) => `Lasted ${length}.`,
  worst: (value: string) => `Worst: ${value}.`,
  endings: {
    'rule-updated':
      'The rule was changed, so that this incident is over. The rule as it is now opens a new one if need be.',
    'rule-deleted': 'The rule was deleted, so that this incident is over, and nothing watches this any more.',
  },
  context: (rule: string, project: string) => `Rule *${rule}* in project *${project}*`,
  environment: (name: string) => `Environment *${name}*`,
  owner: (name: string) => `Owner *${name}*`,
  releaseAtStart: (version: string) => `Release when it started: *${version}*`,
  releasesSince: (versions: readonly string[], more: number) =>
    `since then: ${versions.map((version) => `*${version}*`).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  firstReleases: (versions: readonly string[], more: number) =>
    `Releases since it started: ${versions.map((version) => `*${version}*`).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  mention: (slackUserId: string) => `<@${slackUserId}>`,
  deeds: {
    acknowledged: (who: string, time: string) => `Acknowledged by ${who}, ${time}`,
    resolved: (who: string, time: string) => `Resolved by ${who}, ${time}`,
  },
  fallback: (title: string, status: string) => `${title} (${status})`,
  /** How a rule is at the moment that nothing is wrong with. */
  now: (status: string) => `Now: ${status}`,

  webhookAddress:
    'The address of the webhook does not lead to the public internet over https. Name another one in the rule.',
  webhookSecret:
    'The secret of the webhook cannot be opened with the key of this installation. Save the rule with the webhook anew.',
  webhookRefused: (status: number) =>
    `The webhook answered ${status}, so that it was not tried again. It has to answer 2xx itself, without leading elsewhere.`,
  webhookLater: 'The webhook could not take this now.',
  tooLate:
    'It could not be delivered within a day, and was given up. Look at the status page of Slack, or at the webhook.',
  tooManyWaiting: (most: number) =>
    `More than ${most} messages of the rule were waiting, so that the oldest were given up. Look at why its targets do not take them.`,
  skippedSnoozed: 'The rule was snoozed for everybody, so that nobody was told. End the snooze to be told again.',
  personLeft: 'This person is not in the organization any more. Take them out of the rule, or name somebody else.',
  personWithoutReach: (name: string) => `${name} does not reach the project any more, so that they were not told.`,
  tooManyToTell: (count: number) =>
    `${count} more were to be told, which is too many at once. Let the rule tell fewer, such as one channel that all of them read.`,
  tooManySubscribers: (count: number) =>
    `${count} more have subscribed than get direct messages. Let them read a channel that the rule tells.`,
  personNotLinked: (name: string) =>
    `${name} is not linked to a Slack user, so that no direct message reaches them. Have them type: /postflow link`,
  personSnoozed: (name: string) => `${name} has snoozed this rule for themselves.`,
  teamWithoutChannel: (team: string) =>
    `The team ${team} has no Slack channel. Type in the channel that is to be theirs: /postflow link team`,

  noData: 'no data',
  chartClaimed: 'Another sender is at work on this chart.',
  chartNotReady: 'Slack has not looked at the picture yet.',
  chartRuleGone: 'There is no chart: this rule was deleted, and its numbers with it.',
  chartTooMuch: (rule: string) =>
    `${rule}: this metric has too many combinations of tags to be drawn. Send fewer tags with it, and the chart will come.`,
  /** The advice is ours; the numbers are escaped. */
  chartRefused: (advice: string, numbers: string) =>
    `The chart could not be posted here. ${advice}${numbers === '' ? '' : `\nThe numbers: ${numbers}`}`,
  chartSubtitle: (metric: string, window: string) => `${metric} over ${/^\d/u.test(window) ? '' : '1 '}${window}`,
  chartCompared: (subtitle: string, distance: string) => `${subtitle}, in % of ${distance}`,
  noDataInChart: 'No data in this time',
  chartNumbers: (thresholdType: 'above' | 'below', worst: string, last: string) =>
    `${thresholdType === 'above' ? 'max' : 'min'} ${worst} · last ${last}`,
  chartThreshold: (kind: 'critical' | 'warning' | 'resolve', value: string) => `${kind} ${value}`,
  chartIncident: (identifier: number) => `#${identifier}`,
  chartAbout: (title: string, subtitle: string, range: string) => `${title}: ${subtitle}, ${range}.`,
  chartValueAt: (value: string, moment: string) => `${value} (${moment})`,
  chartExtremes: (min: string, max: string, last: string) => `Lowest ${min}, highest ${max}, last ${last}.`,
  chartNeverBeyond: (side: 'above' | 'below', threshold: string) =>
    `Never ${side} the critical threshold of ${threshold}.`,
  chartSpan: (start: string, end: string) => `${start} to ${end}`,
  chartBeyond: (side: 'above' | 'below', threshold: string, spans: readonly string[], more: number) =>
    `${side === 'above' ? 'Above' : 'Below'} the critical threshold of ${threshold}: ${more > 0 ? `${more} times earlier, and ` : ''}${spans.join('; ')}.`,
  chartIncidentSpan: (identifier: number, start: string, end: string | undefined) =>
    `Incident ${identifier}: ${start}${end === undefined ? ', not over yet' : ` to ${end}`}.`,

  oneNumber: 'A rule watches one number: leave "by (…)" out, and ask for one quantile.',

  /** Why the metric of a rule is not read as usual, and what to do. */
  difficulties: {
    'too-much':
      'It has too many combinations of tags for a window of this length. Send it with fewer different values of tags, or choose a shorter window, or one of whole hours, which can then be read hour by hour. Filters do not help: they choose among what was read.',
    senseless: 'Its query is not understood any more. Write its aggregate and its filter anew.',
    hours:
      'It has too many combinations of tags to be read minute by minute, so that its window ends with the last full hour. Send fewer different values of tags, or choose a shorter window, to hear of changes sooner.',
  },
  ruleUnknown: 'There is no such rule within your reach.',
  ruleAlerts: (status: string, subject: string, side: 'above' | 'below', threshold: string, window: string) =>
    `${status} when ${subject} is ${side} ${threshold} over the last ${window}.`,
  ruleEnds: (side: 'above' | 'below') => `Over as soon as it is not ${side} that any more.`,
  ruleEndsAt: (side: 'above' | 'below', threshold: string) =>
    `Over as soon as it is ${side === 'above' ? 'below' : 'above'} ${threshold}.`,
  ruleInARow: (times: number) => `It changes only after ${times} looks in a row that agree.`,
  somebody: 'somebody',
  others: (count: number) => (count === 1 ? 'one other' : `${count} others`),
  team: (slug: string) => `Team ${slug}`,
  somewhere: 'an address of its own',
  webhook: (host: string) => `Webhook at ${host}`,

  workspaceGone:
    'The Slack workspace is not connected to this organization any more. Connect it again, or edit the rule.',

  notAChannel: 'A channel id looks like C0123ABCD.',
  metricOrAggregate: 'Name either a counter (checkout.errors@none) or an aggregate (count()), and not both.',
  notAMetric: 'Name a metric, with its unit: checkout.errors@none',
  noControlCharacters: 'Use a name without line breaks and control characters.',
  wholeMinutes: 'A window is a whole number of minutes, from 60 seconds to a day (86400).',
} as const;

const sides = { above: 'above', below: 'below' } as const;
const other = { above: 'below', below: 'above' } as const;

// No template outside of a function: the bundler would take it for work, and carry all of these everywhere.
/** What is wrong with a rule that somebody wants, and what to do about it. */
export const ruleMessages = {
  name: 'Give the rule a name of 1 to 256 characters, in one line.',
  aggregateEmpty: 'Say what is measured, for example count() or p95(transaction.duration).',
  queryType: 'Leave the type out, or send 0 for errors, 1 for metrics or 2 for crash rates.',
  otherQueryType: (fitting: number) =>
    `With this aggregate the type is ${fitting}. Leave it out, or change the aggregate.`,
  otherDataset: (fitting: readonly string[]) =>
    `This aggregate is about the dataset ${fitting.join(' or ')}. Leave the dataset out, or change the aggregate.`,
  releaseLatest: 'A rule cannot follow the latest release. Name a release, or leave the condition out.',
  crashFreeWindow: 'Crash-free rates are taken over 30, 60, 120, 240, 720 or 1440 minutes.',
  environment: 'The name of an environment has 64 characters at most.',
  timeWindow: 'A window has 1 to 1440 whole minutes.',
  thresholdType: 'Send 0 to alert above the threshold, or 1 to alert below it.',
  threshold: 'A threshold is a number, from -1e15 to 1e15, and if it is not 0, at least 0.000000001 away from it.',
  resolveThreshold:
    'Send a number, from -1e15 to 1e15, and if it is not 0, at least 0.000000001 away from it; or null, to resolve as soon as the alert threshold is not exceeded any more.',
  thresholdPeriod: 'The number of looks in a row that must agree is 1 to 20.',
  comparisonDelta: 'Compare with 1 to 128160 whole minutes earlier (89 days); or send null.',
  noTrigger: 'Add a trigger with the label "critical": it says from where on the rule alerts.',
  tooManyTriggers: 'A rule has one critical trigger, and one warning trigger at most. Remove the others.',
  firstLabel: 'The first trigger has the label "critical".',
  secondLabel: 'The second trigger has the label "warning".',
  resolveWithin: (label: string, side: 'above' | 'below') =>
    `The ${label} threshold has to lie ${sides[side]} the one that resolves. Move one of them.`,
  criticalWithinWarning: (side: 'above' | 'below') =>
    `The critical threshold lies ${other[side]} the warning. Swap them, or make them equal.`,
  description: 'A description has 1,000 characters at most.',
  noDataWord: 'Send "ok", "alert" or "keep": what a window without data means.',
  gracePeriod: 'The time that late points get is 0 to 600 whole seconds.',
  minimumSessions: 'The least number of sessions is 0 to 1000000.',
  threads: 'Send "thread" to answer in the thread of the first message, or "messages" for new ones.',
  broadcast: 'Send true or false.',
  identifier: 'An identifier is a text or a number.',

  oneProject: 'Name exactly one project, by its slug: a rule watches one.',
  projectUnknown: (project: string) =>
    `There is no project ${project} within your reach. Check its slug, or ask somebody of its team.`,
  ownerForm: 'An owner is written user:<ID> or team:<slug>; or send null.',
  ownerUnknown: (owner: string) => `There is no ${owner} in this organization. Name a member or a team of it.`,

  actionType: 'An action is of the type slack, user, team or webhook.',
  tooManyActions: (most: number) => `A trigger has ${most} actions at most. Tell a channel instead of many people.`,
  channelMissing:
    'Send the ID of the channel as inputChannelId. Slack shows it at the end of the channel\u2019s details.',
  workspaceMissing: 'The organization has several Slack workspaces. Send the ID of one as integrationId.',
  noWorkspace: (installUrl: string) =>
    `The organization has no Slack workspace yet. Add the app to one at ${installUrl}, then try again.`,
  workspaceUnknown: (workspace: string, installUrl: string) =>
    `The Slack workspace ${workspace} is not connected to this organization. Connect it at ${installUrl}, then try again.`,
  workspaceOff: (workspace: string, installUrl: string) =>
    `The Slack workspace ${workspace} is switched off. Connect it again at ${installUrl}, then try again.`,
  userUnknown: (user: string) => `There is no member ${user} in this organization. Send a user\u2019s ID or address.`,
  teamUnknown: (team: string) => `There is no team ${team} in this organization. Send its slug or ID.`,
  webhookForm: 'Send the address of the webhook, which begins with https:// and has no user name in it.',
  webhookOfSeveral: (origin: string) =>
    `The rule has several webhooks at ${origin}. Send their whole addresses, which those see who may change rules.`,
  webhookPrivate: 'This address is not on the public internet, where nothing of ours can reach it. Send another one.',

  snoozeTarget: 'Send "me" to hear nothing yourself, or "everyone" to have nobody told.',
  snoozeUntil: 'Send when it ends as 2026-03-02T09:00:00Z; leave it out to end it by hand.',
  snoozeOver: 'This moment is past. Send a later one, or leave it out to end the snooze by hand.',
  previewTooMuch:
    'This metric has too many combinations of tags for its past to be looked at. Send fewer tags with it, or make the rule without a preview.',
  you: 'You',
  formerMember: 'somebody who has left',
  changedMeanwhile: 'Somebody else has changed this rule since you read it. Read it again, and repeat your change.',
} as const;
