import type { LambdaFunctions } from '../lambda/functions.ts';
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

/** Takes what is there, and with a batching window waits for more until the batch is full or the window closes. */
async function gather({ model, queue, waits }: EventSourceOptions, stop: AbortSignal): Promise<QueueMessage[]> {
  const batch = queue.receive(model.batchSize, whileRunning);
  if (batch.length === 0 || model.windowSeconds === 0) return batch;
  const windowOver = AbortSignal.any([stop, AbortSignal.timeout(Math.ceil(waits.milliseconds(model.windowSeconds)))]);
  while (batch.length < model.batchSize && !windowOver.aborted) {
    await queue.untilVisible(windowOver);
    batch.push(...queue.receive(model.batchSize - batch.length, whileRunning));
  }
  return batch;
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
