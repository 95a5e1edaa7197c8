import { InstallRefusedError } from './install-errors.ts';
import { messages } from './messages.ts';
import type { SlackGrant } from './slack-oauth.ts';
import { missingScopes } from './slack-scopes.ts';

/** The workspace that Slack let us into, and the bot that we are there. */
export interface GrantedBot {
  readonly teamId: string;
  readonly name: string;
  readonly botUserId: string;
  readonly appId?: string | undefined;
}

/**
 * Reads what Slack granted: a bot, in one workspace, that may do all that we need.
 * @throws InstallRefusedError that says what to change
 */
export function checkGrant(grant: SlackGrant): GrantedBot {
  const { team, bot_user_id: botUserId, token_type: type = 'bot', app_id: appId } = grant;
  if (grant.is_enterprise_install || !team || !/^T[A-Z0-9]{2,20}$/.test(team.id)) {
    throw new InstallRefusedError(messages.installForWholeGrid);
  }
  if (type !== 'bot' || botUserId === undefined || !/^[UWB][A-Z0-9]{2,20}$/.test(botUserId)) {
    throw new InstallRefusedError(messages.installWithoutBot);
  }
  const missing = missingScopes(grant.scope);
  if (missing.length > 0) throw new InstallRefusedError(messages.installLacksScopes(missing));
  return { teamId: team.id, name: team.name.slice(0, 200).toWellFormed() || team.id, botUserId, appId };
}
