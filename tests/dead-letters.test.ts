import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningFixture, runFixture } from '../infra/local/testing/fixture-stack.ts';
import { sqsDeadLetters } from '../lib/platform/dead-letters.ts';

let running: RunningFixture;
let client: SQSClient;

beforeAll(async () => {
  running = await runFixture({ resources: { Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } } } });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SQSClient({ endpoint: running.awsUrl, region: 'us-east-1', credentials, maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await running.close();
});

it('keeps as many letters as there are, as they came, each with a reason that SQS takes', async () => {
  const url = `${running.awsUrl}/000000000000/dead`;
  const reasons = ['there is no "points"', '', 'odd \u0000 \uD800 \uFFFF', 'é'.repeat(5_000)];
  const letters = Array.from({ length: 12 }, (_, index) => ({
    body: `{"number":${index}}`,
    messageId: String(index),
    reason: reasons[index % reasons.length] ?? '',
  }));
  await sqsDeadLetters(url, client).keep(letters);
  const found = await Promise.all(
    [1, 2].map(() => client.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }))),
  );
  const kept = found
    .flatMap(({ Messages = [] }) => Messages)
    .map(({ Body, MessageAttributes }) => [
      Body,
      MessageAttributes?.['messageId']?.StringValue,
      MessageAttributes?.['reason']?.StringValue,
    ]);
  const expected = letters.map(({ body, messageId }, index) => [
    body,
    messageId,
    ['there is no "points"', '-', 'odd   \uFFFD  ', 'é'.repeat(1_000)][index % reasons.length],
  ]);
  const inOrder = (all: readonly (readonly (string | undefined)[])[]) =>
    all.toSorted((one, other) => Number(one[1]) - Number(other[1]));
  expect(inOrder(kept)).toEqual(inOrder(expected));
});

it('says so when they are not taken', async () => {
  const nowhere = sqsDeadLetters(`${running.awsUrl}/000000000000/nowhere`, client);
  await expect(nowhere.keep([{ body: '{}', messageId: '1', reason: 'x' }])).rejects.toThrow();
});
