import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test } from 'vitest';
import type { TemplateResource } from '../../synthesize.ts';
import { type RunningFixture, runFixture } from '../testing/fixture-stack.ts';

let running: RunningFixture | undefined;
let client: SQSClient;

afterEach(async () => {
  client?.destroy();
  await running?.close();
});

const queues: Record<string, TemplateResource> = {
  Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
  Jobs: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: 'jobs',
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 },
    },
  },
};
const mapping: TemplateResource = {
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    EventSourceArn: { 'Fn::GetAtt': ['Jobs', 'Arn'] },
    FunctionName: { Ref: 'Work' },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  },
};

/** Runs the queues, with a function that reads `jobs` when its code is given. */
async function run(code?: string, batching: Record<string, unknown> = {}) {
  running = await runFixture({
    functions: code === undefined ? {} : { Work: { code } },
    resources: {
      ...queues,
      ...(code !== undefined && { Mapping: { ...mapping, Properties: { ...mapping.Properties, ...batching } } }),
    },
  });
  const { awsUrl } = running;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SQSClient({ endpoint: awsUrl, region: 'us-east-1', credentials, maxAttempts: 1 });
  return {
    jobs: `${awsUrl}/000000000000/jobs`,
    dead: `${awsUrl}/000000000000/dead`,
    log: running.log,
    stack: running.stack,
  };
}

/** What `Work` logged, parsed. */
function logged(log: readonly string[]): Record<string, unknown>[] {
  return log.flatMap((line) =>
    line.startsWith('Work: {') ? [JSON.parse(line.slice(6)) as Record<string, unknown>] : [],
  );
}

describe('SQS through the SDK', () => {
  test('sends, receives, counts, deletes and purges; the SDK checks every MD5', async () => {
    const { jobs } = await run();
    const attributes = {
      b: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 255]) },
      a: { DataType: 'String', StringValue: 'é' },
    };
    await client.send(new SendMessageCommand({ QueueUrl: jobs, MessageBody: 'héllo', MessageAttributes: attributes }));
    await client.send(
      new SendMessageBatchCommand({
        QueueUrl: jobs,
        Entries: [
          { Id: '1', MessageBody: 'one' },
          { Id: '2', MessageBody: 'later', DelaySeconds: 900 },
        ],
      }),
    );
    const counts = async () => {
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: jobs, AttributeNames: ['All'] }),
      );
      return ['', 'NotVisible', 'Delayed'].map((kind) =>
        Number(Attributes?.[`ApproximateNumberOfMessages${kind}` as 'QueueArn']),
      );
    };
    expect(await counts()).toEqual([2, 0, 1]);

    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: jobs, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    expect(Messages.map(({ Body }) => Body)).toEqual(['héllo', 'one']);
    expect(Messages[0]?.MessageAttributes).toEqual(attributes);
    expect(Messages[0]?.Attributes?.ApproximateReceiveCount).toBe('1');
    expect(await counts()).toEqual([0, 2, 1]);

    await client.send(new DeleteMessageCommand({ QueueUrl: jobs, ReceiptHandle: Messages[0]?.ReceiptHandle }));
    expect(await counts()).toEqual([0, 1, 1]);
    await client.send(new PurgeQueueCommand({ QueueUrl: jobs }));
    expect(await counts()).toEqual([0, 0, 0]);
  });

  test('finds queues by name and refuses what is not there', async () => {
    const { jobs } = await run();
    expect(await client.send(new GetQueueUrlCommand({ QueueName: 'jobs' }))).toMatchObject({ QueueUrl: jobs });
    const nowhere = client.send(new SendMessageCommand({ QueueUrl: `${jobs}x`, MessageBody: 'x' }));
    await expect(nowhere).rejects.toThrow(QueueDoesNotExist);
    const tooLarge = client.send(new SendMessageCommand({ QueueUrl: jobs, MessageBody: 'x'.repeat(1_048_577) }));
    await expect(tooLarge).rejects.toThrow(/more than 1048576 bytes/);
  });
});

describe('a function that reads a queue', () => {
  test('gets the event that Lambda’s poller makes', async () => {
    const { jobs, log, stack } = await run(
      'export const handler = async (event) => { console.log(JSON.stringify(event)); };',
    );
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'test' } };
    const sent = await client.send(
      new SendMessageCommand({ QueueUrl: jobs, MessageBody: '{"n":1}', MessageAttributes }),
    );
    expect(await stack.runSchedules()).toEqual({ invocations: 1, failures: 0, deadLetters: 0 });
    expect(logged(log)).toEqual([
      {
        Records: [
          {
            messageId: sent.MessageId,
            receiptHandle: expect.any(String),
            body: '{"n":1}',
            attributes: {
              ApproximateReceiveCount: '1',
              SentTimestamp: expect.stringMatching(/^\d{13}$/),
              SenderId: 'AIDALOCAL',
              ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
            },
            messageAttributes: {
              kind: { stringValue: 'test', stringListValues: [], binaryListValues: [], dataType: 'String' },
            },
            md5OfMessageAttributes: sent.MD5OfMessageAttributes,
            md5OfBody: sent.MD5OfMessageBody,
            eventSource: 'aws:sqs',
            eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:jobs',
            awsRegion: 'us-east-1',
          },
        ],
      },
    ]);
  });

  test('gets the messages that it reports again, and no others, until the redrive policy gives them up', async () => {
    const { jobs, dead, log, stack } = await run(`
      export const handler = async ({ Records }) => {
        for (const { body, attributes } of Records) console.log(JSON.stringify({ body, attempt: attributes.ApproximateReceiveCount }));
        return { batchItemFailures: Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({ itemIdentifier: messageId })) };
      };`);
    const Entries = ['good', 'bad', 'fine'].map((MessageBody) => ({ Id: MessageBody, MessageBody }));
    await client.send(new SendMessageBatchCommand({ QueueUrl: jobs, Entries }));
    const tally = await stack.runSchedules();
    expect(tally).toMatchObject({ failures: 0, deadLetters: 1 });
    const attempts = logged(log).map(({ body, attempt }) => `${String(body)} ${String(attempt)}`);
    expect(attempts).toHaveLength(5);
    expect(new Set(attempts)).toEqual(new Set(['bad 1', 'bad 2', 'bad 3', 'fine 1', 'good 1']));
    const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl: dead }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(['bad']);
  });

  test('gets the whole batch again when it throws or dies', async () => {
    const { jobs, log, stack } = await run(`
      export const handler = async ({ Records }) => {
        const attempt = Number(Records[0].attributes.ApproximateReceiveCount);
        console.log(JSON.stringify({ attempt }));
        if (attempt === 1) throw new Error('no');
        if (attempt === 2) { process.kill(process.pid, 'SIGKILL'); await new Promise(() => setInterval(() => {}, 99)); }
      };`);
    await client.send(new SendMessageCommand({ QueueUrl: jobs, MessageBody: 'x' }));
    expect(await stack.runSchedules()).toEqual({ invocations: 3, failures: 2, deadLetters: 0 });
    expect(logged(log)).toEqual([{ attempt: 1 }, { attempt: 2 }, { attempt: 3 }]);
  });

  test('gets what comes within a batching window together, and no more than a batch holds', async () => {
    const { jobs, log, stack } = await run(
      'export const handler = async ({ Records }) => { console.log(JSON.stringify({ count: Records.length })); };',
      // Waits are a million times shorter here: two seconds.
      { BatchSize: 12, MaximumBatchingWindowInSeconds: 2_000_000, ScalingConfig: { MaximumConcurrency: 1 } },
    );
    const send = (count: number) =>
      client.send(
        new SendMessageBatchCommand({
          QueueUrl: jobs,
          Entries: Array.from({ length: count }, (_, index) => ({ Id: String(index), MessageBody: 'x' })),
        }),
      );
    await send(8);
    await send(7);
    await stack.runSchedules();
    expect(logged(log).map(({ count }) => count)).toEqual([12, 3]);
  });

  test('gets no more together than an event takes', async () => {
    const { jobs, log, stack } = await run(
      'export const handler = async ({ Records }) => { console.log(JSON.stringify({ count: Records.length })); };',
      { BatchSize: 100, MaximumBatchingWindowInSeconds: 2_000_000, ScalingConfig: { MaximumConcurrency: 1 } },
    );
    const send = (MessageBody: string) => client.send(new SendMessageCommand({ QueueUrl: jobs, MessageBody }));
    for (let message = 0; message < 8; message += 1) await send('x'.repeat(900_000));
    await stack.runSchedules();
    expect(logged(log).map(({ count }) => count)).toEqual([6, 2]);
  });
});
