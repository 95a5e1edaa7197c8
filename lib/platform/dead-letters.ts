import { SQSClient } from '@aws-sdk/client-sqs';
import { sendAll } from './queue.ts';

/** A message that will never be done, as it was received, and why. */
export interface DeadLetter {
  readonly body: string;
  readonly messageId: string;
  readonly reason: string;
}

/** Where such messages are kept for people to look at. */
export interface DeadLetters {
  /** @throws UnavailableError when some were not taken */
  keep(letters: readonly DeadLetter[]): Promise<void>;
}

/** Whoever looks at a queue reads so much at most. */
const longestReason = 1_000;

/** A dead-letter queue; reasons stand beside the message, which can be sent back as it is. */
export function sqsDeadLetters(url: string, client: SQSClient = new SQSClient({})): DeadLetters {
  const attribute = (text: string) => ({ DataType: 'String', StringValue: text });
  return {
    keep: (letters) =>
      sendAll(
        client,
        url,
        letters.map(({ body, messageId, reason }) => ({
          MessageBody: body,
          MessageAttributes: { reason: attribute(readable(reason)), messageId: attribute(messageId) },
        })),
      ),
  };
}

/** SQS takes no empty values, and no control characters but white space. */
function readable(reason: string): string {
  const text = reason.toWellFormed().replace(/[^\t\n\r\u0020-\uD7FF\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ' ');
  return text.trim() === '' ? '-' : text.slice(0, longestReason).toWellFormed();
}
