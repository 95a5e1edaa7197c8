import type { CaseRemark } from '../case.ts';

/** All that has to be said of the cases of Slack; the differences have tests of their own. */
export const slackRemarks: Readonly<Record<string, CaseRemark>> = {
  'slack-008': { differsOnPurpose: 'a recorded defect of the other system' },
  'slack-021': { differsOnPurpose: 'how many blocks a message of ours has is our own affair' },
  'slack-045': { differsOnPurpose: 'a link opens for half an hour, and is answered with 410 after that' },
  'slack-055': { differsOnPurpose: 'nobody is told in the channel of a team that was there already' },
  'slack-058': { differsOnPurpose: 'a linked team is told of its alerts always, and no feature changes that' },
  'slack-061': { differsOnPurpose: 'who may link no team is told with 403 which role it takes' },
};
