import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { UnavailableError } from './errors.ts';
import { sqsBatchMessages } from './limits.ts';

/** A queue that takes messages of one kind. */
export interface Queue<Message> {
  /** Sends all of them. @throws UnavailableError when some were not taken; sending all again is safe for our consumers. */
  send(messages: readonly Message[]): Promise<void>;
}

/** The SQS queue at `url`; messages travel as JSON. */
export function sqsQueue<Message>(url: string, client: SQSClient = new SQSClient({})): Queue<Message> {
  return {
    async send(messages) {
      for (let start = 0; start < messages.length; start += sqsBatchMessages) {
        const batch = messages.slice(start, start + sqsBatchMessages);
        const answer = await client.send(
          new SendMessageBatchCommand({
            QueueUrl: url,
            Entries: batch.map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message) })),
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
