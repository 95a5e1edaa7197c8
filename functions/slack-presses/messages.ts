import type { PressAction } from '../../lib/slack/index.ts';

const incidentDeeds = { acknowledged: 'acknowledged', resolved: 'resolved' } as const;

const issueDeeds: Readonly<Partial<Record<PressAction, string>>> = {
  'issue.resolve': 'Resolved',
  'issue.archive': 'Archived',
  'issue.review': 'Marked as reviewed',
  'issue.reopen': 'Reopened',
};

/** What people read who press a button in Slack. What stands in `${…}` is escaped by the caller. */
export const messages = {
  workspaceGone: (docsUrl: string) =>
    `This Slack workspace is not connected to postflow (any more), so nothing was changed. Ask an administrator to install the app again; the <${docsUrl}|documentation> shows how.`,
  organizationNotHere:
    'This button belongs to an organization that does not use this Slack workspace (any more), so nothing was changed. Ask one of its managers to connect the workspace again.',
  notLinked: (command: string) =>
    `We do not know yet who you are, so nothing was changed. Type \`${command} link\`, follow the link, and press the button again.`,
  notMember:
    'The account that you are linked to is not (or no longer) in this organization, so nothing was changed. Ask one of its managers to add you.',
  broken: 'This button is not one of ours, or a part of it got lost, so nothing was changed. Open the page instead.',
  gone: 'This is not there any more, or belongs to a team that you are not in, so nothing was changed. Ask somebody of that team to do it, or to let you in.',
  busy: 'Others are changing the same thing right now, so that this was not done. Please press the button again in a moment.',
  failed: 'Something went wrong on our side, and we were told of it. Please press the button again in a minute.',
  refused: 'This could not be done. Open the page to see how things stand.',
  incidentBefore: (who: string, deed: keyof typeof incidentDeeds, time: string) =>
    `${who} ${incidentDeeds[deed]} this incident already, ${time}. Nothing was changed.`,
  incidentDoneAbove: (deed: keyof typeof incidentDeeds) =>
    `You ${incidentDeeds[deed]} this incident. The first message of this thread shows it, and what is left to do.`,
  incidentOver: 'This incident is over already: its values are fine again. Nothing was changed.',
  incidentUnfollowed:
    'The rule of this incident follows it no more, so it does not end by itself, and there is nothing to look after. Press Resolve to end it; nothing was changed so far.',
  drawing: 'The last 24 hours are being drawn; the chart comes into the thread of the message in a few seconds.',
  noPlace:
    'Slack did not say where this button stands, so there is no place for a chart. Open the page to see the numbers.',
  issueDone: (action: PressAction, who: string, time: string) => `${issueDeeds[action]} by ${who}, ${time}`,
  issueBefore: (action: PressAction, who: string, time: string) =>
    `${issueDeeds[action]} by ${who} already, ${time}. Nothing was changed.`,
  mention: (slackUserId: string) => `<@${slackUserId}>`,
  somebody: 'somebody',
  time: (unixSeconds: number, fallback: string) => `<!date^${unixSeconds}^{date_short_pretty} at {time}|${fallback}>`,
} as const;
