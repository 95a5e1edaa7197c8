import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { parseInput } from '../../lib/platform/field-errors.ts';
import type { QueueHandler } from './queue-door.ts';
import type { AppSource, BaseApp } from './start-app.ts';

/** Everything that tells the consumer of one queue from another, where messages are worked on together. */
export interface BatchDoor<A extends BaseApp, Message extends z.ZodType> {
  /** The function's name; the counters of its outcomes begin with it. */
  readonly name: string;
  readonly message: Message;
  /** Gives the reasons of those that failed, by their place among the messages. */
  readonly handle: (app: A, messages: readonly z.infer<Message>[]) => Promise<ReadonlyMap<number, unknown>>;
}

/**
 * Makes a consumer that works on a whole batch at once. What cannot be read, and what `handle` names, comes again and
 * after the queue's last attempt ends in its dead-letter queue; the log says why. The others are done.
 */
export function batchDoor<A extends BaseApp, M extends z.ZodType>(
  door: BatchDoor<A, M>,
  appOf: AppSource<A>,
): QueueHandler {
  return async ({ Records: records }, context): Promise<SQSBatchResponse> => {
    const app = await appOf();
    app.log.about({ requestId: context.awsRequestId });
    const failed = new Set<string>();
    const fail = ({ messageId }: SQSRecord, reason: unknown): void => {
      failed.add(messageId);
      app.log.error('a message failed and will come again', reason, { messageId });
    };
    const readable = records.flatMap((record) => {
      try {
        return [{ record, message: parseInput(door.message, JSON.parse(record.body) as unknown) }];
      } catch (error) {
        fail(record, error);
        return [];
      }
    });
    try {
      const reasons = await handled(door, app, readable);
      for (const [place, { record }] of readable.entries()) if (reasons.has(place)) fail(record, reasons.get(place));
      if (failed.size > 0) app.metrics.count(`${door.name}.failure`, failed.size);
      if (records.length > failed.size) app.metrics.count(`${door.name}.success`, records.length - failed.size);
    } finally {
      app.metrics.flush();
    }
    return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** An error of the whole is one of every message. */
async function handled<A extends BaseApp, M extends z.ZodType>(
  door: BatchDoor<A, M>,
  app: A,
  readable: readonly { readonly message: z.infer<M> }[],
): Promise<ReadonlyMap<number, unknown>> {
  if (readable.length === 0) return new Map();
  try {
    return await door.handle(
      app,
      readable.map(({ message }) => message),
    );
  } catch (error) {
    return new Map(readable.map((_, place) => [place, error]));
  }
}
