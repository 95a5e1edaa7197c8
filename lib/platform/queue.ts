import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, SQSClient } from '@aws-sdk/client-sqs';
import { UnavailableError } from './errors.ts';
import { groupBySize } from './group-by-size.ts';
import { sqsBatchBytes, sqsBatchMessages } from './limits.ts';

/** A queue that takes messages of one kind. */
export interface Queue<Message> {
  /** Sends all of them, to be handed out after the delay at the earliest; 900 seconds at most. @throws UnavailableError when some were not taken; sending all again is safe for our consumers. */
  send(messages: readonly Message[], options?: { readonly delaySeconds?: number }): Promise<void>;
}

/** The SQS queue at `url`; messages travel as JSON. */
export function sqsQueue<Message>(url: string, client: SQSClient = new SQSClient({})): Queue<Message> {
  return {
    async send(messages, { delaySeconds = 0 } = {}) {
      const delay = delaySeconds > 0 ? { DelaySeconds: delaySeconds } : {};
      await sendAll(
        client,
        url,
        messages.map((message) => ({ MessageBody: JSON.stringify(message), ...delay })),
      );
    },
  };
}

/** A message as SQS takes it, before it has its number in a batch. */
type Entry = Omit<SendMessageBatchRequestEntry, 'Id'>;

/** Sends messages in as few requests as the limits allow. @throws UnavailableError when some were not taken */
export async function sendAll(client: SQSClient, url: string, entries: readonly Entry[]): Promise<void> {
  const sizeOf = ({ MessageBody = '', MessageAttributes = {} }: Entry) =>
    Buffer.byteLength(MessageBody) + Buffer.byteLength(JSON.stringify(MessageAttributes));
  for (const batch of groupBySize(entries, { most: sqsBatchMessages, maxSize: sqsBatchBytes, sizeOf })) {
    const Entries = batch.map((entry, index) => ({ ...entry, Id: String(index) }));
    const { Failed: refused = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    if (refused.length > 0) {
      throw new UnavailableError(`The queue refused ${refused.length} messages (${refused[0]?.Code}).`, 1);
    }
  }
}
