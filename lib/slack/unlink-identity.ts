import { type Membership, membershipsLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import type { WriteAction } from '../platform/table.ts';
import { actOnLink } from './act-on-link.ts';
import { escapeMrkdwn } from './escape-mrkdwn.ts';
import { deleteIdentity, type Identity, identityLookup } from './identity-store.ts';
import type { IdentityPair } from './link-identity.ts';
import { LinkForbiddenError, LinkTargetGoneError } from './link-refused-errors.ts';
import { messages } from './messages.ts';
import { answerTo, type CommandName, type Told, tell } from './tell-of-link.ts';
import type { ClaimableLink } from './used-link-store.ts';
import { loadOrganizationsOf, type Workspace, workspaceLookup } from './workspace-store.ts';

/** Which Slack user is to be nobody of ours any more, and who has signed in to say so. */
export interface IdentityToUnlink {
  readonly link: ClaimableLink;
  readonly teamId: string;
  readonly slackUserId: string;
  readonly userId: string;
  /** Where Slack takes an answer to the command that the link came from. */
  readonly responseUrl?: string | undefined;
}

/** What unlinking did; the same in the end when there was nothing to unlink. */
export type UnlinkedIdentity =
  | { readonly outcome: 'unlinked'; readonly identity: Pick<Identity, 'teamId' | 'slackUserId' | 'userId' | 'email'> }
  | { readonly outcome: 'not-linked' };

/**
 * Forgets which user of ours a Slack user is. That is for the user themselves, and for a manager or owner of one of the
 * workspace's organizations that the user is in.
 * @throws LinkGoneError for a used link, ForbiddenError for anybody else, NotFoundError when the workspace has gone
 */
export async function unlinkIdentity(
  app: Pick<App, 'table' | 'clock'> & CommandName,
  input: IdentityToUnlink,
): Promise<UnlinkedIdentity & Told> {
  return actOnLink<UnlinkedIdentity & Told>(app, input, async () => {
    const { steps, result } = await plan(app, input);
    if (result.outcome === 'not-linked') {
      return { steps, result: { ...result, told: [] }, deed: { what: 'identity-not-linked' } };
    }
    const text = messages.unlinked(escapeMrkdwn(result.identity.email), app.surroundings.command);
    const { told, writes } = tell(app, input.link, [{ teamId: input.teamId, destination: answerTo(input), text }]);
    const deed = { what: 'identity-unlinked', email: result.identity.email } as const;
    return { steps: [...steps, ...writes], result: { ...result, told }, deed, told };
  });
}

/**
 * What `unlinkIdentity` would do, for the page that asks for confirmation; nothing is written.
 * @throws ForbiddenError, NotFoundError as it would
 */
export async function previewUnlinkIdentity(app: Pick<App, 'table'>, input: IdentityPair): Promise<UnlinkedIdentity> {
  return (await plan(app, input)).result;
}

async function plan(
  app: Pick<App, 'table'>,
  { teamId, slackUserId, userId }: IdentityPair,
): Promise<{ readonly steps: readonly WriteAction[]; readonly result: UnlinkedIdentity }> {
  const [workspace, identity] = await lookUp(app.table, [workspaceLookup(teamId), identityLookup(teamId, slackUserId)]);
  if (workspace?.status !== 'active') throw new LinkTargetGoneError('workspace-gone', messages.workspaceGone);
  if (identity === undefined) return { steps: [], result: { outcome: 'not-linked' } };
  if (identity.userId !== userId && !(await manages(app, workspace, userId, identity.userId))) {
    throw new LinkForbiddenError('wrong-person', messages.notYourIdentity);
  }
  const { email } = identity;
  return {
    steps: deleteIdentity(identity),
    result: { outcome: 'unlinked', identity: { teamId, slackUserId, userId: identity.userId, email } },
  };
}

/** Whether one user manages an organization of the workspace that the other is in. */
async function manages(
  app: Pick<App, 'table'>,
  workspace: Workspace,
  manager: string,
  member: string,
): Promise<boolean> {
  const organizations = await loadOrganizationsOf(app, workspace);
  const [managed, joined] = await lookUp(app.table, [
    membershipsLookup(manager, organizations),
    membershipsLookup(member, organizations),
  ]);
  const isIn = ({ organization }: Membership): boolean => joined.some((one) => one.organization === organization);
  return managed.some((one) => (one.role === 'manager' || one.role === 'owner') && isIn(one));
}
