import type { CallArguments } from '../call-arguments.ts';
import { Refusal } from '../refusal.ts';
import type { SlackState } from '../state.ts';
import { checkCredentials } from './credentials.ts';
import { type BotToken, tokenLifetimeSeconds } from './installations.ts';

/** oauth.v2.access: a code, or a refresh token, for a bot token. The app shows its id and secret instead of a token. */
export function oauthAccess(
  state: SlackState,
  args: CallArguments,
  authorization: string | null,
): Readonly<Record<string, unknown>> {
  checkCredentials(state.credentials, args, authorization);
  const kind = args.text('grant_type') ?? 'authorization_code';
  if (kind === 'refresh_token') {
    return answerOf(state.installations.refresh(args.text('refresh_token') ?? ''));
  }
  if (kind !== 'authorization_code') throw new Refusal('invalid_grant_type');
  const token = state.installations.redeem(args.text('code') ?? '', args.text('redirect_uri'));
  state.changes.announce();
  return answerOf(token);
}

function answerOf({ token, workspace, scope, user, refreshToken }: BotToken) {
  return {
    app_id: workspace.appId,
    authed_user: { id: user },
    scope,
    token_type: 'bot',
    access_token: token,
    bot_user_id: workspace.given.botUserId,
    ...(refreshToken !== undefined && { refresh_token: refreshToken, expires_in: tokenLifetimeSeconds }),
    team: { id: workspace.teamId, name: workspace.given.name },
    enterprise: null,
    is_enterprise_install: false,
  };
}
