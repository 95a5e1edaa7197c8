import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { openBotToken, openRefreshToken, sealTokens, type TokenKey } from './bot-token.ts';
import { SlackBusyError } from './slack-errors.ts';
import { renewToken, type SlackOauthOptions } from './slack-oauth.ts';
import { claimRenewal, saveRenewal } from './workspace-changes-store.ts';
import { loadWorkspace, type Workspace } from './workspace-store.ts';

/** What renewing tokens takes; who does not have it uses a token to its end, and waits for somebody else to renew it. */
export interface TokenRotation extends Pick<App, 'clock'>, SlackOauthOptions {
  readonly log: Pick<Log, 'warn'>;
  /** Lets time pass; the machine's own timer by default. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

type TokenApp = Pick<App, 'table' | 'clock'> & TokenKey & { readonly rotation?: TokenRotation | undefined };
type RotatingApp = TokenApp & { readonly rotation: TokenRotation };

/** Tokens work for twelve hours. Half an hour leaves room for several tries when Slack is away for a while. */
export const renewBeforeMs = 30 * 60_000;
/** A token that ends in less than this may have ended when Slack sees it. */
const stillUsableMs = 30_000;
/** Longer than a call to Slack and the write after it; a failed attempt is thereby not repeated at once. */
const claimMs = 20_000;
/** How often, and how long in between, somebody without a usable token looks whether the one who renews it is done. */
const looks = 20;
const lookAgainAfterMs = 250;
/** For who does not renew tokens: those who do look every five minutes. */
const renewedSoonSeconds = 60;

/**
 * The bot token of a connected workspace; undefined when it is unknown or switched off. A token that ends soon is renewed
 * first, by one caller at a time:
 *
 *     claim (conditional write) → exchange at Slack → store (only in place of the token that was exchanged)
 *
 * Whoever does not get the claim uses the old token, which Slack takes until its end, or waits when it has ended. After a crash
 * between exchanging and storing, the new tokens are lost and Slack takes the old refresh token no more: the old bot token goes on
 * until its end, and then the app has to be installed again. Slack offers nothing to prevent that. So nobody renews tokens who may
 * be cut short: what people wait for does not, and a worker only while it has the time.
 * @throws SealBrokenError with another installation's key; SlackRefusedError, SlackBusyError, SlackUncertainError without a usable token
 */
export async function findBotToken(app: TokenApp, teamId: string): Promise<string | undefined> {
  const workspace = await loadWorkspace(app, teamId);
  if (workspace?.status !== 'active') return undefined;
  const { rotation } = app;
  if (rotation === undefined && endsWithin(workspace, 0, app)) throw new SlackBusyError(renewedSoonSeconds);
  if (rotation === undefined || !endsWithin(workspace, renewBeforeMs, app)) return openBotToken(app, workspace);
  return renewedToken({ ...app, rotation }, workspace);
}

async function renewedToken(app: RotatingApp, first: Workspace): Promise<string | undefined> {
  const { clock, wait = delay } = app.rotation;
  let workspace = first;
  for (let look = 0; look < looks; look += 1) {
    const now = clock.now();
    if (await claimRenewal(app, workspace, { now: isoTime(now), until: isoTime(now + claimMs) })) {
      return renew(app, workspace);
    }
    const current = await loadWorkspace(app, first.teamId, { consistent: true });
    if (current?.status !== 'active') return undefined;
    if (!endsWithin(current, stillUsableMs, app.rotation)) return openBotToken(app, current);
    workspace = current;
    await wait(lookAgainAfterMs);
  }
  throw new SlackBusyError(claimMs / 1_000);
}

/** For the one who has the claim. */
async function renew(app: RotatingApp, workspace: Workspace): Promise<string | undefined> {
  const { teamId } = workspace;
  const refreshToken = openRefreshToken(app, workspace) ?? '';
  try {
    const renewal = await renewToken(app.rotation, refreshToken);
    const sealed = sealTokens(app, teamId, tokensOf(renewal, app.rotation));
    const { sealedBotToken, sealedRefreshToken = '', tokenExpiresAt = '' } = sealed;
    const stored = await saveRenewal(app, workspace, { sealedBotToken, sealedRefreshToken, tokenExpiresAt });
    if (stored) return renewal.access_token;
  } catch (error) {
    if (endsWithin(workspace, stillUsableMs, app.rotation)) throw error;
    app.rotation.log.warn('a bot token could not be renewed; the old one is used as long as it works', { teamId });
    return openBotToken(app, workspace);
  }
  // Installed again, or switched off, in between.
  const current = await loadWorkspace(app, teamId, { consistent: true });
  return current?.status === 'active' ? openBotToken(app, current) : undefined;
}

/** The tokens that Slack gave just now, with the moment at which they end. */
export function tokensOf(
  grant: { access_token: string; refresh_token?: string | undefined; expires_in?: number | undefined },
  { clock }: Pick<App, 'clock'>,
) {
  const { access_token: botToken, refresh_token: refreshToken, expires_in: seconds } = grant;
  return {
    botToken,
    refreshToken,
    expiresAt: seconds === undefined ? undefined : isoTime(clock.now() + seconds * 1_000),
  };
}

function endsWithin({ tokenExpiresAt }: Workspace, milliseconds: number, { clock }: Pick<App, 'clock'>): boolean {
  return tokenExpiresAt !== undefined && Date.parse(tokenExpiresAt) - clock.now() < milliseconds;
}
