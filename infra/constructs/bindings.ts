import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Grants, ItemAction } from '../functions.ts';
import type { PostflowFunction } from './postflow-function.ts';
import type { Resources } from './resources.ts';
import type { Table } from './table.ts';
import type { WorkQueue } from './work-queue.ts';

/** Lets a function do these item actions on a table; a query of an index is for that index alone. */
function bindTable(target: PostflowFunction, table: Table, actions: readonly ItemAction[]): void {
  const onTable = actions.filter((action) => !action.includes(' ')).map((action) => `dynamodb:${action}`);
  if (onTable.length > 0) {
    target.grant(onTable, [table.arn]);
  }
  const indexes = actions.flatMap((action) => action.match(/^Query (.+)$/)?.[1] ?? []);
  if (indexes.length > 0) {
    target.grant(
      ['dynamodb:Query'],
      indexes.map((index) => `${table.arn}/index/${index}`),
    );
  }
}

/** Gives a function what its line in the table of functions says, and nothing else. */
export function bindGrants(target: PostflowFunction, grants: Grants, resources: Resources): void {
  if (grants.mainTable !== undefined) {
    bindTable(target, resources.mainTable, grants.mainTable);
  }
  if (grants.metricsTable !== undefined) {
    bindTable(target, resources.metricsTable, grants.metricsTable);
  }
  if (grants.readSecret === true) {
    target.grant(['secretsmanager:GetSecretValue'], [resources.secret.arn]);
  }
  for (const queue of [grants.sendTo ?? []].flat()) {
    target.grant(['sqs:SendMessage'], [resources.queues[queue].queue.queueArn]);
  }
  if (grants.deadLettersOf !== undefined) {
    target.grant(['sqs:SendMessage'], [resources.queues[grants.deadLettersOf].deadLetters.queueArn]);
  }
}

/** Has a function consume a queue in batches whose messages succeed or fail one by one. */
export function bindQueue(
  target: PostflowFunction,
  { queue }: WorkQueue,
  limits: {
    readonly batchSize: number;
    readonly maxConcurrency: number;
    readonly batchingWindowSeconds?: number;
  },
): void {
  target.grant(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [queue.queueArn]);
  new EventSourceMapping(target, 'Messages', {
    target: target.lambda,
    eventSourceArn: queue.queueArn,
    batchSize: limits.batchSize,
    maxConcurrency: limits.maxConcurrency,
    ...(limits.batchingWindowSeconds !== undefined && {
      maxBatchingWindow: Duration.seconds(limits.batchingWindowSeconds),
    }),
    reportBatchItemFailures: true,
  });
}
