import type { LambdaFunctions } from '../lambda/functions.ts';
import { payloadLimitBytes } from '../lambda/outcome.ts';
import type { EventSourceModel } from '../template/stack-model.ts';
import type { Waits } from '../waits.ts';
import { failedMessageIds } from './batch-answer.ts';
import type { QueueMessage } from './message.ts';
import type { Queue } from './queue.ts';
import { sqsEvent } from './sqs-event.ts';

/** What a poller works with. */
export interface EventSourceOptions {
  readonly model: EventSourceModel;
  readonly queue: Queue;
  readonly functions: LambdaFunctions;
  readonly waits: Waits;
  readonly region: string;
}

/** Lambda's poller between a queue and a function. */
export interface EventSource {
  /** Takes no further messages and waits for the batches that run. */
  close(): Promise<void>;
}

/** Hides messages while their batch runs: the visibility timeout is longer than the function may take. */
const whileRunning = Number.POSITIVE_INFINITY;

/** Starts polling: as many batches at once as the function has places. */
export function startEventSource(options: EventSourceOptions): EventSource {
  const { model, queue, functions } = options;
  const stop = new AbortController();
  const places = functions.pool(model.functionName).concurrency;
  const pollers = Math.min(model.maximumConcurrency ?? places, places);
  const running = Array.from({ length: pollers }, () => poll(options, stop.signal));
  return {
    async close() {
      stop.abort();
      await Promise.all(running);
      queue.close();
    },
  };
}

async function poll(options: EventSourceOptions, stop: AbortSignal): Promise<void> {
  const { queue } = options;
  while (!stop.aborted) {
    await queue.untilVisible(stop);
    if (stop.aborted) return;
    const batch = await gather(options, stop);
    if (batch.length > 0) await runBatch(options, batch);
  }
}

/**
 * Takes what is there, and with a batching window waits for more until the batch is full, the event is as large as a function
 * takes, or the window closes.
 */
async function gather(options: EventSourceOptions, stop: AbortSignal): Promise<QueueMessage[]> {
  const { model, queue, waits } = options;
  const room = roomInEvent(options);
  const batch = queue.receive(model.batchSize, whileRunning, room.fits);
  if (batch.length === 0 || model.windowSeconds === 0) return batch;
  const windowOver = AbortSignal.any([stop, AbortSignal.timeout(Math.ceil(waits.milliseconds(model.windowSeconds)))]);
  while (batch.length < model.batchSize && !room.isFull && !windowOver.aborted) {
    await queue.untilVisible(windowOver);
    batch.push(...queue.receive(model.batchSize - batch.length, whileRunning, room.fits));
  }
  return batch;
}

/** What a receipt adds to a message, at most. */
const receiptBytes = 256;

/** How much more an event takes. No message is too large for an empty one: what SQS takes of 1 MiB has twice that as JSON. */
function roomInEvent({ queue, region }: EventSourceOptions) {
  let bytes = 0;
  const room = {
    isFull: false,
    fits(message: QueueMessage): boolean {
      bytes += Buffer.byteLength(JSON.stringify(sqsEvent(queue.model, [message], region))) + receiptBytes;
      room.isFull = bytes > payloadLimitBytes;
      return !room.isFull;
    },
  };
  return room;
}

async function runBatch(options: EventSourceOptions, batch: readonly QueueMessage[]): Promise<void> {
  const { model, queue, functions, waits, region } = options;
  const startedAtMs = Date.now();
  const event = JSON.stringify(sqsEvent(queue.model, batch, region));
  const outcome = await functions.invokeInBackground(model.functionName, event);
  const ids = batch.map(({ messageId }) => messageId);
  const partial = outcome.failed ? new Set(ids) : failedIds(model, outcome.payload, ids);

  const hiddenMs = queue.model.visibilityTimeoutSeconds * 1_000 - (Date.now() - startedAtMs);
  for (const { messageId, receiptHandle = '' } of batch) {
    // A failed message stays hidden for the rest of its visibility timeout, which is where AWS's wait between attempts comes from.
    if (partial.has(messageId)) queue.showAgain(receiptHandle, waits.milliseconds(Math.max(0, hiddenMs) / 1_000));
    else queue.delete(receiptHandle);
  }
}

function failedIds(model: EventSourceModel, answer: string, ids: readonly string[]): ReadonlySet<string> {
  return model.reportItemFailures ? failedMessageIds(answer, ids) : new Set();
}
