import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import type { Delivery } from '../../lib/platform/delivery.ts';
import { AtWorkError } from '../../lib/platform/errors.ts';
import { parseInput } from '../../lib/platform/field-errors.ts';
import type { AppSource, BaseApp } from './start-app.ts';

/** Everything that tells one queue's consumer from another. */
export interface QueueDoor<A extends BaseApp, Message extends z.ZodType> {
  /** The function's name; the counters of its outcomes begin with it. */
  readonly name: string;
  readonly message: Message;
  readonly handle: (app: A, message: z.infer<Message>, delivery: Delivery) => Promise<void>;
}

/** How often a queue hands out a message; what fails that often goes to its dead-letter queue. */
const maxReceiveCount = 5;

/** A queue's consumer as Lambda calls it. */
export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/**
 * Makes a consumer of a queue. Each message succeeds or fails for itself; the failed ones come again, and after the
 * queue's last attempt end in its dead-letter queue.
 */
export function queueDoor<A extends BaseApp, M extends z.ZodType>(
  door: QueueDoor<A, M>,
  appOf: AppSource<A>,
): QueueHandler {
  return async (event, context) => {
    const app = await appOf();
    app.log.about({ requestId: context.awsRequestId });
    const processor = new BatchProcessor(EventType.SQS);
    // Messages of a batch are handled side by side, so that only a line's own fields can say which one it is about.
    const handle = async (record: SQSRecord): Promise<void> => {
      try {
        const message = parseInput(door.message, JSON.parse(record.body) as unknown);
        await door.handle(app, message, deliveryOf(record, context));
        app.metrics.count(`${door.name}.success`);
      } catch (error) {
        if (error instanceof AtWorkError) {
          app.metrics.count(`${door.name}.put_off`);
          throw error;
        }
        app.metrics.count(`${door.name}.failure`);
        app.log.error('a message failed and will come again', error, { messageId: record.messageId });
        throw error;
      }
    };
    try {
      return await processPartialResponse(event, handle, processor, { context, throwOnFullBatchFailure: false });
    } finally {
      app.metrics.flush();
    }
  };
}

/** Whether the queue hands a message out no more. */
export function isLastAttempt(record: SQSRecord): boolean {
  return attemptOf(record) >= maxReceiveCount;
}

function attemptOf({ attributes }: SQSRecord): number {
  return Number(attributes.ApproximateReceiveCount) || 1;
}

function deliveryOf(record: SQSRecord, context: Context): Delivery {
  return {
    messageId: record.messageId,
    attempt: attemptOf(record),
    lastAttempt: isLastAttempt(record),
    remainingMs: context.getRemainingTimeInMillis(),
  };
}
