import type { QueueModel } from '../template/stack-model.ts';
import { type MessageAttribute, md5OfAttributes, md5OfBody, type QueueMessage, systemAttributes } from './message.ts';

/** The event that Lambda's poller makes of a batch of messages. */
export function sqsEvent(queue: QueueModel, messages: readonly QueueMessage[], region: string) {
  return { Records: messages.map((message) => record(queue, message, region)) };
}

function record(queue: QueueModel, message: QueueMessage, region: string) {
  const md5 = md5OfAttributes(message.attributes);
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(
      Object.entries(message.attributes).map(([name, attribute]) => [name, eventAttribute(attribute)]),
    ),
    ...(md5 !== undefined && { md5OfMessageAttributes: md5 }),
    md5OfBody: md5OfBody(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: queue.arn,
    awsRegion: region,
  };
}

function eventAttribute({ DataType, StringValue, BinaryValue }: MessageAttribute) {
  return {
    ...(StringValue !== undefined && { stringValue: StringValue }),
    ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}
