import { type Membership, membershipHolds } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { ForbiddenError } from '../platform/errors.ts';
import { orRefuse } from '../platform/or-refuse.ts';
import { type BeginInstallApp, requireManager } from './begin-install.ts';
import { openBotToken, sealTokens, type TokenKey } from './bot-token.ts';
import { checkGrant } from './check-grant.ts';
import { tokensOf } from './find-bot-token.ts';
import { InstallGoneError, InstallRefusedError } from './install-errors.ts';
import { type InstallVisitor, openInstallState } from './install-state.ts';
import { installCallbackUrl } from './install-urls.ts';
import { messages } from './messages.ts';
import { returnToken } from './return-token.ts';
import { exchangeCode, type SlackGrant } from './slack-oauth.ts';
import { type ClaimableLink, claimLink } from './used-link-store.ts';
import { loadWorkspace, saveWorkspace, type Workspace } from './workspace-store.ts';
import { describeWorkspace, type WorkspaceDescription } from './workspaces.ts';

/** What finishing an installation takes. */
export type FinishInstallApp = BeginInstallApp & TokenKey & Pick<App, 'log'>;

/** Somebody who comes back from Slack. */
export interface InstallToFinish extends InstallVisitor {
  readonly state: string;
  readonly code: string;
}

/** What was connected. */
export interface FinishedInstall {
  readonly organization: string;
  readonly workspace: WorkspaceDescription;
}

/**
 * Connects the workspace in which somebody has allowed the app with the organization for which they began.
 *
 *     claim the state (once) → exchange the code → check what was granted → store token, workspace and link (the role still holds)
 *
 * Who may add the app to a workspace is for Slack to say. Other organizations that use it keep their link, their channels and their
 * people: they only get the newer token of the same bot.
 * @throws InstallGoneError, ForbiddenError without the role, InstallRefusedError for what we cannot work with; SlackRefusedError, SlackBusyError, SlackUncertainError
 */
export async function finishInstall(app: FinishInstallApp, input: InstallToFinish): Promise<FinishedInstall> {
  const { organization, ...link } = openInstallState(app, input.state, input);
  const membership = await requireManager(app, { ...input, organization });
  await claimState(app, link);
  const grant = await exchangeCode(app.slackOauth, {
    code: input.code,
    redirectUri: installCallbackUrl(app.publicUrl),
  });
  const before = grant.team ? await loadWorkspace(app, grant.team.id, { consistent: true }) : undefined;
  try {
    const workspace = await store(app, { grant, organization, userId: input.userId, membership });
    // The same bot has the same token, or one that ends by itself; giving back the old one would take the new one along.
    if (before !== undefined && before.botUserId !== workspace.botUserId) {
      await returnToken(app, before.teamId, () => openBotToken(app, before));
    }
    return { organization, workspace: describeWorkspace(workspace) };
  } catch (error) {
    const isRefused = error instanceof InstallRefusedError || error instanceof ForbiddenError;
    // A token that nobody here uses is given back; where the workspace is connected already, it is that of the others, too.
    if (isRefused && before?.status !== 'active') {
      await returnToken(app, grant.team?.id ?? '', () => grant.access_token);
    }
    throw error;
  }
}

async function claimState(app: Pick<App, 'table' | 'clock'>, link: ClaimableLink): Promise<void> {
  await orRefuse(
    app.table.write([claimLink(link, isoTime(app.clock.now()))]),
    (why) => new InstallGoneError('used', why),
  );
}

interface Granted {
  readonly grant: SlackGrant;
  readonly organization: string;
  readonly userId: string;
  readonly membership: Membership;
}

async function store(app: FinishInstallApp, { grant, organization, userId, membership }: Granted): Promise<Workspace> {
  const { teamId, name, botUserId } = checkGrant(grant);
  const now = isoTime(app.clock.now());
  const sealed = sealTokens(app, teamId, tokensOf(grant, app));
  const workspace: Workspace = { teamId, name, botUserId, ...sealed, status: 'active', installedAt: now };
  const stillManages = membershipHolds(userId, membership);
  await orRefuse(
    saveWorkspace(app, workspace, { teamId, organization, linkedAt: now }, [stillManages]),
    (why) => new ForbiddenError(messages.installNotYours(organization), why),
  );
  return workspace;
}
