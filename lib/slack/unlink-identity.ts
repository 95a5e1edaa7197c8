import { type Membership, membershipsLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { ForbiddenError, NotFoundError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import { actOnLink, type LinkPlan } from './act-on-link.ts';
import { deleteIdentity, type Identity, identityLookup } from './identity-store.ts';
import { messages } from './messages.ts';
import type { ClaimableLink } from './used-link-store.ts';
import { loadOrganizationsOf, type Workspace, workspaceLookup } from './workspace-store.ts';

/** Which Slack user is to be nobody of ours any more, and who has signed in to say so. */
export interface IdentityToUnlink {
  readonly link: ClaimableLink;
  readonly teamId: string;
  readonly slackUserId: string;
  readonly userId: string;
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
  app: Pick<App, 'table' | 'clock'>,
  input: IdentityToUnlink,
): Promise<UnlinkedIdentity> {
  return actOnLink(app, input, () => plan(app, input));
}

/**
 * What `unlinkIdentity` would do, for the page that asks for confirmation; nothing is written.
 * @throws ForbiddenError, NotFoundError as it would
 */
export async function previewUnlinkIdentity(
  app: Pick<App, 'table'>,
  input: Omit<IdentityToUnlink, 'link'>,
): Promise<UnlinkedIdentity> {
  return (await plan(app, input)).result;
}

async function plan(
  app: Pick<App, 'table'>,
  { teamId, slackUserId, userId }: Omit<IdentityToUnlink, 'link'>,
): Promise<LinkPlan<UnlinkedIdentity>> {
  const [workspace, identity] = await lookUp(app.table, [workspaceLookup(teamId), identityLookup(teamId, slackUserId)]);
  if (workspace?.status !== 'active') throw new NotFoundError(messages.workspaceGone);
  if (identity === undefined) return { steps: [], result: { outcome: 'not-linked' } };
  if (identity.userId !== userId && !(await manages(app, workspace, userId, identity.userId))) {
    throw new ForbiddenError(messages.notYourIdentity);
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
