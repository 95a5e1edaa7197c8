/** What stands in the message of a digest. Whatever comes from outside is escaped by the caller. */
export const digestMessages = {
  /** The name is escaped. */
  title: (name: string, period: string) => `*${name}*: the last ${period}`,
  late: (due: string) => `This digest was due ${due} and comes late.`,
  /** The link is whole, the name of the project escaped. */
  rule: (link: string, project: string) => `${link} in *${project}*`,
  status: (label: string, since: string) => `*${label}* ${since}.`,
  since: 'since ',
  /** Stands where else the status does. */
  blind: 'Cannot be read, so that no incidents are found,',
  now: (sentence: string) => `${sentence}.`,
  whole: (period: string, total: string | undefined, range: string | undefined) =>
    `The last ${period}: ${[total, range].filter((part) => part !== undefined).join('; ')}.`,
  range: (lowest: string, highest: string, step: string) =>
    `lowest ${lowest}, highest ${highest} over ${/^\d/u.test(step) ? '' : '1 '}${step}`,
  nothing: (period: string) => `No data in the last ${period}.`,
  tooMuch:
    'This metric has too many combinations of tags to be read. Send fewer tags with it, and its numbers will come.',
  noIncidents: 'No incidents',
  incidents: (count: string, open: number) => `${count}${open > 0 ? `, ${open === 1 ? 'one' : open} not over` : ''}`,
  incidentCount: (count: number) => `${count} ${count === 1 ? 'incident' : 'incidents'}`,
  span: (from: string, until: string) => `From ${from} to ${until}`,
  next: (when: string) => `next one ${when}`,
  rulesGone: (count: number) =>
    `${count === 1 ? 'One rule of this digest is' : `${count} rules of this digest are`} gone, and left out`,
  chartsMissing: 'The charts could not be shown this time; the numbers are those that they would show.',

  missed: (count: string, first: string, last: string) =>
    `${count} could not be sent, from ${first} to ${last}, because nothing ran then. A newer one came instead, or they were more than a day old.`,
  missedCount: (count: number) => `${count} ${count === 1 ? 'digest' : 'digests'}`,
  moreThan: (count: number) => `More than ${count} digests`,
  noRules:
    'All rules of this digest are gone, so that it is not sent any more. Name other rules, or delete the digest.',
  workspaceGone:
    'The Slack workspace of this digest is not connected to the organization any more. Connect it again, or name a channel of another one.',
  tooLate: 'It could not be sent within a day, so that it was given up. Look at what Slack or the metrics answered.',
  tried: (times: number) =>
    `It was tried ${times} times, and Slack gave no clear answer. The next one is sent when it is due.`,
  atWork: 'Another sender is at work on this digest.',
  askedToWait: 'Slack asked to wait with this digest.',
} as const;

/** What is wrong with a digest that somebody wants, and what to do about it. */
export const digestFaults = {
  unknown: 'There is no such digest within your reach.',
  changedMeanwhile: 'Somebody else has changed this digest since you read it. Read it again, and repeat your change.',
  name: 'Give the digest a name of 1 to 128 characters, in one line.',
  rules: 'Name one to ten rules by their IDs, each once. For more, make another digest.',
  ruleUnknown: (id: string) => `There is no rule ${id} within your reach. Check its ID, or ask somebody of its team.`,
  scheduleParts:
    'A schedule has five parts: minute, hour, day of the month, month and day of the week, such as "0 9 * * 1" for Mondays at 9:00.',
  schedulePart: (part: string, text: string) => `The ${part} of the schedule cannot be "${text}".`,
  scheduleMinute: 'The minute of the schedule is one number from 0 to 59: a digest comes once an hour at most.',
  scheduleNever: 'This schedule never comes: there is no such day. Change the day or the month.',
  timeZone: (name: string) =>
    `There is no time zone ${name}. Send a name such as Europe/Berlin, America/New_York or UTC.`,
  period: 'A period is written as a number of hours, days or weeks, such as 24h, 7d or 4w, from an hour to 13 weeks.',
  channel: 'Send the ID of the channel as inputChannelId, such as C0123ABCD.',
} as const;
