import { membershipHolds } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { lookUp } from '../platform/lookup.ts';
import type { WriteAction } from '../platform/table.ts';
import { actOnLink } from './act-on-link.ts';
import { escapeMrkdwn } from './escape-mrkdwn.ts';
import { accountLookup, type Identity, identityLookup, replaceIdentity } from './identity-store.ts';
import { LinkTargetGoneError } from './link-refused-errors.ts';
import { messages } from './messages.ts';
import { readPerson } from './read-person.ts';
import { answerTo, type CommandName, type Told, tell } from './tell-of-link.ts';
import type { ClaimableLink } from './used-link-store.ts';
import { workspaceLookup } from './workspace-store.ts';

/** A transaction has a hundred steps; nobody is in so many organizations of one workspace. */
const checkedMemberships = 50;

/** Who is to be linked: the Slack user that the link names, and the user who has signed in. */
export interface IdentityToLink {
  readonly link: ClaimableLink;
  readonly teamId: string;
  readonly slackUserId: string;
  readonly userId: string;
  /** Where Slack takes an answer to the command that the link came from. */
  readonly responseUrl?: string | undefined;
  /** Whether to tell them what they will be told of, because they never said what they want to be told of. */
  readonly isNewHere?: boolean;
}

/** Who is to be linked to whom, for a page that asks for confirmation. */
export type IdentityPair = Pick<IdentityToLink, 'teamId' | 'slackUserId' | 'userId'>;

/** What linking did: whom it linked, and whom of the workspace that user or that Slack user was before. */
export interface LinkedIdentity {
  readonly identity: Pick<Identity, 'teamId' | 'slackUserId' | 'userId' | 'email'>;
  /** Slugs of those organizations of the workspace that the user is in. */
  readonly organizations: readonly string[];
  /** Another user of ours who was this Slack user until now. */
  readonly replacedUserId?: string;
  /** Another Slack user who was this user of ours until now. */
  readonly replacedSlackUserId?: string;
}

/** The same, with the names of the messages of the outbox that tell of it. */
export type ToldIdentity = LinkedIdentity & Told;

/**
 * Makes a Slack user of a workspace one of our users, in place of whatever stood for either of them there, and leaves a
 * message for them in the outbox.
 * @throws LinkGoneError for a used link, NotFoundError when the workspace has gone or the user is in none of its organizations
 */
export async function linkIdentity(
  app: Pick<App, 'table' | 'clock'> & CommandName,
  input: IdentityToLink,
): Promise<ToldIdentity> {
  return actOnLink(app, input, async () => {
    const { steps, result } = await plan(app, input);
    const text = messages.linked(
      escapeMrkdwn(result.identity.email),
      app.surroundings.command,
      input.isNewHere ?? false,
    );
    const { told, writes } = tell(app, input.link, [{ teamId: input.teamId, destination: answerTo(input), text }]);
    const deed = { what: 'identity-linked', email: result.identity.email } as const;
    return { steps: [...steps, ...writes], result: { ...result, told }, deed, told };
  });
}

/**
 * What `linkIdentity` would do, for the page that asks for confirmation; nothing is written.
 * @throws NotFoundError as it would
 */
export async function previewLinkIdentity(
  app: Pick<App, 'table' | 'clock'>,
  input: IdentityPair,
): Promise<LinkedIdentity> {
  return (await plan(app, input)).result;
}

async function plan(
  app: Pick<App, 'table' | 'clock'>,
  { teamId, slackUserId, userId }: IdentityPair,
): Promise<{ readonly steps: readonly WriteAction[]; readonly result: LinkedIdentity }> {
  const [workspace, identity, account] = await lookUp(app.table, [
    workspaceLookup(teamId),
    identityLookup(teamId, slackUserId),
    accountLookup({ userId, teamId }),
  ]);
  if (workspace?.status !== 'active') throw new LinkTargetGoneError('workspace-gone', messages.workspaceGone);
  const person = await readPerson(app, workspace, userId);
  if (person === undefined) throw new LinkTargetGoneError('not-member', messages.notMemberHere);
  const next: Identity = { teamId, slackUserId, userId, ...person, linkedAt: isoTime(app.clock.now()) };
  // Who loses a role, or leaves, in this very moment is not linked with the rights that they had.
  const holding = person.memberships.slice(0, checkedMemberships).map((one) => membershipHolds(userId, one));
  return {
    steps: [...replaceIdentity(next, { identity, account }), ...holding],
    result: {
      identity: { teamId, slackUserId, userId, email: person.email },
      organizations: person.memberships.map(({ organization }) => organization),
      ...(identity !== undefined && identity.userId !== userId && { replacedUserId: identity.userId }),
      ...(account !== undefined && account.slackUserId !== slackUserId && { replacedSlackUserId: account.slackUserId }),
    },
  };
}
