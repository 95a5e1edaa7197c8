import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
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
      const bodies = messages.map((message) => JSON.stringify(message));
      const limits = {
        most: sqsBatchMessages,
        maxSize: sqsBatchBytes,
        sizeOf: (body: string) => Buffer.byteLength(body),
      };
      for (const batch of groupBySize(bodies, limits)) {
        const answer = await client.send(
          new SendMessageBatchCommand({
            QueueUrl: url,
            Entries: batch.map((MessageBody, index) => ({
              Id: String(index),
              MessageBody,
              ...(delaySeconds > 0 && { DelaySeconds: delaySeconds }),
            })),
          }),
        );
        const refused = answer.Failed ?? [];
        if (refused.length > 0) {
          throw new UnavailableError(`The queue refused ${refused.length} messages (${refused[0]?.Code}).`, 1);
        }
      }
    },
  };
}
