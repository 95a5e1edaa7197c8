import * as z from 'zod';
import { AwsJsonError, type AwsJsonOperations } from '../aws-json-api.ts';
import { md5OfAttributes, md5OfBody, type QueueMessage, systemAttributes } from './message.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';

/** A message may weigh 1 MiB, attributes included; a batch as much in total. */
const messageLimitBytes = 1_048_576;

const attributesSchema = z.record(
  z.string(),
  z.object({ DataType: z.string(), StringValue: z.string().optional(), BinaryValue: z.string().optional() }),
);
const messageSchema = z.object({
  MessageBody: z.string().min(1),
  DelaySeconds: z.number().min(0).max(900).optional(),
  MessageAttributes: attributesSchema.optional(),
  MessageSystemAttributes: z.object({ AWSTraceHeader: z.object({ StringValue: z.string() }).optional() }).optional(),
});
const queueSchema = z.object({ QueueUrl: z.string() });
const batchSchema = queueSchema.extend({
  Entries: z
    .array(messageSchema.extend({ Id: z.string() }))
    .min(1)
    .max(10),
});
const receiveSchema = queueSchema.extend({
  MaxNumberOfMessages: z.number().min(1).max(10).default(1),
  VisibilityTimeout: z.number().optional(),
  WaitTimeSeconds: z.number().min(0).max(20).default(0),
});
const receiptSchema = queueSchema.extend({ ReceiptHandle: z.string() });

/** The operations of SQS over the stack's queues. */
export function sqsOperations(queues: Queues): AwsJsonOperations {
  const queueOf = (url: string): Queue => {
    const queue = queues.byUrl(url);
    if (queue === undefined) throw new AwsJsonError(notThere, 'The specified queue does not exist.');
    return queue;
  };
  return {
    'AmazonSQS.SendMessage': async (input) => {
      const message = parse(queueSchema.extend(messageSchema.shape), input);
      return send(queueOf(message.QueueUrl), message);
    },
    'AmazonSQS.SendMessageBatch': async (input) => {
      const { QueueUrl, Entries } = parse(batchSchema, input);
      const queue = queueOf(QueueUrl);
      requireSize(Entries.map(({ MessageBody }) => MessageBody).join(''), 'com.amazonaws.sqs#BatchRequestTooLong');
      if (new Set(Entries.map(({ Id }) => Id)).size < Entries.length) {
        throw new AwsJsonError('com.amazonaws.sqs#BatchEntryIdsNotDistinct', 'Two entries have the same Id.');
      }
      return { Successful: Entries.map((entry) => ({ Id: entry.Id, ...send(queue, entry) })), Failed: [] };
    },
    'AmazonSQS.ReceiveMessage': async (input) => {
      const { QueueUrl, MaxNumberOfMessages, VisibilityTimeout, WaitTimeSeconds } = parse(receiveSchema, input);
      const queue = queueOf(QueueUrl);
      if (WaitTimeSeconds > 0) await queue.untilVisible(AbortSignal.timeout(WaitTimeSeconds * 1_000));
      const hiddenForMs = (VisibilityTimeout ?? queue.model.visibilityTimeoutSeconds) * 1_000;
      return { Messages: queue.receive(MaxNumberOfMessages, hiddenForMs).map(received) };
    },
    'AmazonSQS.DeleteMessage': async (input) => {
      const { QueueUrl, ReceiptHandle } = parse(receiptSchema, input);
      queueOf(QueueUrl).delete(ReceiptHandle);
      return {};
    },
    'AmazonSQS.GetQueueAttributes': async (input) => attributesOf(queueOf(parse(queueSchema, input).QueueUrl)),
    'AmazonSQS.GetQueueUrl': async (input) => {
      const { QueueName } = parse(z.object({ QueueName: z.string() }), input);
      const queue = queues.byName(QueueName);
      if (queue === undefined) throw new AwsJsonError(notThere, 'The specified queue does not exist.');
      return { QueueUrl: queue.model.url };
    },
    'AmazonSQS.ListQueues': async () => ({ QueueUrls: queues.all.map(({ model }) => model.url) }),
    'AmazonSQS.PurgeQueue': async (input) => {
      queueOf(parse(queueSchema, input).QueueUrl).purge();
      return {};
    },
  };
}

const notThere = 'com.amazonaws.sqs#QueueDoesNotExist';

function send(queue: Queue, message: z.output<typeof messageSchema>) {
  requireSize(message.MessageBody, 'com.amazonaws.sqs#InvalidParameterValue');
  const attributes = message.MessageAttributes ?? {};
  const { messageId } = queue.send({
    body: message.MessageBody,
    attributes,
    delaySeconds: message.DelaySeconds,
    traceHeader: message.MessageSystemAttributes?.AWSTraceHeader?.StringValue,
  });
  const md5 = md5OfAttributes(attributes);
  return {
    MessageId: messageId,
    MD5OfMessageBody: md5OfBody(message.MessageBody),
    ...(md5 !== undefined && { MD5OfMessageAttributes: md5 }),
  };
}

function received(message: QueueMessage) {
  const md5 = md5OfAttributes(message.attributes);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5OfBody(message.body),
    Attributes: systemAttributes(message),
    ...(md5 !== undefined && { MessageAttributes: message.attributes, MD5OfMessageAttributes: md5 }),
  };
}

function attributesOf(queue: Queue) {
  const { model } = queue;
  const { visible, hidden, delayed } = queue.counts();
  return {
    Attributes: {
      QueueArn: model.arn,
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(hidden),
      ApproximateNumberOfMessagesDelayed: String(delayed),
      VisibilityTimeout: String(model.visibilityTimeoutSeconds),
      DelaySeconds: String(model.delaySeconds),
      MessageRetentionPeriod: String(model.retentionSeconds),
      ...(model.redrive && {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: model.redrive.deadLetterArn,
          maxReceiveCount: model.redrive.maxReceiveCount,
        }),
      }),
    },
  };
}

function requireSize(text: string, type: string): void {
  if (Buffer.byteLength(text) <= messageLimitBytes) return;
  throw new AwsJsonError(type, `One or more parameters are invalid: more than ${messageLimitBytes} bytes.`);
}

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AwsJsonError('com.amazonaws.sqs#InvalidParameterValue', z.prettifyError(parsed.error));
}
