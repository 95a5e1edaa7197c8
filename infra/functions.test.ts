import { describe, expect, test } from 'vitest';
import {
  type EnvironmentKey,
  type FunctionDefinition,
  type FunctionName,
  functionNames,
  functions,
} from './functions.ts';
import { routes } from './routes.ts';
import { asText, functionOf, functionProperties, outputOf, resource, resourcesOf } from './testing/read-template.ts';
import { trialTemplate } from './testing/trial-stack.ts';

const template = await trialTemplate();

/** By hand and not from the table of functions: whoever changes that says here as well that it is meant. */
const expected: Readonly<
  Record<FunctionName, { memory: number; timeout: number; environment: readonly EnvironmentKey[] }>
> = {
  'slack-commands': {
    memory: 1769,
    timeout: 10,
    environment: ['TABLE_NAME', 'SECRET_ID', 'PUBLIC_URL', 'SLACK_COMMAND', 'DOCS_URL', 'SUPPORT_URL'],
  },
  'slack-events': { memory: 1769, timeout: 10, environment: ['TABLE_NAME', 'SECRET_ID', 'SLACK_JOBS_QUEUE_URL'] },
  'slack-worker': {
    memory: 512,
    timeout: 60,
    environment: [
      ...([
        'TABLE_NAME',
        'METRICS_TABLE_NAME',
        'METRIC_RETENTION_DAYS',
        'SECRET_ID',
        'PUBLIC_URL',
        'SLACK_API_URL',
      ] as const),
      ...(['SLACK_CLIENT_ID', 'SLACK_COMMAND', 'DOCS_URL', 'SUPPORT_URL'] as const),
      ...(['SLACK_JOBS_QUEUE_URL', 'CHARTS_QUEUE_URL'] as const),
    ],
  },
  'sweep-slack-messages': { memory: 512, timeout: 50, environment: ['TABLE_NAME', 'SLACK_JOBS_QUEUE_URL'] },
  'sign-in': {
    memory: 1769,
    timeout: 29,
    environment: ['TABLE_NAME', 'SECRET_ID', 'PUBLIC_URL', 'SLACK_CLIENT_ID', 'OIDC_ISSUER', 'OIDC_CLIENT_ID'],
  },
  'slack-link': {
    memory: 1769,
    timeout: 29,
    environment: ['TABLE_NAME', 'SECRET_ID', 'PUBLIC_URL', 'SLACK_API_URL', 'SLACK_COMMAND', 'OIDC_ISSUER'],
  },
  'slack-install': {
    memory: 1769,
    timeout: 29,
    environment: [
      'TABLE_NAME',
      'SECRET_ID',
      'PUBLIC_URL',
      'SLACK_API_URL',
      'SLACK_CLIENT_ID',
      'SLACK_COMMAND',
      'OIDC_ISSUER',
    ],
  },
  details: { memory: 1769, timeout: 29, environment: ['TABLE_NAME', 'SECRET_ID', 'PUBLIC_URL', 'OIDC_ISSUER'] },
  'alert-pages': {
    memory: 1769,
    timeout: 29,
    environment: [
      'TABLE_NAME',
      'METRICS_TABLE_NAME',
      'METRIC_RETENTION_DAYS',
      'SECRET_ID',
      'PUBLIC_URL',
      'OIDC_ISSUER',
      'NOTIFICATIONS_QUEUE_URL',
    ],
  },
  'slack-actions': {
    memory: 1769,
    timeout: 10,
    environment: [
      'TABLE_NAME',
      'SECRET_ID',
      'PUBLIC_URL',
      'SLACK_API_URL',
      'SLACK_COMMAND',
      'DOCS_URL',
      'NOTIFICATIONS_QUEUE_URL',
      'CHARTS_QUEUE_URL',
    ],
  },
  'create-release': {
    memory: 1769,
    timeout: 29,
    environment: [
      'TABLE_NAME',
      'SECRET_ID',
      'UPSTASH_REDIS_REST_URL',
      'FETCHES_QUEUE_URL',
      'FOLLOW_UPS_QUEUE_URL',
      'SLACK_JOBS_QUEUE_URL',
    ],
  },
  'update-release': {
    memory: 1769,
    timeout: 29,
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'FETCHES_QUEUE_URL', 'SLACK_JOBS_QUEUE_URL'],
  },
  'list-issues': { memory: 1769, timeout: 29, environment: ['TABLE_NAME', 'PUBLIC_URL'] },
  'update-issues': { memory: 1769, timeout: 29, environment: ['TABLE_NAME'] },
  incidents: {
    memory: 1769,
    timeout: 29,
    environment: ['TABLE_NAME', 'PUBLIC_URL', 'NOTIFICATIONS_QUEUE_URL', 'SLACK_JOBS_QUEUE_URL'],
  },
  deploys: {
    memory: 1769,
    timeout: 29,
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'PUBLIC_URL', 'SLACK_JOBS_QUEUE_URL'],
  },
  organizations: { memory: 1769, timeout: 10, environment: ['TABLE_NAME', 'PUBLIC_URL'] },
  'org-auth-tokens': {
    memory: 1769,
    timeout: 10,
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'PUBLIC_URL'],
  },
  'manage-projects': {
    memory: 1769,
    timeout: 29,
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'DELETIONS_QUEUE_URL'],
  },
  'notification-settings': { memory: 1769, timeout: 10, environment: ['TABLE_NAME'] },
  'list-releases': { memory: 1769, timeout: 29, environment: ['TABLE_NAME', 'PUBLIC_URL'] },
  'read-release': { memory: 1769, timeout: 29, environment: ['TABLE_NAME', 'PUBLIC_URL'] },
  'delete-release': { memory: 1769, timeout: 29, environment: ['TABLE_NAME'] },
  'previous-release': { memory: 1769, timeout: 29, environment: ['TABLE_NAME'] },
  'query-metrics': {
    memory: 1769,
    timeout: 29,
    environment: ['TABLE_NAME', 'METRICS_TABLE_NAME', 'METRIC_RETENTION_DAYS', 'PUBLIC_URL'],
  },
  repositories: {
    memory: 1769,
    timeout: 29,
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'PUBLIC_URL'],
  },
  'preview-alert-rule': {
    memory: 1769,
    timeout: 29,
    environment: ['TABLE_NAME', 'METRICS_TABLE_NAME', 'METRIC_RETENTION_DAYS'],
  },
  'alert-rules': {
    memory: 1769,
    timeout: 29,
    environment: [
      'TABLE_NAME',
      'SECRET_ID',
      'UPSTASH_REDIS_REST_URL',
      'PUBLIC_URL',
      'NOTIFICATIONS_QUEUE_URL',
      'CHARTS_QUEUE_URL',
    ],
  },
  'fetch-commits': {
    memory: 512,
    timeout: 180,
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'GITHUB_API_URL', 'SLACK_JOBS_QUEUE_URL'],
  },
  'ingest-envelope': {
    memory: 1769,
    timeout: 10,
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'POINTS_QUEUE_URL', 'POINTS_PER_MINUTE'],
  },
  'ingest-otlp': {
    memory: 1769,
    timeout: 10,
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'POINTS_QUEUE_URL', 'POINTS_PER_MINUTE'],
  },
  'fold-points': {
    memory: 1769,
    timeout: 120,
    environment: ['METRICS_TABLE_NAME', 'METRIC_RETENTION_DAYS', 'SERIES_PER_DAY', 'POINTS_DEAD_LETTERS_URL'],
  },
  'api-root': { memory: 1769, timeout: 10, environment: ['TABLE_NAME'] },
  openapi: { memory: 1769, timeout: 10, environment: ['PUBLIC_URL'] },
  'schedule-alerts': {
    memory: 512,
    timeout: 50,
    environment: ['TABLE_NAME', 'EVALUATIONS_QUEUE_URL', 'CHARTS_QUEUE_URL'],
  },
  'evaluate-alert': {
    memory: 1769,
    timeout: 60,
    environment: [
      'TABLE_NAME',
      'METRICS_TABLE_NAME',
      'METRIC_RETENTION_DAYS',
      'PUBLIC_URL',
      'NOTIFICATIONS_QUEUE_URL',
      'SLACK_JOBS_QUEUE_URL',
    ],
  },
  'render-alert': {
    memory: 512,
    timeout: 60,
    environment: [
      'TABLE_NAME',
      'SECRET_ID',
      'PUBLIC_URL',
      'SLACK_API_URL',
      'SLACK_CLIENT_ID',
      'CHARTS_QUEUE_URL',
      'NOTIFICATIONS_QUEUE_URL',
    ],
  },
  'render-chart': {
    memory: 1769,
    timeout: 60,
    environment: [
      'TABLE_NAME',
      'METRICS_TABLE_NAME',
      'METRIC_RETENTION_DAYS',
      'SECRET_ID',
      'PUBLIC_URL',
      'SLACK_API_URL',
      'SLACK_CLIENT_ID',
    ],
  },
  'delete-project': { memory: 512, timeout: 120, environment: ['TABLE_NAME', 'DELETIONS_QUEUE_URL'] },
  'after-release': { memory: 512, timeout: 60, environment: ['TABLE_NAME'] },
  admin: {
    memory: 512,
    timeout: 60,
    environment: [
      'TABLE_NAME',
      'SECRET_ID',
      'UPSTASH_REDIS_REST_URL',
      'PUBLIC_URL',
      'SLACK_API_URL',
      'SLACK_CLIENT_ID',
      'DELETIONS_QUEUE_URL',
    ],
  },
};

function variablesOf(name: FunctionName): Readonly<Record<string, unknown>> {
  return (functionProperties(template, name)['Environment'] as { Variables: Record<string, unknown> }).Variables;
}

describe('functions', () => {
  test('are all in the template, and no others', () => {
    const inTemplate = [...resourcesOf(template, 'AWS::Lambda::Function').keys()];
    expect(new Set(inTemplate.map(functionOf))).toEqual(new Set(functionNames));
    expect(inTemplate).toHaveLength(functionNames.length);
  });

  test.each(functionNames)('%s runs on Node 24 on arm64, traced, with the memory and time it was given', (name) => {
    expect(functionProperties(template, name)).toMatchObject({
      FunctionName: `postflow-${name}`,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: expected[name].memory,
      Timeout: expected[name].timeout,
      TracingConfig: { Mode: 'Active' },
    });
  });

  test.each(functionNames)('%s gets the variables that it reads and no others', (name) => {
    expect(new Set(Object.keys(variablesOf(name)))).toEqual(
      new Set([
        ...expected[name].environment,
        'POWERTOOLS_SERVICE_NAME',
        'POWERTOOLS_METRICS_NAMESPACE',
        'POWERTOOLS_LOG_LEVEL',
      ]),
    );
    expect(variablesOf(name)).toMatchObject({
      POWERTOOLS_SERVICE_NAME: name,
      POWERTOOLS_METRICS_NAMESPACE: 'postflow',
      POWERTOOLS_LOG_LEVEL: 'INFO',
    });
  });

  test('find no secret in their environment, only where it is', () => {
    const allowed =
      /^(<(MainTable|MetricsTable|Secret|UpstashRedisRestUrl|SlackApiUrl|SlackClientId|OidcIssuer|OidcClientId|GithubApiUrl|SlackCommand|DocsUrl|SupportUrl|PointsPerMinute|MetricRetentionDays|SeriesPerDay|(Evaluations|Notifications|Deletions|CommitFetches|FollowUps|Points|SlackJobs|Charts)Queue|PointsQueueDeadLetters)>|postflow|INFO)$/;
    for (const name of functionNames) {
      const { PUBLIC_URL, POWERTOOLS_SERVICE_NAME, ...others } = variablesOf(name);
      expect(JSON.stringify(PUBLIC_URL ?? '')).not.toContain('Secret');
      expect(POWERTOOLS_SERVICE_NAME).toBe(name);
      for (const value of Object.values(others)) {
        expect(asText(value)).toMatch(allowed);
      }
    }
    expect(JSON.stringify(template), 'a secret that is resolved by CloudFormation').not.toContain('{{resolve:');
  });

  test.each(functionNames)('%s logs for a month to a group of its own', (name) => {
    const { LoggingConfig } = functionProperties(template, name) as { LoggingConfig?: { LogGroup: unknown } };
    expect(resource(template, 'AWS::Logs::LogGroup', asText(LoggingConfig?.LogGroup).slice(1, -1))).toEqual({
      LogGroupName: `/aws/lambda/postflow-${name}`,
      RetentionInDays: 30,
    });
  });

  test('and the API have no log group that grows for ever', () => {
    for (const { RetentionInDays } of resourcesOf(template, 'AWS::Logs::LogGroup').values()) {
      expect(RetentionInDays).toBe(30);
    }
  });

  test('reserve no concurrency, which a young account has too little of, unless their definition asks for it', () => {
    for (const name of functionNames) {
      const definition: FunctionDefinition = functions[name];
      expect(functionProperties(template, name)['ReservedConcurrentExecutions']).toBe(definition.reservedConcurrency);
    }
  });

  test('are ended as a loop when they call themselves, but for those that are meant to', () => {
    const allowed = functionNames.filter((name) => functionProperties(template, name)['RecursiveLoop'] === 'Allow');
    expect(allowed.toSorted()).toEqual(['delete-project', 'render-alert']);
  });

  test('have routes exactly when HTTP is what triggers them', () => {
    const routed = new Set(routes.map((route) => route.function));
    expect(routed).toEqual(new Set(functionNames.filter((name) => functions[name].trigger.kind === 'http')));
    expect(routed).not.toContain('admin');
  });
});

describe('the address that functions are told', () => {
  const address = variablesOf('render-alert')['PUBLIC_URL'];

  test('is the parameter when it is given, and the API’s own otherwise', () => {
    const [condition, given, own] = (address as { 'Fn::If': [string, unknown, unknown] })['Fn::If'];
    expect(template.Conditions[condition]).toEqual({ 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'PublicUrl' }, ''] }] });
    expect(given).toEqual({ Ref: 'PublicUrl' });
    expect(asText(own)).toMatch(/^https:\/\/<ApiRestApi\w+>\.execute-api\.<AWS::Region>\.<AWS::URLSuffix>\/live$/);
  });

  test('is the same for all of them and for the output', () => {
    for (const name of functionNames) {
      const { PUBLIC_URL = address } = variablesOf(name);
      expect(PUBLIC_URL).toEqual(address);
    }
    expect(outputOf(template, 'ApiUrl')).toEqual(address);
  });
});
