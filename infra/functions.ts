import { apiFunctions } from './api-functions.ts';
import { type FunctionDefinition, oneVcpu } from './function-definition.ts';

export type {
  EnvironmentKey,
  FunctionDefinition,
  Grants,
  ItemAction,
  QueueName,
  Trigger,
} from './function-definition.ts';

/** Every Lambda function of the stack; the key is its file in functions/ and its folder in events/. */
export const functions = {
  ...apiFunctions,
  'slack-commands': {
    description: 'Answers the slash command of the Slack app.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 10,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'PUBLIC_URL', 'SLACK_COMMAND', 'DOCS_URL', 'SUPPORT_URL'],
    // Query and UpdateItem are for who is about to be refused for a role that may have changed.
    grants: { mainTable: ['BatchGetItem', 'Query', 'UpdateItem'], readSecret: true },
  },
  'slack-events': {
    description: 'Takes what happened in Slack and hands it to the queue of Slack jobs.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 10,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'SLACK_JOBS_QUEUE_URL'],
    grants: { mainTable: ['GetItem'], readSecret: true, sendTo: 'slack-jobs' },
  },
  'slack-worker': {
    description: 'Works on what events of Slack ask for, sends messages of the outbox, and tells people of deploys.',
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    // Slack takes about one message a second and channel: more senders at once would only be told to wait.
    trigger: { kind: 'queue', queue: 'slack-jobs', batchSize: 5, maxConcurrency: 2 },
    environment: [
      'TABLE_NAME',
      'METRICS_TABLE_NAME',
      'SECRET_ID',
      'PUBLIC_URL',
      'SLACK_API_URL',
      'SLACK_CLIENT_ID',
      'SLACK_COMMAND',
      'DOCS_URL',
      'SUPPORT_URL',
      'SLACK_JOBS_QUEUE_URL',
    ],
    grants: {
      mainTable: ['GetItem', 'BatchGetItem', 'Query', 'Query gsi1', 'PutItem', 'UpdateItem', 'DeleteItem'],
      metricsTable: ['Query'],
      readSecret: true,
      sendTo: 'slack-jobs',
    },
  },
  'sweep-slack-messages': {
    description: 'Hands to the queue of Slack jobs what a crash has left unsaid, and tokens that end soon.',
    memoryMegabytes: 512,
    timeoutSeconds: 50,
    trigger: { kind: 'schedule', expression: 'rate(5 minutes)' },
    environment: ['TABLE_NAME', 'SLACK_JOBS_QUEUE_URL'],
    grants: { mainTable: ['Query gsi2'], sendTo: 'slack-jobs' },
  },
  'sign-in': {
    description: 'Signs people in with OpenID Connect, for the pages that links from Slack open.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 29,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'PUBLIC_URL', 'SLACK_CLIENT_ID', 'OIDC_ISSUER', 'OIDC_CLIENT_ID'],
    grants: { mainTable: ['GetItem', 'BatchGetItem', 'Query gsi1'], readSecret: true },
  },
  'slack-link': {
    description: 'Shows the pages that links from Slack open: people and teams are linked and unlinked there.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 29,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'PUBLIC_URL', 'SLACK_API_URL', 'SLACK_COMMAND', 'OIDC_ISSUER'],
    grants: {
      mainTable: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
      readSecret: true,
    },
  },
  'slack-install': {
    description: 'The pages on which managers add the Slack app to workspaces, and take it away.',
    memoryMegabytes: oneVcpu,
    // Slack is asked for a token in between.
    timeoutSeconds: 29,
    trigger: { kind: 'http' },
    environment: [
      'TABLE_NAME',
      'SECRET_ID',
      'PUBLIC_URL',
      'SLACK_API_URL',
      'SLACK_CLIENT_ID',
      'SLACK_COMMAND',
      'OIDC_ISSUER',
    ],
    grants: {
      mainTable: [
        'GetItem',
        'BatchGetItem',
        'Query',
        'Query gsi1',
        'ConditionCheckItem',
        'PutItem',
        'UpdateItem',
        'DeleteItem',
      ],
      readSecret: true,
    },
  },
  details: {
    description: 'The pages that links of ours lead to, to be read: an issue, a release.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 29,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'PUBLIC_URL', 'OIDC_ISSUER'],
    grants: { mainTable: ['BatchGetItem', 'Query', 'Query gsi1', 'Query gsi2'], readSecret: true },
  },
  'alert-pages': {
    description: 'The pages of alert rules: their list, and each with its metric, its incidents and its buttons.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 29,
    trigger: { kind: 'http' },
    environment: [
      'TABLE_NAME',
      'METRICS_TABLE_NAME',
      'SECRET_ID',
      'PUBLIC_URL',
      'OIDC_ISSUER',
      'NOTIFICATIONS_QUEUE_URL',
    ],
    grants: {
      mainTable: ['GetItem', 'BatchGetItem', 'Query', 'Query gsi1', 'PutItem', 'UpdateItem'],
      metricsTable: ['Query'],
      readSecret: true,
      sendTo: 'notifications',
    },
  },
  'slack-actions': {
    description: 'Does what the buttons of our Slack messages ask for.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 10,
    trigger: { kind: 'http' },
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
    grants: {
      mainTable: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      readSecret: true,
      sendTo: ['notifications', 'charts'],
    },
  },
  'fetch-commits': {
    description: 'Asks GitHub for the commits of releases.',
    memoryMegabytes: 512,
    // Ten thousand commits are a hundred pages, one after the other.
    timeoutSeconds: 180,
    // One release at a time in each: its repositories are asked side by side already, and GitHub counts requests.
    trigger: { kind: 'queue', queue: 'commit-fetches', batchSize: 1, maxConcurrency: 2 },
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'GITHUB_API_URL', 'SLACK_JOBS_QUEUE_URL'],
    grants: {
      mainTable: [
        'BatchGetItem',
        'Query',
        'ConditionCheckItem',
        'PutItem',
        'BatchWriteItem',
        'UpdateItem',
        'DeleteItem',
      ],
      readSecret: true,
      sendTo: 'slack-jobs',
    },
  },
  'ingest-envelope': {
    description: 'Takes metric points out of the envelopes that SDKs and sentry-cli send.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 10,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'POINTS_QUEUE_URL', 'POINTS_PER_MINUTE'],
    grants: { mainTable: ['GetItem'], readSecret: true, sendTo: 'points' },
  },
  'ingest-otlp': {
    description: 'Takes the metrics that OpenTelemetry exporters send, as JSON or protobuf.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 10,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'POINTS_QUEUE_URL', 'POINTS_PER_MINUTE'],
    grants: { mainTable: ['GetItem'], readSecret: true, sendTo: 'points' },
  },
  'fold-points': {
    description: 'Adds points to the buckets of metrics, those of many requests together.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 120,
    // Those who fold at the same time write to the same buckets; what waits meanwhile is folded together all the better.
    trigger: { kind: 'queue', queue: 'points', batchSize: 100, batchingWindowSeconds: 10, maxConcurrency: 4 },
    environment: ['METRICS_TABLE_NAME'],
    grants: { metricsTable: ['BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem', 'UpdateItem'] },
  },
  'schedule-alerts': {
    description: 'Hands every alert rule that is due to the evaluations queue.',
    memoryMegabytes: 512,
    timeoutSeconds: 50,
    trigger: { kind: 'schedule', expression: 'rate(1 minute)' },
    environment: ['TABLE_NAME', 'EVALUATIONS_QUEUE_URL'],
    grants: { mainTable: ['Query gsi2'], sendTo: 'evaluations' },
  },
  'evaluate-alert': {
    description: 'Compares metrics with a rule and records what changed.',
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    // Bounded, so that a burst of rules leaves executions to the HTTP doors of a small account.
    trigger: { kind: 'queue', queue: 'evaluations', batchSize: 10, maxConcurrency: 5 },
    environment: ['TABLE_NAME', 'METRICS_TABLE_NAME', 'NOTIFICATIONS_QUEUE_URL'],
    grants: {
      mainTable: ['GetItem', 'PutItem', 'UpdateItem'],
      metricsTable: ['Query'],
      sendTo: 'notifications',
    },
  },
  'render-alert': {
    description: 'Writes the Slack messages of incidents.',
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    // Slack takes about one message a second and channel: more senders at once would only be told to wait.
    trigger: { kind: 'queue', queue: 'notifications', batchSize: 10, maxConcurrency: 2 },
    environment: ['TABLE_NAME', 'SECRET_ID', 'PUBLIC_URL', 'SLACK_API_URL', 'SLACK_CLIENT_ID'],
    grants: { mainTable: ['GetItem', 'BatchGetItem', 'Query', 'Query gsi1', 'UpdateItem'], readSecret: true },
  },
  'render-chart': {
    description: 'Draws the metric of an alert rule and posts the picture in Slack.',
    // Drawing is nothing but computing, and somebody waits for it.
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 60,
    // One at a time in each: a picture takes the processor whole.
    trigger: { kind: 'queue', queue: 'charts', batchSize: 1, maxConcurrency: 2 },
    environment: ['TABLE_NAME', 'METRICS_TABLE_NAME', 'SECRET_ID', 'SLACK_API_URL', 'SLACK_CLIENT_ID'],
    grants: {
      mainTable: ['GetItem', 'BatchGetItem', 'Query gsi1', 'PutItem', 'UpdateItem'],
      metricsTable: ['Query'],
      readSecret: true,
    },
    files: [
      '@resvg/resvg-wasm/index_bg.wasm',
      'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
      'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
    ],
  },
  'delete-project': {
    description: 'Erases everything of a deleted project, in turns.',
    memoryMegabytes: 512,
    timeoutSeconds: 120,
    // One project a time and message: it takes as long as it takes.
    trigger: { kind: 'queue', queue: 'deletions', batchSize: 1, maxConcurrency: 2 },
    environment: ['TABLE_NAME', 'DELETIONS_QUEUE_URL'],
    grants: {
      mainTable: ['GetItem', 'Query', 'Query gsi1', 'PutItem', 'BatchWriteItem', 'UpdateItem', 'DeleteItem'],
      sendTo: 'deletions',
    },
    sendsToItself: true,
  },
  'after-release': {
    description:
      'Does what a new release leaves to be done: settles issues that waited for it, notes the use of the token.',
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    trigger: { kind: 'queue', queue: 'follow-ups', batchSize: 10, maxConcurrency: 5 },
    environment: ['TABLE_NAME'],
    grants: {
      mainTable: ['BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem', 'UpdateItem', 'DeleteItem'],
    },
  },
  admin: {
    description: 'Makes organizations, members, teams, projects, tokens, workspaces and rules for npm run admin.',
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    trigger: { kind: 'invocation' },
    environment: [
      'TABLE_NAME',
      'SECRET_ID',
      'UPSTASH_REDIS_REST_URL',
      'PUBLIC_URL',
      'SLACK_API_URL',
      'SLACK_CLIENT_ID',
      'DELETIONS_QUEUE_URL',
    ],
    grants: {
      mainTable: [
        'GetItem',
        'BatchGetItem',
        'Query',
        'Query gsi1',
        'Query gsi2',
        'PutItem',
        'UpdateItem',
        'DeleteItem',
      ],
      readSecret: true,
      sendTo: 'deletions',
    },
  },
} as const satisfies Readonly<Record<string, FunctionDefinition>>;

export type FunctionName = keyof typeof functions;

/** The names in the order of the table. */
export const functionNames = Object.keys(functions) as readonly FunctionName[];
