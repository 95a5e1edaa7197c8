import { tokensRevoked } from '../events/happenings.ts';
import { checkCredentials } from '../oauth/credentials.ts';
import type { Method } from './method.ts';

/** auth.test */
export const authTest: Method = ({ workspace, origin }) => ({
  url: `${origin}/__local/`,
  team: workspace.given.name,
  team_id: workspace.teamId,
  user: 'postflow',
  user_id: workspace.given.botUserId,
  bot_id: workspace.botId,
  is_enterprise_install: false,
});

/** apps.uninstall: from now on the workspace's tokens are `account_inactive`. */
export const uninstall: Method = ({ state, workspace, args }) => {
  checkCredentials(state.credentials, args);
  state.installations.uninstall(workspace);
  state.changes.announce();
  state.events.send(workspace, { type: 'app_uninstalled' });
  state.events.send(workspace, tokensRevoked(workspace.given.botUserId));
  return {};
};

/** auth.revoke: the token itself ends, unless it is only a test. */
export const revoke: Method = ({ state, workspace, token, args }) => {
  const test = args.flag('test');
  if (!test) {
    state.installations.revoke(token);
    state.events.send(workspace, tokensRevoked(workspace.given.botUserId));
  }
  return { revoked: !test };
};
