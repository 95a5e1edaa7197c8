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

/** apps.uninstall: from now on the workspace's token is `account_inactive`. The client's secret is not checked here. */
export const uninstall: Method = ({ workspace, args }) => {
  args.required('client_id');
  args.required('client_secret');
  workspace.installed = false;
  return {};
};
