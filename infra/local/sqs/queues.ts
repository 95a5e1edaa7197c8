import type { QueueModel } from '../template/stack-model.ts';
import type { WorkTracker } from '../work-tracker.ts';
import { createQueue, type NewMessage, type Queue } from './queue.ts';

/** All queues of the stack. */
export interface Queues {
  readonly all: readonly Queue[];
  byArn(arn: string): Queue | undefined;
  byUrl(url: string): Queue | undefined;
  byName(name: string): Queue | undefined;
  /** Puts a message into the queue of that ARN; anything else (a topic) has no readers here. */
  deliver(arn: string, message: NewMessage): void;
  close(): void;
}

/**
 * Makes the queues. A message in a queue that a function reads counts as work under way until it is deleted or given
 * up; dead letters wait for a person and do not.
 */
export function createQueues(models: readonly QueueModel[], readArns: ReadonlySet<string>, work: WorkTracker): Queues {
  const byArn = new Map<string, Queue>();
  for (const model of models) {
    const queue = createQueue(model, {
      ...(readArns.has(model.arn) && { onArrival: () => work.begin() }),
      onExhausted(message) {
        work.tally.deadLetters += 1;
        byArn.get(model.redrive?.deadLetterArn ?? '')?.send({ body: message.body, attributes: message.attributes });
      },
    });
    byArn.set(model.arn, queue);
  }
  const all = [...byArn.values()];
  return {
    all,
    byArn: (arn) => byArn.get(arn),
    // Callers may reach this machine under another name (localhost), so the path alone decides.
    byUrl: (url) => all.find(({ model }) => new URL(model.url).pathname === pathOf(url)),
    byName: (name) => all.find(({ model }) => model.name === name),
    deliver: (arn, message) => void byArn.get(arn)?.send(message),
    close() {
      for (const queue of all) queue.close();
    },
  };
}

function pathOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).pathname : undefined;
}
