import { type Membership, membershipsLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { type Lookup, lookUp } from '../platform/lookup.ts';
import { identityLookup } from './identity-store.ts';
import { LinkForbiddenError, LinkTargetGoneError } from './link-refused-errors.ts';
import { messages } from './messages.ts';
import { loadOrganizationsOf, workspaceLookup } from './workspace-store.ts';

/** The Slack user that a link names, and the user who has signed in. */
export interface LinkVisitor {
  readonly teamId: string;
  readonly slackUserId: string;
  readonly userId: string;
}

/**
 * Lets a visitor pass whose Slack user is linked to the user who has signed in, and tells what they are in the
 * organizations of the workspace, as it stands now, together with what else is to be read.
 * @throws NotFoundError when the workspace has gone, ForbiddenError for a Slack user who is nobody or somebody else
 */
export async function requireLinkedPerson<Value>(
  app: Pick<App, 'table'>,
  { teamId, slackUserId, userId }: LinkVisitor,
  also: Lookup<Value>,
): Promise<{ readonly memberships: readonly Membership[]; readonly also: Value }> {
  const [workspace, identity] = await lookUp(app.table, [workspaceLookup(teamId), identityLookup(teamId, slackUserId)]);
  if (workspace?.status !== 'active') throw new LinkTargetGoneError('workspace-gone', messages.workspaceGone);
  if (identity === undefined) throw new LinkForbiddenError('not-linked-yet', messages.notLinkedYet);
  if (identity.userId !== userId) throw new LinkForbiddenError('wrong-person', messages.notYourLink);
  const organizations = await loadOrganizationsOf(app, workspace);
  const [memberships, value] = await lookUp(app.table, [membershipsLookup(userId, organizations), also]);
  return { memberships, also: value };
}
