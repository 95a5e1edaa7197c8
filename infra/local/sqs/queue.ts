import { randomUUID } from 'node:crypto';
import type { QueueModel } from '../template/stack-model.ts';
import type { MessageAttributes, QueueMessage } from './message.ts';

/** What a sender gives. */
export interface NewMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly delaySeconds?: number | undefined;
  readonly traceHeader?: string | undefined;
}

/** A standard queue in memory. */
export interface Queue {
  readonly model: QueueModel;
  send(message: NewMessage): QueueMessage;
  /** Takes up to `limit` visible messages, as long as they fit, and hides them for that long. */
  receive(limit: number, hiddenForMs: number, fits?: (message: QueueMessage) => boolean): QueueMessage[];
  /** Ends a message; `false` for a receipt handle that is not the latest. */
  delete(receiptHandle: string): boolean;
  /** Shows a received message again after that long. */
  showAgain(receiptHandle: string, afterMs: number): boolean;
  purge(): void;
  counts(): { visible: number; hidden: number; delayed: number };
  /** Resolves when a message is visible, at once if so already, or when the signal says stop. */
  untilVisible(stop: AbortSignal): Promise<void>;
  /** Ends its timers. */
  close(): void;
}

/** What happens to messages at their ends. */
export interface QueueHooks {
  /** Called when a message arrives; what it gives is called when the message has left this queue. */
  readonly onArrival?: () => () => void;
  /** Takes a message that was received too often. */
  readonly onExhausted?: (message: QueueMessage) => void;
}

/** Makes an empty queue. */
export function createQueue(model: QueueModel, hooks: QueueHooks = {}): Queue {
  const messages = new Map<string, QueueMessage>();
  const left = new Map<string, () => void>();
  const watchers = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;

  const remove = (message: QueueMessage): void => {
    messages.delete(message.messageId);
    left.get(message.messageId)?.();
    left.delete(message.messageId);
  };
  const byHandle = (receiptHandle: string): QueueMessage | undefined =>
    [...messages.values()].find((message) => message.receiptHandle === receiptHandle);

  /** Wakes who waits when the next message becomes visible. */
  const watch = (): void => {
    clearTimeout(timer);
    if (watchers.size === 0) return;
    const nextMs = Math.min(...[...messages.values()].map(({ visibleAtMs }) => visibleAtMs));
    if (nextMs === Number.POSITIVE_INFINITY) return;
    const waitMs = nextMs - Date.now();
    if (waitMs > 0) {
      timer = setTimeout(watch, waitMs);
    } else {
      for (const wake of [...watchers]) wake();
    }
  };

  return {
    model,
    send({ body, attributes = {}, delaySeconds, traceHeader }) {
      const now = Date.now();
      const message: QueueMessage = {
        messageId: randomUUID(),
        body,
        attributes,
        sentAtMs: now,
        receiveCount: 0,
        visibleAtMs: now + (delaySeconds ?? model.delaySeconds) * 1_000,
        ...(traceHeader !== undefined && { traceHeader }),
      };
      messages.set(message.messageId, message);
      const onLeave = hooks.onArrival?.();
      if (onLeave !== undefined) left.set(message.messageId, onLeave);
      watch();
      return message;
    },
    receive(limit, hiddenForMs, fits = () => true) {
      const now = Date.now();
      const taken: QueueMessage[] = [];
      for (const message of messages.values()) {
        if (taken.length >= limit) break;
        if (message.visibleAtMs > now) continue;
        if (model.redrive !== undefined && message.receiveCount >= model.redrive.maxReceiveCount) {
          hooks.onExhausted?.(message);
          remove(message);
          continue;
        }
        if (!fits(message)) break;
        message.receiveCount += 1;
        message.firstReceivedAtMs ??= now;
        message.visibleAtMs = now + hiddenForMs;
        message.receiptHandle = randomUUID();
        taken.push(message);
      }
      watch();
      return taken;
    },
    delete(receiptHandle) {
      const message = byHandle(receiptHandle);
      if (message !== undefined) remove(message);
      return message !== undefined;
    },
    showAgain(receiptHandle, afterMs) {
      const message = byHandle(receiptHandle);
      if (message === undefined) return false;
      message.visibleAtMs = Date.now() + afterMs;
      watch();
      return true;
    },
    purge() {
      for (const message of [...messages.values()]) remove(message);
    },
    counts() {
      const now = Date.now();
      const all = [...messages.values()];
      const later = all.filter(({ visibleAtMs }) => visibleAtMs > now);
      const delayed = later.filter(({ receiveCount }) => receiveCount === 0).length;
      return { visible: all.length - later.length, hidden: later.length - delayed, delayed };
    },
    async untilVisible(stop) {
      if (stop.aborted) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const onStop = () => resolve();
      watchers.add(resolve);
      stop.addEventListener('abort', onStop, { once: true });
      watch();
      await promise;
      stop.removeEventListener('abort', onStop);
      watchers.delete(resolve);
    },
    close: () => clearTimeout(timer),
  };
}
