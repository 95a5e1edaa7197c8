import { type FunctionDefinition, oneVcpu } from './function-definition.ts';

/** The functions that show pages to people. */
export const pageFunctions = {
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
      'METRIC_RETENTION_DAYS',
      'SECRET_ID',
      'PUBLIC_URL',
      'OIDC_ISSUER',
      'NOTIFICATIONS_QUEUE_URL',
    ],
    grants: {
      mainTable: ['GetItem', 'BatchGetItem', 'Query', 'Query gsi1', 'PutItem', 'UpdateItem', 'DeleteItem'],
      metricsTable: ['Query'],
      readSecret: true,
      sendTo: 'notifications',
    },
  },
} as const satisfies Readonly<Record<string, FunctionDefinition>>;
