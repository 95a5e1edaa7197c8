import { Duration } from 'aws-cdk-lib';
import { type CfnQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';

/** How often a message is handed out before it counts as dead. The door of the queues counts along. */
export const maxReceiveCount = 5;

/** A queue that a function consumes, with the queue that takes what it cannot process. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: DeadLetterQueue;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly consumerTimeoutSeconds: number; readonly batchingWindowSeconds: number },
  ) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, `${id}DeadLetters`);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Six times the consumer's timeout and the wait for a full batch, as Lambda asks for: a throttled batch is retried before it shows up again.
      visibilityTimeout: Duration.seconds(6 * props.consumerTimeoutSeconds + props.batchingWindowSeconds),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
    });
    (this.queue.node.defaultChild as CfnQueue).overrideLogicalId(id);
  }
}
