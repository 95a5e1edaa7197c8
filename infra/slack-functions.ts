import { type FunctionDefinition, oneVcpu } from './function-definition.ts';

/** The functions that speak with Slack, but for its pages. */
export const slackFunctions = {
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
      'METRIC_RETENTION_DAYS',
      'SECRET_ID',
      'PUBLIC_URL',
      'SLACK_API_URL',
      'SLACK_CLIENT_ID',
      'SLACK_COMMAND',
      'DOCS_URL',
      'SUPPORT_URL',
      'SLACK_JOBS_QUEUE_URL',
      'CHARTS_QUEUE_URL',
    ],
    grants: {
      mainTable: ['GetItem', 'BatchGetItem', 'Query', 'Query gsi1', 'PutItem', 'UpdateItem', 'DeleteItem'],
      metricsTable: ['Query'],
      readSecret: true,
      sendTo: ['slack-jobs', 'charts'],
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
} as const satisfies Readonly<Record<string, FunctionDefinition>>;
