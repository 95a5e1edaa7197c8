import {
  activityTypes,
  type IssueActivity,
  type IssueChangeBody,
  type IssueJson,
  listActivities,
  updateReachedIssue,
} from '../../lib/issues/index.ts';
import { memberProfileLookup } from '../../lib/organizations/index.ts';
import { lookUp } from '../../lib/platform/lookup.ts';
import { issueCard, issueMessage, type PressAction } from '../../lib/slack/index.ts';
import { issueCardOf } from '../middleware/issue-card-of.ts';
import { issueViewer } from '../middleware/issue-viewer.ts';
import { messages } from './messages.ts';
import { named, type PressApp, type PressScene, shownTime } from './press-scene.ts';

interface IssueDeed {
  readonly body: IssueChangeBody;
  /** Activities that tell who did it. */
  readonly tells: readonly IssueActivity['type'][];
}

const deeds: Readonly<Partial<Record<PressAction, IssueDeed>>> = {
  'issue.resolve': {
    body: { status: 'resolved' },
    tells: [activityTypes.setResolved, activityTypes.setResolvedInCommit, activityTypes.setResolvedInRelease],
  },
  'issue.archive': { body: { status: 'ignored' }, tells: [activityTypes.setIgnored] },
  'issue.review': { body: { inbox: false }, tells: [activityTypes.markReviewed] },
  'issue.reopen': { body: { status: 'unresolved' }, tells: [activityTypes.setUnresolved] },
};

/** What became of a press, for the one who pressed, and how the message is brought up to date. */
export interface IssuePress {
  readonly note: string | undefined;
  readonly showIt: () => Promise<void>;
}

/**
 * Changes an issue as its API does, in the name of the person who pressed.
 * @throws NotFoundError also when it is not within reach, UnauthenticatedError, UnavailableError
 */
export async function pressIssue(app: PressApp, scene: PressScene): Promise<IssuePress | undefined> {
  const { press, member, slackUserId } = scene;
  const deed = deeds[press.action];
  if (deed === undefined) return undefined;
  const { organization, id } = press;
  const viewer = issueViewer(app, { organization, userId: member.userId });
  const issue = await updateReachedIssue(app, { organization, issue: id, viewer, body: deed.body });
  const activities = await listActivities(app, { organization, issue: id });
  const last = activities.find(({ type }) => deed.tells.includes(type));
  const isTheirs = last?.actor === member.userId;
  const who = isTheirs ? messages.mention(slackUserId) : await nameOf(app, organization, last?.actor);
  const note = last && messages.issueDone(press.action, who, shownTime(last.at));
  return {
    note: last === undefined || isTheirs ? undefined : messages.issueBefore(press.action, who, shownTime(last.at)),
    showIt: () => showIssue(app, scene, issue, note),
  };
}

async function nameOf(app: PressApp, organization: string, userId: string | undefined): Promise<string> {
  const [person] = await lookUp(app.table, [memberProfileLookup(organization, userId)]);
  return named(person?.name ?? '');
}

/** Our own message is replaced; below a message of somebody else, the box of the link is. Doing it again changes nothing. */
async function showIssue(app: PressApp, scene: PressScene, issue: IssueJson, note: string | undefined): Promise<void> {
  const { press, teamId, payload } = scene;
  const { channel_id: channel, message_ts: ts, is_app_unfurl: isUnfurl, app_unfurl_url: url } = payload.container ?? {};
  if (channel === undefined || ts === undefined || payload.container?.is_ephemeral === true) return;
  const { organization } = press;
  const card = { ...issueCardOf(issue, { publicUrl: app.publicUrl, organization, link: url }), note };
  const place = { channel, ts };
  if (isUnfurl !== true) return app.slack.updateMessage(teamId, place, issueMessage(card));
  if (url !== undefined) await app.slack.unfurl(teamId, place, { [url]: issueCard(card) });
}
