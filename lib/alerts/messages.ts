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

  workspaceGone:
    'The Slack workspace is not connected to this organization any more. Connect it again, or edit the rule.',

  unknownProject: 'There is no such project in this organization.',
  unknownWorkspace: 'This workspace is not connected to the organization.',
  notAChannel: 'A channel id looks like C0123ABCD.',
  notAMetric: 'Name a metric, with its unit: checkout.errors@none',
  noControlCharacters: 'Use a name without line breaks and control characters.',
  wholeMinutes: 'A window is a whole number of minutes, from 60 seconds to a day (86400).',
} as const;
