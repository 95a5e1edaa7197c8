import { describe, expect, test } from 'vitest';
import { functionNames, functions } from './functions.ts';
import { asText, functionLogicalId, functionProperties, resource, resourcesOf } from './testing/read-template.ts';
import { trialTemplate } from './testing/trial-stack.ts';

const template = await trialTemplate();
const queues = resourcesOf(template, 'AWS::SQS::Queue');
const twoWeeksSeconds = 14 * 24 * 3600;

const consumed = [
  { queue: 'EvaluationsQueue', consumer: 'evaluate-alert', batchSize: 10, maxConcurrency: 5 },
  { queue: 'NotificationsQueue', consumer: 'render-alert', batchSize: 10, maxConcurrency: 2 },
  { queue: 'DeletionsQueue', consumer: 'delete-project', batchSize: 1, maxConcurrency: 2 },
  { queue: 'FollowUpsQueue', consumer: 'after-release', batchSize: 10, maxConcurrency: 5 },
  { queue: 'ChartsQueue', consumer: 'render-chart', batchSize: 1, maxConcurrency: 2 },
  { queue: 'CommitFetchesQueue', consumer: 'fetch-commits', batchSize: 1, maxConcurrency: 2 },
  { queue: 'PointsQueue', consumer: 'fold-points', batchSize: 100, maxConcurrency: 4 },
  { queue: 'SlackJobsQueue', consumer: 'slack-worker', batchSize: 5, maxConcurrency: 2 },
] as const;

describe('queues', () => {
  test('are eight, with a queue for dead letters each, and one for those of each schedule', () => {
    expect(new Set(queues.keys())).toEqual(
      new Set([
        'ChartsQueue',
        'ChartsQueueDeadLetters',
        'CommitFetchesQueue',
        'FollowUpsQueue',
        'FollowUpsQueueDeadLetters',
        'CommitFetchesQueueDeadLetters',
        'EvaluationsQueue',
        'EvaluationsQueueDeadLetters',
        'NotificationsQueue',
        'NotificationsQueueDeadLetters',
        'DeletionsQueue',
        'DeletionsQueueDeadLetters',
        'PointsQueue',
        'PointsQueueDeadLetters',
        'SlackJobsQueue',
        'SlackJobsQueueDeadLetters',
        'ScheduleAlertsFunctionDeadLetters',
        'SweepSlackMessagesFunctionDeadLetters',
      ]),
    );
  });

  test.each(consumed)(
    '$queue hides a message for six times as long as $consumer may take, and gives up after five tries',
    ({ queue, consumer }) => {
      const properties = resource(template, 'AWS::SQS::Queue', queue);
      expect(properties['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * functions[consumer].timeoutSeconds);
      expect(properties['RedrivePolicy']).toEqual({
        deadLetterTargetArn: { 'Fn::GetAtt': [`${queue}DeadLetters`, 'Arn'] },
        maxReceiveCount: 5,
      });
    },
  );

  test.each(consumed)(
    '$consumer takes batches from $queue and fails messages one by one',
    ({ queue, consumer, batchSize, maxConcurrency }) => {
      const mappings = [...resourcesOf(template, 'AWS::Lambda::EventSourceMapping').values()];
      expect(mappings).toHaveLength(consumed.length);
      expect(mappings).toContainEqual({
        EventSourceArn: { 'Fn::GetAtt': [queue, 'Arn'] },
        FunctionName: { Ref: functionLogicalId(consumer) },
        BatchSize: batchSize,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: maxConcurrency },
        // Points wait for those of other requests, with which they are written together.
        ...(queue === 'PointsQueue' && { MaximumBatchingWindowInSeconds: 10 }),
      });
    },
  );

  test.each([...queues.keys()])('%s is encrypted, at rest and on the way', (queue) => {
    expect(queues.get(queue)).toMatchObject({ SqsManagedSseEnabled: true });
    const policies = [...resourcesOf(template, 'AWS::SQS::QueuePolicy').values()];
    const own = policies.filter(({ Queues }) => (Queues as unknown[]).map(asText).includes(`<${queue}>`));
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({
      PolicyDocument: {
        Statement: [{ Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      },
    });
  });

  test.each([...queues.keys()].filter((queue) => queue.endsWith('DeadLetters')))(
    '%s keeps what it gets for two weeks',
    (queue) => {
      expect(queues.get(queue)).toMatchObject({ MessageRetentionPeriod: twoWeeksSeconds });
    },
  );
});

const scheduled = [
  ['schedule-alerts', 'ScheduleAlerts', 'rate(1 minute)'],
  ['sweep-slack-messages', 'SweepSlackMessages', 'rate(5 minutes)'],
] as const;

describe('a schedule', () => {
  test.each(scheduled)('invokes %s with the minute that is meant', (_, name, expression) => {
    const schedules = [...resourcesOf(template, 'AWS::Scheduler::Schedule').values()];
    expect(schedules).toHaveLength(scheduled.length);
    expect(schedules).toContainEqual({
      ScheduleExpression: expression,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: { 'Fn::GetAtt': [`${name}Function`, 'Arn'] },
        RoleArn: { 'Fn::GetAtt': [expect.stringMatching(new RegExp(`^${name}ScheduleRole`)), 'Arn'] },
        Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
        RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 300 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [`${name}FunctionDeadLetters`, 'Arn'] } },
      },
    });
  });

  test.each(scheduled)('of %s waits for the permission to invoke', (_, name) => {
    expect(template.Resources[`${name}Schedule`]).toMatchObject({
      DependsOn: expect.arrayContaining([expect.stringMatching(new RegExp(`^${name}ScheduleRoleDefaultPolicy`))]),
    });
  });

  test('leaves what fails for good where its function leaves it: only there can an invocation be asynchronous', () => {
    const targets = new Map<string, string>(scheduled.map(([name, id]) => [name, `${id}FunctionDeadLetters`]));
    for (const name of functionNames) {
      const target = targets.get(name);
      expect(functionProperties(template, name)['DeadLetterConfig']).toEqual(
        target && { TargetArn: { 'Fn::GetAtt': [target, 'Arn'] } },
      );
    }
    expect(new Set(resourcesOf(template, 'AWS::Lambda::EventInvokeConfig').values())).toEqual(
      new Set(
        scheduled.map(([, id]) => ({
          FunctionName: { Ref: `${id}Function` },
          Qualifier: '$LATEST',
          MaximumEventAgeInSeconds: 300,
          MaximumRetryAttempts: 2,
        })),
      ),
    );
  });
});
