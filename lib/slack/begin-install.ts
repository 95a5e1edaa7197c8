import { type Membership, membershipsLookup, reachesEverything } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { ForbiddenError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import { InstallRefusedError } from './install-errors.ts';
import { type InstallVisitor, signInstallState } from './install-state.ts';
import { installCallbackUrl } from './install-urls.ts';
import { messages } from './messages.ts';
import { requireKnownWorkspace } from './require-known-workspace.ts';
import type { LinkApp } from './slack-link.ts';
import type { SlackOauthOptions } from './slack-oauth.ts';
import { botScopes } from './slack-scopes.ts';

/** What installing takes: who we are at Slack, and what the state is signed with. */
export type BeginInstallApp = Pick<App, 'table'> & LinkApp & { readonly slackOauth: SlackOauthOptions };

/** For which organization, and which workspace Slack is to propose. */
export interface InstallToBegin extends InstallVisitor {
  readonly organization: string;
  readonly teamId?: string | undefined;
}

/**
 * Where to send somebody who wants to add the app to a Slack workspace for an organization that they look after.
 * @throws ForbiddenError without the role, InstallRefusedError as long as no Slack app is set up
 */
export async function beginInstall(app: BeginInstallApp, input: InstallToBegin): Promise<URL> {
  const { organization, teamId, userId, slackTeamId } = input;
  const { apiUrl, clientId, clientSecret } = app.slackOauth;
  if (clientId === '' || clientSecret === '') throw new InstallRefusedError(messages.installNotSetUp);
  await requireManager(app, { organization, userId, slackTeamId });
  const address = new URL('../oauth/v2/authorize', apiUrl);
  address.search = new URLSearchParams({
    client_id: clientId,
    scope: Object.keys(botScopes).join(','),
    redirect_uri: installCallbackUrl(app.publicUrl),
    state: signInstallState(app, input, organization),
    ...(teamId !== undefined && { team: teamId }),
  }).toString();
  return address;
}

/**
 * What a manager or owner is in an organization.
 * @throws ForbiddenError for anybody else, and for who signed in with Slack in a workspace that the organization does not use
 */
export async function requireManager(
  app: Pick<App, 'table'>,
  { organization, userId, slackTeamId }: Omit<InstallVisitor, 'sessionId'> & { readonly organization: string },
): Promise<Membership> {
  const [[membership]] = await lookUp(app.table, [membershipsLookup(userId, [organization])]);
  if (membership === undefined || !reachesEverything(membership)) {
    throw new ForbiddenError(messages.installNotYours(organization));
  }
  await requireKnownWorkspace(app, { organization, slackTeamId });
  return membership;
}
