/**
 * What a function may do to items; a transaction needs the actions of its parts and no own. A query names what it reads:
 * the table itself, or one of its indexes.
 */
export type ItemAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'Query gsi1'
  | 'Query gsi2'
  | 'ConditionCheckItem'
  | 'PutItem'
  | 'BatchWriteItem'
  | 'UpdateItem'
  | 'DeleteItem';

export type QueueName = 'evaluations' | 'notifications' | 'commit-fetches' | 'deletions';

/** Every variable that a function of ours may read; a function gets those that its definition names. */
export type EnvironmentKey =
  | 'TABLE_NAME'
  | 'METRICS_TABLE_NAME'
  | 'SECRET_ID'
  | 'UPSTASH_REDIS_REST_URL'
  | 'PUBLIC_URL'
  | 'SLACK_API_URL'
  | 'SLACK_COMMAND'
  | 'GITHUB_API_URL'
  | 'DOCS_URL'
  | 'SUPPORT_URL'
  | 'EVALUATIONS_QUEUE_URL'
  | 'NOTIFICATIONS_QUEUE_URL'
  | 'FETCHES_QUEUE_URL'
  | 'DELETIONS_QUEUE_URL';

/** What starts a function: its routes (infra/routes.ts), a schedule, a queue, or only a direct invocation. */
export type Trigger =
  | { readonly kind: 'http' }
  | { readonly kind: 'schedule'; readonly expression: string }
  | { readonly kind: 'queue'; readonly queue: QueueName; readonly batchSize: number; readonly maxConcurrency: number }
  | { readonly kind: 'invocation' };

/** All that a function may touch beyond its own logs and traces. */
export interface Grants {
  readonly mainTable?: readonly ItemAction[];
  readonly metricsTable?: readonly ItemAction[];
  readonly readSecret?: true;
  readonly sendTo?: QueueName;
}

export interface FunctionDefinition {
  readonly description: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly trigger: Trigger;
  readonly environment: readonly EnvironmentKey[];
  readonly grants: Grants;
  /** Sends itself what it has not finished: Lambda otherwise takes that for a loop and ends it after sixteen turns. */
  readonly sendsToItself?: true;
  /** Takes this many executions out of the account's limit, for this function alone and at most. */
  readonly reservedConcurrency?: number;
}

/** The memory at which Lambda gives a whole vCPU: for doors that somebody waits at. */
const oneVcpu = 1769;

/** Every Lambda function of the stack; the key is its file in functions/ and its folder in events/. */
export const functions = {
  'slack-commands': {
    description: 'Answers the slash command of the Slack app.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 10,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'SLACK_COMMAND', 'DOCS_URL', 'SUPPORT_URL'],
    grants: { mainTable: ['GetItem'], readSecret: true },
  },
  'create-release': {
    description: 'Creates a release, or fills in what an existing one still lacks.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 29,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'FETCHES_QUEUE_URL'],
    grants: {
      mainTable: [
        'GetItem',
        'BatchGetItem',
        'Query',
        'Query gsi1',
        'PutItem',
        'BatchWriteItem',
        'UpdateItem',
        'DeleteItem',
      ],
      readSecret: true,
      sendTo: 'commit-fetches',
    },
  },
  'update-release': {
    description: 'Changes a release: its dates, its status, its commits.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 29,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'FETCHES_QUEUE_URL'],
    grants: {
      mainTable: [
        'GetItem',
        'BatchGetItem',
        'Query',
        'Query gsi1',
        'PutItem',
        'BatchWriteItem',
        'UpdateItem',
        'DeleteItem',
      ],
      readSecret: true,
      sendTo: 'commit-fetches',
    },
  },
  'list-issues': {
    description: 'Lists issues, and shows one with what was done about it.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 29,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'PUBLIC_URL'],
    grants: { mainTable: ['GetItem', 'BatchGetItem', 'Query', 'Query gsi1', 'Query gsi2'] },
  },
  'update-issues': {
    description: 'Resolves issues, puts them aside, opens, assigns and reviews them: one, or all that fit.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 29,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME'],
    grants: {
      mainTable: ['GetItem', 'BatchGetItem', 'Query', 'Query gsi1', 'Query gsi2', 'PutItem', 'DeleteItem'],
    },
  },
  deploys: {
    description: 'Records deploys of releases, and lists the last ones.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 29,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'PUBLIC_URL'],
    grants: {
      mainTable: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      readSecret: true,
    },
  },
  organizations: {
    description: 'Shows organizations, who belongs to them, and their projects.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 10,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'PUBLIC_URL'],
    grants: { mainTable: ['GetItem', 'BatchGetItem', 'Query'] },
  },
  'org-auth-tokens': {
    description: 'Makes, lists and revokes the tokens of an organization.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 10,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'PUBLIC_URL'],
    grants: { mainTable: ['GetItem', 'Query gsi1', 'PutItem', 'DeleteItem'], readSecret: true },
  },
  'manage-projects': {
    description: 'Makes, changes and deletes projects.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 29,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'DELETIONS_QUEUE_URL'],
    grants: {
      mainTable: ['GetItem', 'BatchGetItem', 'PutItem', 'DeleteItem'],
      readSecret: true,
      sendTo: 'deletions',
    },
  },
  'notification-settings': {
    description: 'Shows and changes what people and teams want to be told of.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 10,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME'],
    grants: {
      mainTable: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem', 'PutItem', 'DeleteItem'],
    },
  },
  'previous-release': {
    description: 'Finds the release before another one that has commits.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 29,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME'],
    grants: { mainTable: ['GetItem', 'BatchGetItem', 'Query gsi1'] },
  },
  repositories: {
    description: 'Lists, makes and deletes the repositories that commits come from.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 29,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'PUBLIC_URL'],
    grants: { mainTable: ['GetItem', 'Query', 'PutItem', 'DeleteItem'], readSecret: true },
  },
  'fetch-commits': {
    description: 'Asks GitHub for the commits of releases.',
    memoryMegabytes: 512,
    // Ten thousand commits are a hundred pages, one after the other.
    timeoutSeconds: 180,
    // One release at a time in each: its repositories are asked side by side already, and GitHub counts requests.
    trigger: { kind: 'queue', queue: 'commit-fetches', batchSize: 1, maxConcurrency: 2 },
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'GITHUB_API_URL'],
    grants: {
      mainTable: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem', 'UpdateItem', 'DeleteItem'],
      readSecret: true,
    },
  },
  'ingest-envelope': {
    description: 'Takes metric points out of the envelopes that SDKs and sentry-cli send.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 10,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME', 'METRICS_TABLE_NAME'],
    grants: { mainTable: ['GetItem'], metricsTable: ['UpdateItem'] },
  },
  'api-root': {
    description: 'Says who is calling, and answers for every part of the API that has no function of its own.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 10,
    trigger: { kind: 'http' },
    environment: ['TABLE_NAME'],
    grants: { mainTable: ['GetItem'] },
  },
  openapi: {
    description: 'Serves the OpenAPI document of the API.',
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 10,
    trigger: { kind: 'http' },
    environment: ['PUBLIC_URL'],
    grants: {},
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
    environment: ['TABLE_NAME', 'SECRET_ID', 'PUBLIC_URL', 'SLACK_API_URL'],
    grants: { mainTable: ['GetItem', 'BatchGetItem', 'Query', 'UpdateItem'], readSecret: true },
  },
  'delete-project': {
    description: 'Erases everything of a deleted project, in turns.',
    memoryMegabytes: 512,
    timeoutSeconds: 120,
    // One project a time and message: it takes as long as it takes.
    trigger: { kind: 'queue', queue: 'deletions', batchSize: 1, maxConcurrency: 2 },
    environment: ['TABLE_NAME', 'DELETIONS_QUEUE_URL'],
    grants: {
      mainTable: ['GetItem', 'Query', 'Query gsi1', 'PutItem', 'UpdateItem', 'DeleteItem'],
      sendTo: 'deletions',
    },
    sendsToItself: true,
  },
  admin: {
    description: 'Makes organizations, members, teams, projects, tokens, workspaces and rules for npm run admin.',
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    trigger: { kind: 'invocation' },
    environment: ['TABLE_NAME', 'SECRET_ID', 'UPSTASH_REDIS_REST_URL', 'PUBLIC_URL', 'DELETIONS_QUEUE_URL'],
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
