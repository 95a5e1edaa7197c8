import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { NotFoundError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import { actOnLink, type LinkPlan } from './act-on-link.ts';
import { accountLookup, type Identity, identityLookup, replaceIdentity } from './identity-store.ts';
import { messages } from './messages.ts';
import { readPerson } from './read-person.ts';
import type { ClaimableLink } from './used-link-store.ts';
import { workspaceLookup } from './workspace-store.ts';

/** Who is to be linked: the Slack user that the link names, and the user who has signed in. */
export interface IdentityToLink {
  readonly link: ClaimableLink;
  readonly teamId: string;
  readonly slackUserId: string;
  readonly userId: string;
}

/** What linking did: whom it linked, and whom of the workspace that user or that Slack user was before. */
export interface LinkedIdentity {
  readonly identity: Pick<Identity, 'teamId' | 'slackUserId' | 'userId' | 'email'>;
  /** Another user of ours who was this Slack user until now. */
  readonly replacedUserId?: string;
  /** Another Slack user who was this user of ours until now. */
  readonly replacedSlackUserId?: string;
}

/**
 * Makes a Slack user of a workspace one of our users, in place of whatever stood for either of them there.
 * @throws LinkGoneError for a used link, NotFoundError when the workspace has gone or the user is in none of its organizations
 */
export async function linkIdentity(app: Pick<App, 'table' | 'clock'>, input: IdentityToLink): Promise<LinkedIdentity> {
  return actOnLink(app, input, () => plan(app, input));
}

/**
 * What `linkIdentity` would do, for the page that asks for confirmation; nothing is written.
 * @throws NotFoundError as it would
 */
export async function previewLinkIdentity(
  app: Pick<App, 'table' | 'clock'>,
  input: Omit<IdentityToLink, 'link'>,
): Promise<LinkedIdentity> {
  return (await plan(app, input)).result;
}

async function plan(
  app: Pick<App, 'table' | 'clock'>,
  { teamId, slackUserId, userId }: Omit<IdentityToLink, 'link'>,
): Promise<LinkPlan<LinkedIdentity>> {
  const [workspace, identity, account] = await lookUp(app.table, [
    workspaceLookup(teamId),
    identityLookup(teamId, slackUserId),
    accountLookup({ userId, teamId }),
  ]);
  if (workspace?.status !== 'active') throw new NotFoundError(messages.workspaceGone);
  const person = await readPerson(app, workspace, userId);
  if (person === undefined) throw new NotFoundError(messages.notMemberHere);
  const next: Identity = { teamId, slackUserId, userId, ...person, linkedAt: isoTime(app.clock.now()) };
  return {
    steps: replaceIdentity(next, { identity, account }),
    result: {
      identity: { teamId, slackUserId, userId, email: person.email },
      ...(identity !== undefined && identity.userId !== userId && { replacedUserId: identity.userId }),
      ...(account !== undefined && account.slackUserId !== slackUserId && { replacedSlackUserId: account.slackUserId }),
    },
  };
}
