import type { FunctionName } from './functions.ts';

/** One HTTP route; a REST API reaches the same resource with and without a slash at the end. */
export interface Route {
  readonly method: 'ANY' | 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';
  /** `{name}` is one segment, `{name+}` the rest. Variables that follow the same segment share one name: API Gateway asks for it. */
  readonly path: string;
  readonly function: FunctionName;
}

/**
 * Every HTTP route of the stack and the function behind it.
 *
 * API Gateway looks for the most specific resource that has the request's method, so `PATCH …/releases/` falls through to
 * `/api/0/{proxy+}` although that path has a resource of its own.
 */
export const routes: readonly Route[] = [
  { method: 'ANY', path: '/extensions/slack/commands', function: 'slack-commands' },
  { method: 'ANY', path: '/extensions/slack/event', function: 'slack-events' },
  { method: 'ANY', path: '/extensions/slack/{page}/{token}', function: 'slack-link' },
  { method: 'ANY', path: '/auth/{page}', function: 'sign-in' },
  { method: 'ANY', path: '/extensions/slack/install', function: 'slack-install' },
  { method: 'ANY', path: '/extensions/slack/install/callback', function: 'slack-install' },
  { method: 'ANY', path: '/extensions/slack/action', function: 'slack-actions' },
  { method: 'ANY', path: '/organizations/{org}/issues/{issue}', function: 'details' },
  { method: 'ANY', path: '/organizations/{org}/releases/{version}', function: 'details' },
  { method: 'ANY', path: '/organizations/{org}/alerts', function: 'alert-pages' },
  { method: 'ANY', path: '/organizations/{org}/alerts/rules/details/{rule}', function: 'alert-pages' },
  { method: 'ANY', path: '/organizations/{org}', function: 'details' },
  { method: 'ANY', path: '/organizations/{org}/{proxy+}', function: 'details' },
  { method: 'POST', path: '/api/0/organizations/{org}/releases', function: 'create-release' },
  { method: 'POST', path: '/api/0/projects/{org}/{project}/releases', function: 'create-release' },
  { method: 'PUT', path: '/api/0/organizations/{org}/releases/{version}', function: 'update-release' },
  { method: 'PUT', path: '/api/0/projects/{org}/{project}/releases/{version}', function: 'update-release' },
  { method: 'GET', path: '/api/0/organizations/{org}/issues', function: 'list-issues' },
  { method: 'PUT', path: '/api/0/organizations/{org}/issues', function: 'update-issues' },
  { method: 'GET', path: '/api/0/organizations/{org}/issues/{issue}', function: 'list-issues' },
  { method: 'PUT', path: '/api/0/organizations/{org}/issues/{issue}', function: 'update-issues' },
  { method: 'GET', path: '/api/0/organizations/{org}/issues/{issue}/activities', function: 'list-issues' },
  { method: 'GET', path: '/api/0/organizations/{org}/issues/{issue}/history', function: 'list-issues' },
  { method: 'GET', path: '/api/0/issues/{issue}', function: 'list-issues' },
  { method: 'PUT', path: '/api/0/issues/{issue}', function: 'update-issues' },
  { method: 'GET', path: '/api/0/issues/{issue}/activities', function: 'list-issues' },
  { method: 'GET', path: '/api/0/issues/{issue}/history', function: 'list-issues' },
  { method: 'GET', path: '/api/0/projects/{org}/{project}/issues', function: 'list-issues' },
  { method: 'PUT', path: '/api/0/projects/{org}/{project}/issues', function: 'update-issues' },
  { method: 'GET', path: '/api/0/projects/{org}/{project}/events', function: 'list-issues' },
  { method: 'GET', path: '/api/0/organizations/{org}/releases/{version}/deploys', function: 'deploys' },
  { method: 'POST', path: '/api/0/organizations/{org}/releases/{version}/deploys', function: 'deploys' },
  { method: 'GET', path: '/api/0/projects/{org}/{project}/releases/{version}/deploys', function: 'deploys' },
  { method: 'POST', path: '/api/0/projects/{org}/{project}/releases/{version}/deploys', function: 'deploys' },
  { method: 'GET', path: '/api/0/organizations', function: 'organizations' },
  { method: 'GET', path: '/api/0/organizations/{org}', function: 'organizations' },
  { method: 'GET', path: '/api/0/organizations/{org}/teams', function: 'organizations' },
  { method: 'GET', path: '/api/0/organizations/{org}/members', function: 'organizations' },
  { method: 'GET', path: '/api/0/organizations/{org}/projects', function: 'organizations' },
  { method: 'GET', path: '/api/0/teams/{org}/{team}/projects', function: 'organizations' },
  { method: 'GET', path: '/api/0/projects/{org}/{project}', function: 'organizations' },
  { method: 'GET', path: '/api/0/organizations/{org}/org-auth-tokens', function: 'org-auth-tokens' },
  { method: 'POST', path: '/api/0/organizations/{org}/org-auth-tokens', function: 'org-auth-tokens' },
  { method: 'DELETE', path: '/api/0/organizations/{org}/org-auth-tokens/{tokenId}', function: 'org-auth-tokens' },
  { method: 'POST', path: '/api/0/teams/{org}/{team}/projects', function: 'manage-projects' },
  { method: 'PUT', path: '/api/0/projects/{org}/{project}', function: 'manage-projects' },
  { method: 'DELETE', path: '/api/0/projects/{org}/{project}', function: 'manage-projects' },
  { method: 'GET', path: '/api/0/users/me/notification-settings', function: 'notification-settings' },
  { method: 'PUT', path: '/api/0/users/me/notification-settings', function: 'notification-settings' },
  { method: 'GET', path: '/api/0/teams/{org}/{team}/notification-settings', function: 'notification-settings' },
  { method: 'PUT', path: '/api/0/teams/{org}/{team}/notification-settings', function: 'notification-settings' },
  { method: 'GET', path: '/api/0/organizations/{org}/releases', function: 'list-releases' },
  { method: 'GET', path: '/api/0/projects/{org}/{project}/releases', function: 'list-releases' },
  { method: 'GET', path: '/api/0/organizations/{org}/releases/{version}', function: 'read-release' },
  { method: 'GET', path: '/api/0/projects/{org}/{project}/releases/{version}', function: 'read-release' },
  { method: 'GET', path: '/api/0/organizations/{org}/releases/{version}/commits', function: 'read-release' },
  { method: 'GET', path: '/api/0/projects/{org}/{project}/releases/{version}/commits', function: 'read-release' },
  { method: 'GET', path: '/api/0/organizations/{org}/releases/{version}/commitfiles', function: 'read-release' },
  { method: 'GET', path: '/api/0/projects/{org}/{project}/releases/{version}/commitfiles', function: 'read-release' },
  { method: 'DELETE', path: '/api/0/organizations/{org}/releases/{version}', function: 'delete-release' },
  { method: 'DELETE', path: '/api/0/projects/{org}/{project}/releases/{version}', function: 'delete-release' },
  {
    method: 'GET',
    path: '/api/0/organizations/{org}/releases/{version}/previous-with-commits',
    function: 'previous-release',
  },
  {
    method: 'GET',
    path: '/api/0/projects/{org}/{project}/releases/{version}/previous-with-commits',
    function: 'previous-release',
  },
  { method: 'GET', path: '/api/0/organizations/{org}/repos', function: 'repositories' },
  { method: 'POST', path: '/api/0/organizations/{org}/repos', function: 'repositories' },
  { method: 'DELETE', path: '/api/0/organizations/{org}/repos/{repo}', function: 'repositories' },
  { method: 'POST', path: '/api/{project_id}/envelope', function: 'ingest-envelope' },
  { method: 'GET', path: '/api/0/openapi.json', function: 'openapi' },
  { method: 'GET', path: '/api/0', function: 'api-root' },
  { method: 'ANY', path: '/api/0/{proxy+}', function: 'api-root' },
];
