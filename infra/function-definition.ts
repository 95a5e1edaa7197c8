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

export type QueueName =
  | 'evaluations'
  | 'notifications'
  | 'deletions'
  | 'commit-fetches'
  | 'follow-ups'
  | 'points'
  | 'charts'
  | 'slack-jobs';

/** Every variable that a function of ours may read; a function gets those that its definition names. */
export type EnvironmentKey =
  | 'TABLE_NAME'
  | 'METRICS_TABLE_NAME'
  | 'METRIC_RETENTION_DAYS'
  | 'SERIES_PER_DAY'
  | 'SECRET_ID'
  | 'UPSTASH_REDIS_REST_URL'
  | 'PUBLIC_URL'
  | 'SLACK_API_URL'
  | 'SLACK_COMMAND'
  | 'SLACK_CLIENT_ID'
  | 'OIDC_ISSUER'
  | 'OIDC_CLIENT_ID'
  | 'GITHUB_API_URL'
  | 'DOCS_URL'
  | 'SUPPORT_URL'
  | 'EVALUATIONS_QUEUE_URL'
  | 'NOTIFICATIONS_QUEUE_URL'
  | 'DELETIONS_QUEUE_URL'
  | 'FETCHES_QUEUE_URL'
  | 'FOLLOW_UPS_QUEUE_URL'
  | 'POINTS_QUEUE_URL'
  | 'POINTS_PER_MINUTE'
  | 'POINTS_DEAD_LETTERS_URL'
  | 'SLACK_JOBS_QUEUE_URL'
  | 'CHARTS_QUEUE_URL';

/** What starts a function: its routes (infra/routes.ts), a schedule, a queue, or only a direct invocation. */
export type Trigger =
  | { readonly kind: 'http' }
  | { readonly kind: 'schedule'; readonly expression: string }
  | {
      readonly kind: 'queue';
      readonly queue: QueueName;
      readonly batchSize: number;
      readonly maxConcurrency: number;
      readonly batchingWindowSeconds?: number;
    }
  | { readonly kind: 'invocation' };

/** All that a function may touch beyond its own logs and traces. */
export interface Grants {
  readonly mainTable?: readonly ItemAction[];
  readonly metricsTable?: readonly ItemAction[];
  readonly readSecret?: true;
  readonly sendTo?: QueueName | readonly QueueName[];
  /** Puts what will never be done into the dead-letter queue of this queue itself, with the reason. */
  readonly deadLettersOf?: QueueName;
}

export interface FunctionDefinition {
  readonly description: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly trigger: Trigger;
  readonly environment: readonly EnvironmentKey[];
  readonly grants: Grants;
  /** Files of packages that its code reads at run time: they are put into the bundle's own node_modules. */
  readonly files?: readonly string[];
  /** Sends itself what it has not finished: Lambda otherwise takes that for a loop and ends it after sixteen turns. */
  readonly sendsToItself?: true;
  /** Takes this many executions out of the account's limit, for this function alone and at most. */
  readonly reservedConcurrency?: number;
}

/** The memory at which Lambda gives a whole vCPU: for doors that somebody waits at. */
export const oneVcpu = 1769;
