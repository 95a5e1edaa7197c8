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
] as const;

describe('queues', () => {
  test('are six, with a queue for dead letters each, and one for those of the schedule', () => {
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
        'ScheduleAlertsFunctionDeadLetters',
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

describe('the schedule', () => {
  test('invokes schedule-alerts every minute with the minute that is meant', () => {
    const schedules = [...resourcesOf(template, 'AWS::Scheduler::Schedule').values()];
    expect(schedules).toEqual([
      {
        ScheduleExpression: 'rate(1 minute)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: { 'Fn::GetAtt': ['ScheduleAlertsFunction', 'Arn'] },
          RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^ScheduleAlertsScheduleRole/), 'Arn'] },
          Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
          RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 300 },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['ScheduleAlertsFunctionDeadLetters', 'Arn'] } },
        },
      },
    ]);
  });

  test('waits for the permission to invoke', () => {
    expect(template.Resources['ScheduleAlertsSchedule']).toMatchObject({
      DependsOn: expect.arrayContaining([expect.stringMatching(/^ScheduleAlertsScheduleRoleDefaultPolicy/)]),
    });
  });

  test('leaves what fails for good where its function leaves it: only there can an invocation be asynchronous', () => {
    for (const name of functionNames) {
      expect(functionProperties(template, name)['DeadLetterConfig']).toEqual(
        name === 'schedule-alerts'
          ? { TargetArn: { 'Fn::GetAtt': ['ScheduleAlertsFunctionDeadLetters', 'Arn'] } }
          : undefined,
      );
    }
    expect([...resourcesOf(template, 'AWS::Lambda::EventInvokeConfig').values()]).toEqual([
      {
        FunctionName: { Ref: 'ScheduleAlertsFunction' },
        Qualifier: '$LATEST',
        MaximumEventAgeInSeconds: 300,
        MaximumRetryAttempts: 2,
      },
    ]);
  });
});
