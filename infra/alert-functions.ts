import { type FunctionDefinition, oneVcpu } from './function-definition.ts';

/** The functions that judge alert rules and tell of their incidents. */
export const alertFunctions = {
  'schedule-alerts': {
    description: 'Hands every alert rule that is due to the evaluations queue, and every digest to the charts queue.',
    memoryMegabytes: 512,
    timeoutSeconds: 50,
    trigger: { kind: 'schedule', expression: 'rate(1 minute)' },
    environment: ['TABLE_NAME', 'EVALUATIONS_QUEUE_URL', 'CHARTS_QUEUE_URL'],
    grants: { mainTable: ['Query gsi2'], sendTo: ['evaluations', 'charts'] },
  },
  'evaluate-alert': {
    description: 'Compares metrics with the rules of a project and records what changed.',
    // Reading many series is nothing but computing, and with less of a processor it takes as much longer as it costs less.
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 60,
    // Bounded, so that a burst of rules leaves executions to the HTTP doors of a small account.
    trigger: { kind: 'queue', queue: 'evaluations', batchSize: 10, maxConcurrency: 5 },
    environment: [
      'TABLE_NAME',
      'METRICS_TABLE_NAME',
      'METRIC_RETENTION_DAYS',
      'PUBLIC_URL',
      'NOTIFICATIONS_QUEUE_URL',
      'SLACK_JOBS_QUEUE_URL',
    ],
    grants: {
      // Query: whom a rule tells, in Slack.
      mainTable: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      metricsTable: ['Query'],
      // Slack jobs: what the outbox says of a rule whose metric cannot be read.
      sendTo: ['notifications', 'slack-jobs'],
    },
  },
  'render-alert': {
    description: 'Writes the Slack messages of incidents.',
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    // Slack takes about one message a second and channel: more senders at once would only be told to wait.
    trigger: { kind: 'queue', queue: 'notifications', batchSize: 10, maxConcurrency: 2 },
    environment: [
      'TABLE_NAME',
      'SECRET_ID',
      'PUBLIC_URL',
      'SLACK_API_URL',
      'SLACK_CLIENT_ID',
      'CHARTS_QUEUE_URL',
      'NOTIFICATIONS_QUEUE_URL',
    ],
    grants: {
      mainTable: ['GetItem', 'BatchGetItem', 'Query', 'Query gsi1', 'UpdateItem'],
      readSecret: true,
      // What is to wait goes back into the queue that it came from.
      sendTo: ['charts', 'notifications'],
    },
    sendsToItself: true,
  },
  'render-chart': {
    description: 'Draws the metrics of alert rules, for messages of incidents, shared links and whoever asks.',
    // Drawing is nothing but computing, and somebody waits for it.
    memoryMegabytes: oneVcpu,
    timeoutSeconds: 60,
    // One at a time in each: a picture takes the processor whole.
    trigger: { kind: 'queue', queue: 'charts', batchSize: 1, maxConcurrency: 2 },
    environment: [
      'TABLE_NAME',
      'METRICS_TABLE_NAME',
      'METRIC_RETENTION_DAYS',
      'SECRET_ID',
      'PUBLIC_URL',
      'SLACK_API_URL',
      'SLACK_CLIENT_ID',
    ],
    grants: {
      mainTable: ['GetItem', 'BatchGetItem', 'Query', 'Query gsi1', 'PutItem', 'UpdateItem'],
      metricsTable: ['Query'],
      readSecret: true,
    },
    files: [
      '@resvg/resvg-wasm/index_bg.wasm',
      'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
      'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
    ],
  },
} as const satisfies Readonly<Record<string, FunctionDefinition>>;
