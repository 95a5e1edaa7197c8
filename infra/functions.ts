import { alertFunctions } from './alert-functions.ts';
import { apiFunctions } from './api-functions.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { metricFunctions } from './metric-functions.ts';
import { pageFunctions } from './page-functions.ts';
import { slackFunctions } from './slack-functions.ts';

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
  ...slackFunctions,
  ...pageFunctions,
  ...metricFunctions,
  ...alertFunctions,
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
  'delete-project': {
    description: 'Erases everything of a deleted project, in turns.',
    memoryMegabytes: 512,
    timeoutSeconds: 120,
    // One project a time and message: it takes as long as it takes.
    trigger: { kind: 'queue', queue: 'deletions', batchSize: 1, maxConcurrency: 2 },
    environment: ['TABLE_NAME', 'DELETIONS_QUEUE_URL'],
    grants: {
      mainTable: [
        'GetItem',
        'Query',
        'Query gsi1',
        'Query gsi2',
        'PutItem',
        'BatchWriteItem',
        'UpdateItem',
        'DeleteItem',
      ],
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
