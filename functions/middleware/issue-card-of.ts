import { type IssueJson, issueLink } from '../../lib/issues/index.ts';
import type { IssueCard } from '../../lib/slack/index.ts';

/** Where an issue is, and under which address if it is not that of its page. */
interface IssuePlace {
  readonly publicUrl: string;
  readonly organization: string;
  readonly link?: string | undefined;
}

/** What a card in Slack says of an issue: Slack knows nothing of issues, so the door tells it this much. */
export function issueCardOf(
  issue: IssueJson,
  { publicUrl, organization, link = issueLink({ publicUrl, organization, issue: issue.id }) }: IssuePlace,
): IssueCard {
  const { id, shortId, title, culprit, level, status, substatus, firstSeen, lastSeen } = issue;
  return {
    organization,
    link,
    id,
    shortId,
    title,
    culprit,
    level,
    status,
    substatus,
    firstSeen,
    lastSeen,
    inInbox: issue.inbox !== null,
    project: issue.project.slug,
    firstRelease: issue.firstRelease?.version ?? null,
    lastRelease: issue.lastRelease?.version ?? null,
    assignee: issue.assignedTo?.name ?? null,
  };
}
