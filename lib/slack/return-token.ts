import { RefusalError } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { SlackRefusedError } from './slack-errors.ts';
import { revokeToken, type SlackOauthOptions, uninstallApp } from './slack-oauth.ts';

/** What Slack says of a token that is of no use any more. */
const spent = new Set(['account_inactive', 'invalid_auth', 'not_authed', 'token_expired', 'token_revoked']);

/** What giving a token back takes. */
export interface ReturnApp {
  readonly slackOauth: SlackOauthOptions;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * Gives a bot token back to Slack, as well as that goes: whoever does so is done with it either way.
 * `uninstall` takes the whole app out of the workspace, and not only this token.
 * @returns `unclear` when Slack may still take the token
 */
export async function returnToken(
  app: ReturnApp,
  teamId: string,
  open: () => string | undefined,
  how: 'revoke' | 'uninstall' = 'revoke',
): Promise<'revoked' | 'unclear'> {
  try {
    const token = open();
    if (token === undefined) return 'revoked';
    await (how === 'uninstall' ? uninstallApp(app.slackOauth, token) : revokeToken(app.slackOauth.apiUrl, token));
    return 'revoked';
  } catch (error) {
    if (error instanceof SlackRefusedError && spent.has(error.slackError)) return 'revoked';
    const code = error instanceof RefusalError ? error.code : 'unknown';
    app.log.warn('a bot token could not be given back to Slack', { teamId, code });
    return 'unclear';
  }
}
