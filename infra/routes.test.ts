import { describe, expect, test } from 'vitest';
import { routes } from './routes.ts';
import { asText, functionLogicalId, resourcesOf } from './testing/read-template.ts';
import { trialTemplate } from './testing/trial-stack.ts';

const template = await trialTemplate();
const resources = resourcesOf(template, 'AWS::ApiGateway::Resource');
const methods = [...resourcesOf(template, 'AWS::ApiGateway::Method').values()];
const api = [...resourcesOf(template, 'AWS::ApiGateway::RestApi').values()];

/** The path of a resource, followed from parent to parent up to the API itself. */
function pathOf(reference: unknown): string {
  const logicalId = asText(reference).slice(1, -1);
  const found = resources.get(logicalId);
  return found === undefined ? '' : `${pathOf(found['ParentId'])}/${asText(found['PathPart'])}`;
}

const inTemplate = methods.map((method) => {
  const { Type, Uri } = method['Integration'] as { readonly Type: string; readonly Uri: unknown };
  return {
    route: `${asText(method['HttpMethod'])} ${pathOf(method['ResourceId'])}`,
    integration: Type,
    function: /<(\w+Function)\.Arn>/.exec(asText(Uri))?.[1],
    authorization: method['AuthorizationType'],
  };
});

describe('routes', () => {
  test('are these and no others', () => {
    expect(routes.map(({ method, path, function: name }) => `${method} ${path} → ${name}`)).toEqual([
      'ANY /extensions/slack/commands → slack-commands',
      'ANY /extensions/slack/event → slack-events',
      'ANY /extensions/slack/{page}/{token} → slack-link',
      'ANY /auth/{page} → sign-in',
      'ANY /extensions/slack/install → slack-install',
      'ANY /extensions/slack/install/callback → slack-install',
      'ANY /extensions/slack/action → slack-actions',
      'ANY /organizations/{org}/issues/{issue} → details',
      'ANY /organizations/{org}/releases/{version} → details',
      'ANY /organizations/{org}/alerts → alert-pages',
      'ANY /organizations/{org}/alerts/rules/details/{rule} → alert-pages',
      'ANY /organizations/{org} → details',
      'ANY /organizations/{org}/{proxy+} → details',
      'POST /api/0/organizations/{org}/releases → create-release',
      'POST /api/0/projects/{org}/{project}/releases → create-release',
      'PUT /api/0/organizations/{org}/releases/{version} → update-release',
      'PUT /api/0/projects/{org}/{project}/releases/{version} → update-release',
      'GET /api/0/organizations/{org}/incidents → incidents',
      'GET /api/0/organizations/{org}/incidents/{incident} → incidents',
      'PUT /api/0/organizations/{org}/incidents/{incident} → incidents',
      'GET /api/0/organizations/{org}/incidents/{incident}/activity → incidents',
      'GET /api/0/organizations/{org}/incidents/{incident}/notifications → incidents',
      'GET /api/0/organizations/{org}/notifications → incidents',
      'POST /api/0/organizations/{org}/incidents/{incident}/comments → incidents',
      'POST /api/0/organizations/{org}/incidents/{incident}/subscriptions → incidents',
      'DELETE /api/0/organizations/{org}/incidents/{incident}/subscriptions → incidents',
      'GET /api/0/organizations/{org}/issues → list-issues',
      'PUT /api/0/organizations/{org}/issues → update-issues',
      'GET /api/0/organizations/{org}/issues/{issue} → list-issues',
      'PUT /api/0/organizations/{org}/issues/{issue} → update-issues',
      'GET /api/0/organizations/{org}/issues/{issue}/activities → list-issues',
      'GET /api/0/organizations/{org}/issues/{issue}/history → list-issues',
      'GET /api/0/issues/{issue} → list-issues',
      'PUT /api/0/issues/{issue} → update-issues',
      'GET /api/0/issues/{issue}/activities → list-issues',
      'GET /api/0/issues/{issue}/history → list-issues',
      'GET /api/0/projects/{org}/{project}/issues → list-issues',
      'PUT /api/0/projects/{org}/{project}/issues → update-issues',
      'GET /api/0/projects/{org}/{project}/events → list-issues',
      'GET /api/0/organizations/{org}/releases/{version}/deploys → deploys',
      'POST /api/0/organizations/{org}/releases/{version}/deploys → deploys',
      'GET /api/0/projects/{org}/{project}/releases/{version}/deploys → deploys',
      'POST /api/0/projects/{org}/{project}/releases/{version}/deploys → deploys',
      'GET /api/0/organizations → organizations',
      'GET /api/0/organizations/{org} → organizations',
      'GET /api/0/organizations/{org}/teams → organizations',
      'GET /api/0/organizations/{org}/members → organizations',
      'GET /api/0/organizations/{org}/projects → organizations',
      'GET /api/0/teams/{org}/{team}/projects → organizations',
      'GET /api/0/projects/{org}/{project} → organizations',
      'GET /api/0/organizations/{org}/org-auth-tokens → org-auth-tokens',
      'POST /api/0/organizations/{org}/org-auth-tokens → org-auth-tokens',
      'DELETE /api/0/organizations/{org}/org-auth-tokens/{tokenId} → org-auth-tokens',
      'POST /api/0/teams/{org}/{team}/projects → manage-projects',
      'PUT /api/0/projects/{org}/{project} → manage-projects',
      'DELETE /api/0/projects/{org}/{project} → manage-projects',
      'GET /api/0/users/me/notification-settings → notification-settings',
      'PUT /api/0/users/me/notification-settings → notification-settings',
      'GET /api/0/teams/{org}/{team}/notification-settings → notification-settings',
      'PUT /api/0/teams/{org}/{team}/notification-settings → notification-settings',
      'GET /api/0/organizations/{org}/releases → list-releases',
      'GET /api/0/projects/{org}/{project}/releases → list-releases',
      'GET /api/0/organizations/{org}/releases/{version} → read-release',
      'GET /api/0/projects/{org}/{project}/releases/{version} → read-release',
      'GET /api/0/organizations/{org}/releases/{version}/commits → read-release',
      'GET /api/0/projects/{org}/{project}/releases/{version}/commits → read-release',
      'GET /api/0/organizations/{org}/releases/{version}/commitfiles → read-release',
      'GET /api/0/projects/{org}/{project}/releases/{version}/commitfiles → read-release',
      'DELETE /api/0/organizations/{org}/releases/{version} → delete-release',
      'DELETE /api/0/projects/{org}/{project}/releases/{version} → delete-release',
      'GET /api/0/organizations/{org}/releases/{version}/previous-with-commits → previous-release',
      'GET /api/0/projects/{org}/{project}/releases/{version}/previous-with-commits → previous-release',
      'GET /api/0/organizations/{org}/repos → repositories',
      'POST /api/0/organizations/{org}/repos → repositories',
      'DELETE /api/0/organizations/{org}/repos/{repo} → repositories',
      'POST /api/0/organizations/{org}/metrics/query → query-metrics',
      'GET /api/0/organizations/{org}/metrics/meta → query-metrics',
      'GET /api/0/organizations/{org}/metrics/tags → query-metrics',
      'GET /api/0/organizations/{org}/metrics/tags/{key} → query-metrics',
      'GET /api/0/organizations/{org}/alert-rules → alert-rules',
      'POST /api/0/organizations/{org}/alert-rules → alert-rules',
      'GET /api/0/organizations/{org}/alert-rules/{rule} → alert-rules',
      'GET /api/0/projects/{org}/{project}/alert-rules → alert-rules',
      'POST /api/0/projects/{org}/{project}/alert-rules → alert-rules',
      'GET /api/0/projects/{org}/{project}/alert-rules/{rule} → alert-rules',
      'PUT /api/0/organizations/{org}/alert-rules/{rule} → alert-rules',
      'DELETE /api/0/organizations/{org}/alert-rules/{rule} → alert-rules',
      'POST /api/0/organizations/{org}/alert-rules/{rule}/snooze → alert-rules',
      'DELETE /api/0/organizations/{org}/alert-rules/{rule}/snooze → alert-rules',
      'PUT /api/0/projects/{org}/{project}/alert-rules/{rule} → alert-rules',
      'DELETE /api/0/projects/{org}/{project}/alert-rules/{rule} → alert-rules',
      'POST /api/0/projects/{org}/{project}/alert-rules/{rule}/snooze → alert-rules',
      'DELETE /api/0/projects/{org}/{project}/alert-rules/{rule}/snooze → alert-rules',
      'POST /api/0/organizations/{org}/alert-rules/preview → preview-alert-rule',
      'GET /api/0/organizations/{org}/digests → alert-rules',
      'POST /api/0/organizations/{org}/digests → alert-rules',
      'GET /api/0/organizations/{org}/digests/{digest} → alert-rules',
      'PUT /api/0/organizations/{org}/digests/{digest} → alert-rules',
      'DELETE /api/0/organizations/{org}/digests/{digest} → alert-rules',
      'POST /api/0/organizations/{org}/digests/{digest}/send → alert-rules',
      'POST /api/{project_id}/envelope → ingest-envelope',
      'POST /v1/metrics → ingest-otlp',
      'GET /api/0/openapi.json → openapi',
      'GET /api/0 → api-root',
      'ANY /api/0/{proxy+} → api-root',
    ]);
  });

  test('stand in the template, each in front of its function, and nothing else does', () => {
    const byRoute = (left: { route: string }, right: { route: string }) => left.route.localeCompare(right.route);
    expect(inTemplate.toSorted(byRoute)).toEqual(
      routes
        .map(({ method, path, function: name }) => ({
          route: `${method} ${path}`,
          integration: 'AWS_PROXY',
          function: functionLogicalId(name),
          // Not open to all: the functions know Slack's signatures, our tokens and project keys, and API Gateway does not.
          authorization: 'NONE',
        }))
        .toSorted(byRoute),
    );
  });

  test('have one name for all variables that follow the same segment', () => {
    const variables = [...resources.values()].filter((properties) => /^\{\w+\}$/.test(asText(properties['PathPart'])));
    const parents = variables.map((properties) => pathOf(properties['ParentId']));
    expect(new Set(parents).size).toBe(parents.length);
  });

  test('do not end in a slash, which API Gateway adds to both forms itself', () => {
    expect(routes.filter(({ path }) => path.endsWith('/'))).toEqual([]);
  });

  test('may invoke their functions from this API alone', () => {
    const permissions = [...resourcesOf(template, 'AWS::Lambda::Permission').values()];
    const seen = permissions.map((permission) => ({
      function: asText(permission['FunctionName']),
      principal: permission['Principal'],
      action: permission['Action'],
      source: asText(permission['SourceArn'])
        .replace(/^.*:(?=<ApiRestApi\w+>)/, '')
        .replace(/\w+(?=>)/, 'api'),
    }));
    const served = [...new Set(routes.map(({ function: name }) => name))];
    expect(seen).toHaveLength(served.length);
    expect(seen).toEqual(
      expect.arrayContaining(
        served.map((name) => ({
          function: `<${functionLogicalId(name)}.Arn>`,
          principal: 'apigateway.amazonaws.com',
          action: 'lambda:InvokeFunction',
          source: '<api>/*/*/*',
        })),
      ),
    );
  });
});

describe('the API', () => {
  test('is one regional REST API', () => {
    expect(api).toEqual([
      expect.objectContaining({ Name: 'postflow', EndpointConfiguration: { Types: ['REGIONAL'] } }),
    ]);
  });

  test('leaves bodies of clients as they are but for JSON, and packs what is worth it', () => {
    expect(api[0]).toMatchObject({
      BinaryMediaTypes: [
        'application/x-sentry-envelope',
        'application/octet-stream',
        'application/gzip',
        'application/x-protobuf',
        'application/protobuf',
        'text/plain',
      ],
      MinimumCompressionSize: 1024,
    });
  });

  test('is throttled, traced and logged, bodies excluded', () => {
    const [stage] = resourcesOf(template, 'AWS::ApiGateway::Stage').values();
    expect(stage).toMatchObject({
      StageName: 'live',
      TracingEnabled: true,
      MethodSettings: [
        {
          HttpMethod: '*',
          ResourcePath: '/*',
          DataTraceEnabled: false,
          LoggingLevel: 'ERROR',
          ThrottlingBurstLimit: 200,
          ThrottlingRateLimit: 100,
        },
      ],
    });
    const { Format = '{}' } = (stage?.['AccessLogSetting'] ?? {}) as { readonly Format?: string };
    expect(Object.keys(JSON.parse(Format))).toContain('status');
    expect(Format, 'paths carry signed links, addresses are personal').not.toMatch(
      /context\.(path|identity)|requestOverride|authorizer/,
    );
  });

  test('answers with the one key that clients read, whatever API Gateway itself has to say', () => {
    const responses = new Map(
      [...resourcesOf(template, 'AWS::ApiGateway::GatewayResponse').values()].map((response) => {
        const { 'application/json': body = '' } = response['ResponseTemplates'] as Record<string, string>;
        const parsed: unknown = JSON.parse(body.replace('$context.error.messageString', '"Forbidden"'));
        return [asText(response['ResponseType']), { parsed, properties: response }];
      }),
    );
    for (const { parsed } of responses.values()) {
      expect(parsed).toEqual({ detail: expect.any(String) });
    }
    const status = [...responses].map(([type, { properties }]) => [type, properties['StatusCode']]);
    expect(Object.fromEntries(status), 'the others keep the status that they have').toEqual({
      MISSING_AUTHENTICATION_TOKEN: '404',
      RESOURCE_NOT_FOUND: '404',
      REQUEST_TOO_LARGE: undefined,
      UNSUPPORTED_MEDIA_TYPE: undefined,
      THROTTLED: undefined,
      DEFAULT_4XX: undefined,
      DEFAULT_5XX: undefined,
    });
    expect(responses.get('THROTTLED')?.properties['ResponseParameters']).toEqual({
      'gatewayresponse.header.Retry-After': "'1'",
    });
  });
});
