import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import type { DeadLetter, DeadLetters } from '../../lib/platform/dead-letters.ts';
import { InvalidFieldsError } from '../../lib/platform/errors.ts';
import { parseInput } from '../../lib/platform/field-errors.ts';
import { isLastAttempt, type QueueHandler } from './queue-door.ts';
import type { AppSource, BaseApp } from './start-app.ts';

/** An app whose messages may turn out to be no use. */
type BatchApp = BaseApp & { readonly deadLetters?: DeadLetters | undefined };

/** Everything that tells the consumer of one queue from another, where messages are worked on together. */
export interface BatchDoor<A extends BatchApp, Message extends z.ZodType> {
  /** The function's name; the counters of its outcomes begin with it. */
  readonly name: string;
  readonly message: Message;
  /** Gives the reasons of those that failed, by their place among the messages. */
  readonly handle: (app: A, messages: readonly z.infer<Message>[]) => Promise<ReadonlyMap<number, unknown>>;
}

/**
 * Makes a consumer that works on a whole batch at once. What `handle` names comes again, and ends with its reason among
 * the dead letters when that was the queue's last attempt; what cannot be read ends there at once. Where they cannot be kept
 * themselves, the queue hands them on after its last attempt, and the log says why. The others are done.
 */
export function batchDoor<A extends BatchApp, M extends z.ZodType>(
  door: BatchDoor<A, M>,
  appOf: AppSource<A>,
): QueueHandler {
  return async ({ Records: records }, context): Promise<SQSBatchResponse> => {
    const app = await appOf();
    app.log.about({ requestId: context.awsRequestId });
    try {
      const failed = await failuresOf(door, app, records);
      if (failed.length > 0) app.metrics.count(`${door.name}.failure`, failed.length);
      if (records.length > failed.length) app.metrics.count(`${door.name}.success`, records.length - failed.length);
      for (const { letter, isHopeless, reason } of failed) {
        const becomes = isHopeless ? 'a message failed for good' : 'a message failed and will come again';
        app.log.error(becomes, reason, { messageId: letter.messageId });
      }
      const hopeless = failed.filter(({ isHopeless }) => isHopeless).map(({ letter }) => letter);
      const kept = await keep(app, hopeless);
      const again = failed.filter(({ letter }) => !kept.includes(letter));
      return { batchItemFailures: again.map(({ letter }) => ({ itemIdentifier: letter.messageId })) };
    } finally {
      app.metrics.flush();
    }
  };
}

/** A message that was not done. */
interface Failure {
  readonly letter: DeadLetter;
  readonly reason: unknown;
  /** Nothing comes of trying it again, or it is not handed out again. */
  readonly isHopeless: boolean;
}

async function failuresOf<A extends BatchApp, M extends z.ZodType>(
  door: BatchDoor<A, M>,
  app: A,
  records: readonly SQSRecord[],
): Promise<Failure[]> {
  const failures: Failure[] = [];
  const fail = ({ messageId, body }: SQSRecord, reason: unknown, isHopeless: boolean): void => {
    failures.push({ letter: { messageId, body, reason: textOf(reason) }, reason, isHopeless });
  };
  const readable = records.flatMap((record) => {
    try {
      return [{ record, message: parseInput(door.message, JSON.parse(record.body) as unknown) }];
    } catch (error) {
      fail(record, error, true);
      return [];
    }
  });
  const reasons = await handled(door, app, readable);
  for (const [place, { record }] of readable.entries()) {
    if (reasons.has(place)) fail(record, reasons.get(place), isLastAttempt(record));
  }
  return failures;
}

/** The reason for people: which fields are wrong as well, where it is about fields. */
function textOf(reason: unknown): string {
  const fields = reason instanceof InvalidFieldsError ? ` ${JSON.stringify(reason.fields)}` : '';
  return `${String(reason)}${fields}`;
}

/** Keeps dead letters with their reasons and gives them; none when there is no place for them, or it does not answer. */
async function keep({ deadLetters, log }: BatchApp, letters: readonly DeadLetter[]): Promise<readonly DeadLetter[]> {
  if (deadLetters === undefined || letters.length === 0) return [];
  try {
    await deadLetters.keep(letters);
    return letters;
  } catch (error) {
    log.error('dead letters could not be kept with their reasons', error);
    return [];
  }
}

/** An error of the whole is one of every message. */
async function handled<A extends BatchApp, M extends z.ZodType>(
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
