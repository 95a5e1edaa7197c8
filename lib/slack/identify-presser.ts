import { type MemberProfile, memberProfileLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { identityLookup } from './identity-store.ts';
import { loadOrganizationsOf, workspaceLookup } from './workspace-store.ts';

/** Who pressed a button in which workspace, and the organization that the button is about. */
export interface PressedBy {
  readonly teamId: string;
  readonly slackUserId: string;
  readonly organization: string;
}

/** Who somebody in Slack is for an organization, or why they are nobody there. */
export type Presser =
  | { readonly outcome: 'known'; readonly member: MemberProfile }
  | { readonly outcome: 'workspace-gone' | 'organization-not-here' | 'not-linked' | 'not-a-member' };

/**
 * Finds out who pressed a button, as it stands now: the workspace must serve the organization that the button names, and
 * the user who the Slack user is must be its member.
 */
export async function identifyPresser(app: Pick<App, 'table'>, by: PressedBy): Promise<Presser> {
  const { teamId, slackUserId, organization } = by;
  const [workspace, identity] = await lookUp(app.table, [workspaceLookup(teamId), identityLookup(teamId, slackUserId)]);
  if (workspace?.status !== 'active') return { outcome: 'workspace-gone' };
  if (!(await loadOrganizationsOf(app, workspace)).includes(organization)) return { outcome: 'organization-not-here' };
  if (identity === undefined) return { outcome: 'not-linked' };
  const [member] = await lookUp(app.table, [memberProfileLookup(organization, identity.userId)]);
  return member === undefined ? { outcome: 'not-a-member' } : { outcome: 'known', member };
}
