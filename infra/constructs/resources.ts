import type { Construct } from 'constructs';
import { type FunctionDefinition, type FunctionName, functions, type QueueName } from '../functions.ts';
import { mainTable, metricsTable } from '../tables.ts';
import { AppSecret } from './app-secret.ts';
import { Table } from './table.ts';
import { WorkQueue } from './work-queue.ts';

/** What functions can be bound to. */
export interface Resources {
  readonly mainTable: Table;
  readonly metricsTable: Table;
  readonly secret: AppSecret;
  readonly queues: Readonly<Record<QueueName, WorkQueue>>;
}

/** Creates the tables, the secret and the queues. */
export function createResources(scope: Construct, { production }: { readonly production: boolean }): Resources {
  const queueFor = (consumer: FunctionName, id: string) => {
    const { timeoutSeconds, trigger }: FunctionDefinition = functions[consumer];
    const batchingWindowSeconds = trigger.kind === 'queue' ? (trigger.batchingWindowSeconds ?? 0) : 0;
    return new WorkQueue(scope, id, { consumerTimeoutSeconds: timeoutSeconds, batchingWindowSeconds });
  };
  return {
    mainTable: new Table(scope, 'MainTable', { shape: mainTable, production }),
    metricsTable: new Table(scope, 'MetricsTable', { shape: metricsTable, production }),
    secret: new AppSecret(scope, 'Secret', { production }),
    queues: {
      evaluations: queueFor('evaluate-alert', 'EvaluationsQueue'),
      notifications: queueFor('render-alert', 'NotificationsQueue'),
      deletions: queueFor('delete-project', 'DeletionsQueue'),
      'commit-fetches': queueFor('fetch-commits', 'CommitFetchesQueue'),
      points: queueFor('fold-points', 'PointsQueue'),
      'follow-ups': queueFor('after-release', 'FollowUpsQueue'),
      'slack-jobs': queueFor('slack-worker', 'SlackJobsQueue'),
      charts: queueFor('render-chart', 'ChartsQueue'),
    },
  };
}
