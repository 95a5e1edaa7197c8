import { served as alertRules } from '../../functions/alert-rules.ts';
import { served as createRelease } from '../../functions/create-release.ts';
import { served as deleteRelease } from '../../functions/delete-release.ts';
import { served as deploys } from '../../functions/deploys.ts';
import { served as incidents } from '../../functions/incidents.ts';
import { served as listIssues } from '../../functions/list-issues.ts';
import { served as listReleases } from '../../functions/list-releases.ts';
import { served as manageProjects } from '../../functions/manage-projects.ts';
import { apiDoor, type ServedEndpoint } from '../../functions/middleware/api-door.ts';
import { served as notificationSettings } from '../../functions/notification-settings.ts';
import { served as orgAuthTokens } from '../../functions/org-auth-tokens.ts';
import { served as organizations } from '../../functions/organizations.ts';
import { served as previewAlertRule } from '../../functions/preview-alert-rule.ts';
import { served as previousRelease } from '../../functions/previous-release.ts';
import { served as queryMetrics } from '../../functions/query-metrics.ts';
import { served as readRelease } from '../../functions/read-release.ts';
import { served as repositories } from '../../functions/repositories.ts';
import { served as updateIssues } from '../../functions/update-issues.ts';
import { served as updateRelease } from '../../functions/update-release.ts';
import { asFunction } from './granted-actions.ts';
import { httpEvent } from './http-event.ts';
import { lambdaContext } from './lambda-context.ts';
import { contractErrors } from './openapi-contract.ts';

/** Everything that the functions of the API serve, each with the name of its function. */
export const servedByFunction = {
  'alert-rules': alertRules,
  'preview-alert-rule': previewAlertRule,
  'create-release': createRelease,
  'previous-release': previousRelease,
  repositories,
  'update-release': updateRelease,
  'list-issues': listIssues,
  'update-issues': updateIssues,
  deploys,
  incidents,
  'manage-projects': manageProjects,
  'notification-settings': notificationSettings,
  'org-auth-tokens': orgAuthTokens,
  organizations,
  'delete-release': deleteRelease,
  'list-releases': listReleases,
  'read-release': readRelease,
  'query-metrics': queryMetrics,
} as const satisfies Readonly<Record<string, readonly ServedEndpoint<never>[]>>;

/** An answer of the API. */
export interface ApiAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every form
  readonly body: any;
  readonly headers: Readonly<Record<string, string>>;
}

/** Calls endpoints through their real doors, the way API Gateway does. */
export interface ApiClient {
  get(path: string, options?: CallOptions): Promise<ApiAnswer>;
  post(path: string, body: unknown, options?: CallOptions): Promise<ApiAnswer>;
  put(path: string, body: unknown, options?: CallOptions): Promise<ApiAnswer>;
  delete(path: string, options?: CallOptions): Promise<ApiAnswer>;
  /** Any method; a text or bytes as the body are sent as they are. */
  send(method: string, path: string, body?: unknown, options?: CallOptions): Promise<ApiAnswer>;
}

export interface CallOptions {
  /** Instead of the client's own; `null` for none. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Route {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly resource: string;
  readonly method: string;
  readonly functionName: keyof typeof servedByFunction;
}

const served = Object.entries(servedByFunction).flatMap(([functionName, all]) =>
  (all as readonly ServedEndpoint<never>[]).map(({ endpoint }) =>
    routeOf(functionName as Route['functionName'], endpoint),
  ),
);
// The more of a path is fixed, the earlier it is asked, as API Gateway does.
const routes = served.toSorted((one, other) => one.names.length - other.names.length);

/**
 * A client of all endpoints over one app. Every answer is compared with what the OpenAPI document promises of it.
 * `app` has whatever the functions need; `token` is sent unless a call says otherwise.
 */
export function apiClient(app: unknown, token: string): ApiClient {
  async function send(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<ApiAnswer> {
    const [pathname = '', search = ''] = path.split('?');
    const route = routes.find((one) => one.method === method && one.pattern.test(pathname));
    if (route === undefined) throw new Error(`no function serves ${method} ${pathname}`);
    const [, ...values] = route.pattern.exec(pathname) ?? [];
    const sentToken = options.token === undefined ? token : options.token;
    const query = new Map<string, string[]>();
    for (const [name, value] of new URLSearchParams(search)) query.set(name, [...(query.get(name) ?? []), value]);
    const event = httpEvent({
      method,
      resource: route.resource,
      pathParameters: Object.fromEntries(route.names.map((name, index) => [name, values[index] ?? ''])),
      headers: { ...(sentToken !== null && { Authorization: `Bearer ${sentToken}` }), ...options.headers },
      ...(search !== '' && { query: Object.fromEntries(query) }),
      ...(body !== undefined && {
        body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
      }),
    });
    const endpoints = servedByFunction[route.functionName];
    const handler = apiDoor(route.functionName, endpoints as never, async () => app as never);
    const result = await asFunction(route.functionName, () => handler({ ...event, path: pathname }, lambdaContext()));
    const answer = {
      status: result.statusCode,
      body: result.body === '' ? undefined : (JSON.parse(result.body) as unknown),
      headers: (result.headers ?? {}) as Record<string, string>,
    };
    const broken = contractErrors(method, route.resource, answer);
    // No assertion of the test framework's: the cases run without it.
    if (broken.length > 0) throw new Error(`${method} ${path} breaks the OpenAPI document: ${broken.join('; ')}`);
    return answer;
  }
  return {
    send,
    get: (path, options) => send('GET', path, undefined, options),
    post: (path, body, options) => send('POST', path, body, options),
    put: (path, body, options) => send('PUT', path, body, options),
    delete: (path, options) => send('DELETE', path, undefined, options),
  };
}

function routeOf(
  functionName: Route['functionName'],
  { method, path: resource }: { method: string; path: string },
): Route {
  const names = [...resource.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const pattern = new RegExp(`^${resource.replace(/\{\w+\}/g, '([^/]+)')}/?$`);
  return { pattern, names, resource, method, functionName };
}
