import { memberProfileLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { findProject } from '../projects/index.ts';
import { findActiveWorkspace, type SlackMessage } from '../slack/index.ts';
import type { SlackDestination } from './destination.ts';
import type { Doer } from './incident-deed.ts';
import { incidentLink, messageReferrer } from './incident-link.ts';
import { incidentMessage, type ShownChart } from './incident-message.ts';
import { lateSince } from './late-since.ts';
import type { Notification } from './notification-store.ts';
import { readReleasesAround } from './releases-around.ts';
import { statusText, valueText } from './status-text.ts';

/** What composing needs of the outside world. */
export type ComposingApp = Pick<App, 'table' | 'clock'> & {
  /** Our own address for people, without a slash at the end. */
  readonly publicUrl: string;
};

/** The message of a notification, with the picture of its incident when there is one; as a reply it leaves acting to the first. */
export type ComposedMessage = (shown?: {
  readonly chart?: ShownChart | undefined;
  readonly isReply?: boolean;
}) => SlackMessage;

/** What a notification says in Slack; undefined when its workspace serves the organization no more. */
export async function composeMessage(
  app: ComposingApp,
  notification: Notification,
  destination: SlackDestination,
): Promise<ComposedMessage | undefined> {
  const { organization, incident, notificationId, subject, status, ending, deeds = [] } = notification;
  const { ruleId, ruleName, projectId, startedAt, closedAt, environment, description, worst } = subject;
  const [workspace, project, owner, releases] = await Promise.all([
    findActiveWorkspace(app, { organization, teamId: destination.teamId }),
    findProject(app, organization, projectId),
    nameOfOwner(app, organization, subject.owner),
    readReleasesAround(app, { projectId, environment, startedAt, endedAt: closedAt }),
  ]);
  if (workspace === undefined) return undefined;
  const said = {
    ...{ status, ruleName, startedAt, closedAt, ending, description, environment, owner, releases },
    ...{ organization, incident },
    lateSince: lateSince(notification, app.clock.now()),
    projectName: project?.slug ?? projectId,
    statusText: statusText(subject, subject.value),
    worst: worst == null ? undefined : valueText(subject, worst),
    deeds: deeds.map(({ kind, at, by }) => ({ kind, at, name: by.name, mention: mentionIn(destination, by) })),
    link: incidentLink({
      ...{ publicUrl: app.publicUrl, organization, ruleId, incident, notificationId },
      referrer: messageReferrer,
    }),
  };
  return (shown) => incidentMessage({ ...said, ...shown });
}

/** Slack knows a person by another id in every workspace. */
function mentionIn({ teamId }: SlackDestination, { slack }: Doer): string | undefined {
  return slack?.teamId === teamId ? slack.slackUserId : undefined;
}

/** How people know who answers for a rule: the name of a member, the slug of a team. */
async function nameOfOwner(
  app: Pick<App, 'table'>,
  organization: string,
  owner: Notification['subject']['owner'],
): Promise<string | undefined> {
  if (owner == null) return undefined;
  if (owner.type === 'team') return owner.id;
  const [member] = await lookUp(app.table, [memberProfileLookup(organization, owner.id)]);
  return member?.name;
}
