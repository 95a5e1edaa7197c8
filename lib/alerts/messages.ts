/** Every sentence of this domain that a person reads, beside the status text. What stands in `${…}` is escaped by the caller. */
export const messages = {
  incidentUnknown: (incident: number) =>
    `There is no incident ${incident} within your reach: it is gone with its project, or it belongs to a team that you are not in. Ask somebody of that team.`,
  incidentContended: 'This incident is being changed by others all the time. Please try again in a second.',
  evaluationContended: 'The rule is being evaluated by others all the time.',
  numbersContended: 'Other rules of the organization take the numbers of incidents all the time.',
  claimedByAnother: 'Another sender is at work on this notification.',
  earlierPending: 'An earlier notification of this incident has not been sent yet.',
  askedToWait: 'Slack asked to wait with this notification.',

  title: (status: string, rule: string) => `${status}: ${rule}`,
  started: (unixSeconds: number, fallback: string) =>
    `<!date^${unixSeconds}^Started {date_pretty} at {time}|Started ${fallback}>`,
  context: (rule: string, project: string) => `Rule *${rule}* in project *${project}*`,
  at: (unixSeconds: number, fallback: string) => `<!date^${unixSeconds}^{date_short_pretty} at {time}|${fallback}>`,
  mention: (slackUserId: string) => `<@${slackUserId}>`,
  deeds: {
    acknowledged: (who: string, time: string) => `Acknowledged by ${who}, ${time}`,
    resolved: (who: string, time: string) => `Resolved by ${who}, ${time}`,
  },
  fallback: (title: string, status: string) => `${title} (${status})`,

  noData: 'no data',
  chartClaimed: 'Another sender is at work on this chart.',
  chartRuleGone: 'There is no chart: this rule was deleted, and its numbers with it.',
  chartTooMuch: (rule: string) =>
    `${rule}: this metric has too many combinations of tags to be drawn. Send fewer tags with it, and the chart will come.`,
  /** The advice is ours; the numbers are escaped. */
  chartRefused: (advice: string, numbers: string) =>
    `The chart could not be posted here. ${advice}${numbers === '' ? '' : `\nThe numbers: ${numbers}`}`,
  chartSubtitle: (metric: string, window: string) => `${metric} over ${/^\d/u.test(window) ? '' : '1 '}${window}`,
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

  ruleUnknown: 'There is no such rule within your reach.',
  ruleAlerts: (status: string, subject: string, side: 'above' | 'below', threshold: string, window: string) =>
    `${status} when ${subject} is ${side} ${threshold} over the last ${window}.`,
  ruleEnds: (side: 'above' | 'below') => `Over as soon as it is not ${side} that any more.`,
  ruleEndsAt: (side: 'above' | 'below', threshold: string) =>
    `Over as soon as it is ${side === 'above' ? 'below' : 'above'} ${threshold}.`,
  ruleInARow: (times: number) => `It changes only after ${times} looks in a row that agree.`,
  somebody: 'somebody',
  team: (slug: string) => `Team ${slug}`,
  webhook: (host: string) => `Webhook at ${host}`,

  workspaceGone:
    'The Slack workspace is not connected to this organization any more. Connect it again, or edit the rule.',

  unknownProject: 'There is no such project in this organization.',
  unknownWorkspace: 'This workspace is not connected to the organization.',
  notAChannel: 'A channel id looks like C0123ABCD.',
  notAMetric: 'Name a metric, with its unit: checkout.errors@none',
  noControlCharacters: 'Use a name without line breaks and control characters.',
  wholeMinutes: 'A window is a whole number of minutes, from 60 seconds to a day (86400).',
} as const;
