import type { Queue } from '../../lib/platform/queue.ts';

/** A queue of the world outside, in memory: what was sent stands in it until a test takes it. */
export interface ArrayQueue<Message> extends Queue<Message> {
  /** Takes all messages that were sent since the last call, as they travel: as JSON. */
  takeAll(): Message[];
}

/** An empty queue. */
export function arrayQueue<Message>(): ArrayQueue<Message> {
  let sent: string[] = [];
  return {
    async send(messages) {
      sent.push(...messages.map((message) => JSON.stringify(message)));
    },
    takeAll() {
      const taken = sent.map((text) => JSON.parse(text) as Message);
      sent = [];
      return taken;
    },
  };
}
