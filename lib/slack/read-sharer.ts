import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { identityLookup } from './identity-store.ts';
import { loadOrganizationsOf, workspaceLookup } from './workspace-store.ts';

/** Who shares a link in a workspace, and of which organizations anything may be shown there. */
export interface Sharer {
  /** The user of ours that the Slack user is; undefined for who is not linked. */
  readonly userId: string | undefined;
  readonly organizations: ReadonlySet<string>;
}

/** Reads who shares a link; undefined in a workspace that is unknown or switched off. */
export async function readSharer(
  app: Pick<App, 'table'>,
  { teamId, slackUserId }: { readonly teamId: string; readonly slackUserId: string },
): Promise<Sharer | undefined> {
  const [workspace, identity] = await lookUp(app.table, [workspaceLookup(teamId), identityLookup(teamId, slackUserId)]);
  if (workspace?.status !== 'active') return undefined;
  return { userId: identity?.userId, organizations: new Set(await loadOrganizationsOf(app, workspace)) };
}
