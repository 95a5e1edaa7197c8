import { describe, expect, test } from 'vitest';
import { type FunctionName, functionNames } from './functions.ts';
import { asText, functionProperties, resourcesOf } from './testing/read-template.ts';
import { trialTemplate } from './testing/trial-stack.ts';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
}

const template = await trialTemplate();
const roles = resourcesOf(template, 'AWS::IAM::Role');
/** Those of functions stand in their roles. */
const policies = [
  ...resourcesOf(template, 'AWS::IAM::Policy').values(),
  ...[...roles].flatMap(([role, { Policies = [] }]) =>
    (Policies as readonly Record<string, unknown>[]).map((policy) => ({ ...policy, Roles: { Ref: role } })),
  ),
];
const logGroups = resourcesOf(template, 'AWS::Logs::LogGroup');

function statementsIn(properties: Readonly<Record<string, unknown>>): readonly Statement[] {
  return (properties['PolicyDocument'] as { readonly Statement: readonly Statement[] }).Statement;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** A resource as this file writes it: without the attribute, and a log group by its name. */
function short(value: unknown): string {
  const text = asText(value).replace(/^<(\w+)(?:\.Arn)?>/, '$1');
  return asText(logGroups.get(text)?.['LogGroupName'] ?? text);
}

/** Every action with every resource it is allowed on, one a line. */
function allowedTo(roleId: string): ReadonlySet<string> {
  const lines = policies
    .filter(({ Roles }) => list(Roles).some((role) => asText(role) === `<${roleId}>`))
    .flatMap(statementsIn)
    .flatMap(({ Action, Resource }) =>
      list(Action).flatMap((action) => list(Resource).map((resource) => `${String(action)} ${short(resource)}`)),
    );
  return new Set(lines);
}

function roleOf(name: FunctionName): string {
  return asText(functionProperties(template, name)['Role']).replace(/^<(\w+)\.Arn>$/, '$1');
}

const every = (service: string, actions: string, resources: string) =>
  actions.split(' ').flatMap((action) => resources.split(' ').map((resource) => `${service}:${action} ${resource}`));

const onItems = (actions: string, table = 'MainTable') => every('dynamodb', actions, table);
const queryIndex = (index: string) => every('dynamodb', 'Query', `MainTable/index/${index}`);
const readSecret = ['secretsmanager:GetSecretValue Secret'];
const sendTo = (queue: string) => [`sqs:SendMessage ${queue}`];
const consume = (queue: string) => every('sqs', 'ReceiveMessage DeleteMessage GetQueueAttributes', queue);

/** What each function may do beyond its own logs and traces, by hand and not from the table of functions. */
const expected: Readonly<Record<FunctionName, readonly string[]>> = {
  'slack-commands': [...onItems('BatchGetItem Query UpdateItem'), ...readSecret],
  'slack-events': [...onItems('GetItem'), ...readSecret, ...sendTo('SlackJobsQueue')],
  'slack-worker': [
    ...onItems('GetItem BatchGetItem Query PutItem UpdateItem DeleteItem'),
    ...queryIndex('gsi1'),
    ...onItems('Query', 'MetricsTable'),
    ...readSecret,
    ...sendTo('SlackJobsQueue'),
    ...sendTo('ChartsQueue'),
    ...consume('SlackJobsQueue'),
  ],
  'sweep-slack-messages': [
    ...queryIndex('gsi2'),
    ...sendTo('SlackJobsQueue'),
    ...sendTo('SweepSlackMessagesFunctionDeadLetters'),
  ],
  'sign-in': [...onItems('GetItem BatchGetItem'), ...queryIndex('gsi1'), ...readSecret],
  'slack-link': [
    ...onItems('GetItem BatchGetItem Query ConditionCheckItem PutItem UpdateItem DeleteItem'),
    ...readSecret,
  ],
  'slack-install': [
    ...onItems('GetItem BatchGetItem Query ConditionCheckItem PutItem UpdateItem DeleteItem'),
    ...queryIndex('gsi1'),
    ...readSecret,
  ],
  details: [...onItems('BatchGetItem Query'), ...queryIndex('gsi1'), ...queryIndex('gsi2'), ...readSecret],
  'alert-pages': [
    ...onItems('GetItem BatchGetItem Query PutItem UpdateItem DeleteItem'),
    ...queryIndex('gsi1'),
    ...onItems('Query', 'MetricsTable'),
    ...readSecret,
    ...sendTo('NotificationsQueue'),
  ],
  'slack-actions': [
    ...onItems('GetItem BatchGetItem Query PutItem UpdateItem DeleteItem'),
    ...readSecret,
    ...sendTo('NotificationsQueue'),
    ...sendTo('ChartsQueue'),
  ],
  'create-release': [
    ...onItems('GetItem BatchGetItem Query ConditionCheckItem PutItem BatchWriteItem UpdateItem DeleteItem'),
    ...queryIndex('gsi1'),
    ...readSecret,
    ...sendTo('CommitFetchesQueue'),
    ...sendTo('FollowUpsQueue'),
    ...sendTo('SlackJobsQueue'),
  ],
  'update-release': [
    ...onItems('GetItem BatchGetItem Query ConditionCheckItem PutItem BatchWriteItem UpdateItem DeleteItem'),
    ...queryIndex('gsi1'),
    ...readSecret,
    ...sendTo('CommitFetchesQueue'),
    ...sendTo('SlackJobsQueue'),
  ],
  'list-issues': [...onItems('GetItem BatchGetItem Query'), ...queryIndex('gsi1'), ...queryIndex('gsi2')],
  'update-issues': [
    ...onItems('GetItem BatchGetItem Query PutItem UpdateItem DeleteItem'),
    ...queryIndex('gsi1'),
    ...queryIndex('gsi2'),
  ],
  incidents: [
    ...onItems('GetItem BatchGetItem Query PutItem UpdateItem DeleteItem'),
    ...queryIndex('gsi1'),
    ...queryIndex('gsi2'),
    ...sendTo('NotificationsQueue'),
    ...sendTo('SlackJobsQueue'),
  ],
  deploys: [
    ...onItems('GetItem BatchGetItem Query PutItem UpdateItem DeleteItem'),
    ...readSecret,
    ...sendTo('SlackJobsQueue'),
  ],
  organizations: onItems('GetItem BatchGetItem Query'),
  'org-auth-tokens': [...onItems('GetItem PutItem UpdateItem DeleteItem'), ...queryIndex('gsi1'), ...readSecret],
  'manage-projects': [
    ...onItems('GetItem BatchGetItem PutItem UpdateItem DeleteItem'),
    ...readSecret,
    ...sendTo('DeletionsQueue'),
  ],
  'notification-settings': onItems('GetItem BatchGetItem Query ConditionCheckItem PutItem DeleteItem'),
  'list-releases': [...onItems('GetItem BatchGetItem Query'), ...queryIndex('gsi1'), ...queryIndex('gsi2')],
  'read-release': [...onItems('GetItem BatchGetItem Query'), ...queryIndex('gsi2')],
  'delete-release': onItems('GetItem BatchGetItem Query PutItem BatchWriteItem DeleteItem'),
  'previous-release': [...onItems('GetItem BatchGetItem'), ...queryIndex('gsi1')],
  repositories: [...onItems('GetItem Query PutItem UpdateItem DeleteItem'), ...readSecret],
  'query-metrics': [...onItems('GetItem BatchGetItem Query'), ...onItems('Query', 'MetricsTable')],
  'preview-alert-rule': [...onItems('GetItem BatchGetItem'), ...onItems('Query', 'MetricsTable')],
  'alert-rules': [
    ...onItems('GetItem BatchGetItem Query PutItem BatchWriteItem UpdateItem DeleteItem'),
    ...queryIndex('gsi1'),
    ...readSecret,
    ...sendTo('NotificationsQueue'),
    ...sendTo('ChartsQueue'),
  ],
  'fetch-commits': [
    ...onItems('BatchGetItem Query ConditionCheckItem PutItem BatchWriteItem UpdateItem DeleteItem'),
    ...readSecret,
    ...consume('CommitFetchesQueue'),
    ...sendTo('SlackJobsQueue'),
  ],
  'ingest-envelope': [...onItems('GetItem'), ...readSecret, ...sendTo('PointsQueue')],
  'ingest-otlp': [...onItems('GetItem'), ...readSecret, ...sendTo('PointsQueue')],
  'fold-points': [
    ...onItems('BatchGetItem Query PutItem BatchWriteItem UpdateItem', 'MetricsTable'),
    ...consume('PointsQueue'),
    ...sendTo('PointsQueueDeadLetters'),
  ],
  'api-root': onItems('GetItem'),
  openapi: [],
  'schedule-alerts': [
    ...queryIndex('gsi2'),
    ...sendTo('EvaluationsQueue'),
    ...sendTo('ChartsQueue'),
    ...sendTo('ScheduleAlertsFunctionDeadLetters'),
  ],
  'evaluate-alert': [
    ...onItems('GetItem BatchGetItem Query PutItem UpdateItem DeleteItem'),
    ...onItems('Query', 'MetricsTable'),
    ...sendTo('NotificationsQueue'),
    ...sendTo('SlackJobsQueue'),
    ...consume('EvaluationsQueue'),
  ],
  'render-alert': [
    ...onItems('GetItem BatchGetItem Query UpdateItem'),
    ...queryIndex('gsi1'),
    ...readSecret,
    ...sendTo('ChartsQueue'),
    ...sendTo('NotificationsQueue'),
    ...consume('NotificationsQueue'),
  ],
  'render-chart': [
    ...onItems('GetItem BatchGetItem Query PutItem UpdateItem'),
    ...queryIndex('gsi1'),
    ...onItems('Query', 'MetricsTable'),
    ...readSecret,
    ...consume('ChartsQueue'),
  ],
  'delete-project': [
    ...onItems('GetItem Query PutItem BatchWriteItem UpdateItem DeleteItem'),
    ...queryIndex('gsi1'),
    ...queryIndex('gsi2'),
    ...sendTo('DeletionsQueue'),
    ...consume('DeletionsQueue'),
  ],
  'after-release': [
    ...onItems('BatchGetItem Query PutItem BatchWriteItem UpdateItem DeleteItem'),
    ...consume('FollowUpsQueue'),
  ],
  admin: [
    ...onItems('GetItem BatchGetItem Query PutItem UpdateItem DeleteItem'),
    ...queryIndex('gsi1'),
    ...queryIndex('gsi2'),
    ...readSecret,
    ...sendTo('DeletionsQueue'),
  ],
};

describe('permissions', () => {
  test.each(functionNames)('%s may do what it needs and nothing else', (name) => {
    expect(allowedTo(roleOf(name))).toEqual(
      new Set([
        ...every('logs', 'CreateLogStream PutLogEvents', `/aws/lambda/postflow-${name}`),
        ...every('xray', 'PutTraceSegments PutTelemetryRecords', '*'),
        ...expected[name],
      ]),
    );
  });

  test('are no two functions’ in common: each has a role of its own that only Lambda may take', () => {
    expect(new Set(functionNames.map(roleOf)).size).toBe(functionNames.length);
    for (const name of functionNames) {
      expect(roles.get(roleOf(name))).toEqual({
        Policies: [{ PolicyName: 'Allowed', PolicyDocument: expect.anything() as unknown }],
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }],
        },
      });
    }
  });

  test('of the schedulers end at their functions and their dead letters', () => {
    const schedulers = [...roles].filter(([, properties]) =>
      JSON.stringify(properties).includes('scheduler.amazonaws'),
    );
    expect(schedulers.map(([role]) => allowedTo(role))).toEqual([
      ...['SweepSlackMessages', 'ScheduleAlerts'].map(
        (name) => new Set([`lambda:InvokeFunction ${name}Function`, `sqs:SendMessage ${name}FunctionDeadLetters`]),
      ),
    ]);
    expect(schedulers[0]?.[1]['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [{ Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } }],
    });
  });

  test('come from no managed policy but the one that API Gateway asks for, for its logs', () => {
    const managed = [...roles.values()].flatMap(({ ManagedPolicyArns }) => list(ManagedPolicyArns ?? []));
    expect(managed.map(asText)).toEqual([
      'arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
    ]);
    expect(roles.size, 'functions, two schedulers, API Gateway’s logs').toBe(functionNames.length + 3);
  });

  test('never name an action with a wildcard, nor a resource but for X-Ray, which knows none', () => {
    for (const { Effect, Action, Resource } of policies.flatMap(statementsIn)) {
      expect(Effect).toBe('Allow');
      expect(list(Action).filter((action) => String(action).includes('*'))).toEqual([]);
      const forTraces = list(Action).every((action) => String(action).startsWith('xray:Put'));
      expect(
        list(Resource)
          .map(asText)
          .filter((name) => name.includes('*') && !forTraces),
      ).toEqual([]);
    }
  });

  test('on queues and topics are given to nobody else: their policies only refuse what is not encrypted, and let alarms in', () => {
    const statements = ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'].flatMap((type) =>
      [...resourcesOf(template, type).values()].flatMap(statementsIn),
    );
    expect(statements).toHaveLength(18 + 2);
    for (const { Effect, Principal, Action, ...rest } of statements) {
      if (Effect === 'Allow') {
        expect({ Principal, Action }).toEqual({
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
        });
        expect(rest).toMatchObject({ Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } });
      } else {
        expect(rest).toMatchObject({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
      }
    }
  });
});
