import { describe, expect, test } from 'vitest';
import { functionNames, functions } from './functions.ts';
import { asText, functionLogicalId, functionProperties, resourcesOf } from './testing/read-template.ts';
import { trialTemplate } from './testing/trial-stack.ts';

const template = await trialTemplate();
const alarms = [...resourcesOf(template, 'AWS::CloudWatch::Alarm').values()];
const [[topicId] = ['']] = resourcesOf(template, 'AWS::SNS::Topic');

/** Nobody waits for what they answer, so that nobody else notices when they fail. */
const unattended = functionNames.filter((name) => functions[name].trigger.kind !== 'http');

/** What an alarm watches and when it rings, as one line. */
function line(alarm: Readonly<Record<string, unknown>>): string {
  const dimensions = ((alarm['Dimensions'] ?? []) as { readonly Name: string; readonly Value: unknown }[])
    .map(({ Name, Value }) => `${Name}=${asText(Value)}`)
    .join(' ');
  return `${asText(alarm['Namespace'])} ${asText(alarm['MetricName'])} ${asText(alarm['Statistic'])} ${dimensions} ≥ ${String(alarm['Threshold'])}`;
}

describe('alarms', () => {
  test('watch errors, throttles, answers with 5xx, dead letters, waiting messages and rules that cannot be read', () => {
    const workQueues = [
      'EvaluationsQueue',
      'NotificationsQueue',
      'DeletionsQueue',
      'CommitFetchesQueue',
      'FollowUpsQueue',
      'SlackJobsQueue',
      'PointsQueue',
      'ChartsQueue',
    ];
    const deadLetters = [...workQueues, 'ScheduleAlertsFunction', 'SweepSlackMessagesFunction'];
    expect(new Set(alarms.map(line))).toEqual(
      new Set([
        ...unattended.map((name) => `AWS/Lambda Errors Sum FunctionName=<${functionLogicalId(name)}> ≥ 1`),
        'AWS/Lambda Throttles Sum  ≥ 1',
        'AWS/ApiGateway 5XXError Sum ApiName=postflow ≥ 3',
        ...deadLetters.map(
          (id) => `AWS/SQS ApproximateNumberOfMessagesVisible Maximum QueueName=<${id}DeadLetters.QueueName> ≥ 1`,
        ),
        ...workQueues.map((id) => {
          // Its messages may be held back for ten minutes before they count as late.
          const seconds = id === 'EvaluationsQueue' ? 1_200 : 600;
          return `AWS/SQS ApproximateAgeOfOldestMessage Maximum QueueName=<${id}.QueueName> ≥ ${seconds}`;
        }),
        'postflow incidents.alert_rules.unreadable Sum service=evaluate-alert ≥ 1',
      ]),
    );
  });

  test('read a metric each, because that is what CloudWatch bills: docs/cost.md counts thirty-two', () => {
    expect(alarms).toHaveLength(32);
    expect(alarms.filter((alarm) => 'Metrics' in alarm)).toEqual([]);
  });

  test('count what functions write under the names that Powertools gives to it', () => {
    const [own] = alarms.filter(({ Namespace }) => Namespace === 'postflow') as [{ readonly Dimensions: unknown }];
    expect(own.Dimensions).toEqual([{ Name: 'service', Value: 'evaluate-alert' }]);
    expect(functionProperties(template, 'evaluate-alert')['Environment']).toMatchObject({
      Variables: { POWERTOOLS_SERVICE_NAME: 'evaluate-alert', POWERTOOLS_METRICS_NAMESPACE: 'postflow' },
    });
  });

  test('of rules that cannot be read outlast the longest time between two looks', () => {
    expect(alarms.find(({ Namespace }) => Namespace === 'postflow')).toMatchObject({ Period: 3_600 });
  });

  test('go to one topic, say in words what happened, and stay silent where nothing is measured', () => {
    expect(resourcesOf(template, 'AWS::SNS::Topic').size).toBe(1);
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({
        AlarmActions: [{ Ref: topicId }],
        AlarmDescription: expect.stringMatching(/\.$/),
        TreatMissingData: 'notBreaching',
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      });
    }
  });

  test('reach an e-mail address when one is given', () => {
    const subscriptions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::SNS::Subscription');
    expect(subscriptions).toEqual([
      {
        Type: 'AWS::SNS::Subscription',
        Condition: 'HasAlarmEmail',
        Properties: { Protocol: 'email', Endpoint: { Ref: 'AlarmEmail' }, TopicArn: { Ref: topicId } },
      },
    ]);
    expect(template.Conditions['HasAlarmEmail']).toEqual({
      'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AlarmEmail' }, ''] }],
    });
  });
});
