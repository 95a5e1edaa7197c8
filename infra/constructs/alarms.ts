import { type CfnCondition, Duration, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Alarm, ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionName } from '../functions.ts';
import { metricNamespace } from './environment.ts';
import type { PostflowFunction } from './postflow-function.ts';

export interface AlarmsProps {
  /** Those that nobody waits for: what happens to the others, the API answers with 5xx. */
  readonly functions: Iterable<PostflowFunction>;
  readonly restApi: RestApi;
  readonly queues: readonly Queue[];
  readonly deadLetterQueues: readonly Queue[];
  readonly email: string;
  readonly hasEmail: CfnCondition;
}

const period = Duration.minutes(5);

/** A message this old means that alerts come late by as much. */
const oldestMessageSeconds = 600;
/** A rule may have its windows wait so long for late points; the age of a message counts from when it was sent. */
const heldBackSeconds: Readonly<Record<string, number>> = { EvaluationsQueue: 600 };

/** Counted at every look at a rule whose metric could not be read for ten minutes or more, by the function that looks. */
const unreadable = { metricName: 'incidents.alert_rules.unreadable', service: 'evaluate-alert' } as const satisfies {
  readonly metricName: string;
  readonly service: FunctionName;
};
/** The most seldom looked at are looked at every half an hour: over less, the alarm would end and begin again in between. */
const unreadablePeriod = Duration.hours(1);

/**
 * Everything that should wake somebody, on one topic.
 *
 * CloudWatch bills an alarm by the metrics it reads, and metric math over eight functions costs as much as eight alarms. So
 * functions behind the API share the alarm of its answers, which are all there is to be seen of them; the others have one
 * each for errors, and throttles are read once for the whole account.
 */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.topic = this.#createTopic(props);
    for (const { node, lambda } of props.functions) {
      this.#alarm(
        `${node.id}Errors`,
        1,
        lambda.metricErrors({ period }),
        `${node.id} ended in an error or ran out of time.`,
      );
    }
    this.#alarm(
      'Throttles',
      1,
      new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', statistic: Stats.SUM, period }),
      'Lambda refused an execution in this account and region: its limit of concurrent executions is used up.',
    );
    // Three, because a build whose request met a moment's throttling sends it again and nobody has to get up for that.
    this.#alarm('ServerErrors', 3, props.restApi.metricServerError({ period }), 'The API answered with 5xx.');
    for (const queue of props.deadLetterQueues) {
      const metric = queue.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM });
      this.#alarm(
        `${queue.node.id}Visible`,
        1,
        metric,
        `There is something in ${queue.node.id}: docs/deploy.md says what to do.`,
      );
    }
    for (const queue of props.queues) {
      const name = queue.node.scope?.node.id ?? queue.node.id;
      const metric = queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM });
      const seconds = oldestMessageSeconds + (heldBackSeconds[name] ?? 0);
      this.#alarm(`${name}Age`, seconds, metric, `A message waits in ${name} for ${seconds / 60} minutes or more.`);
    }
    this.#alarm(
      'UnreadableRules',
      1,
      new Metric({
        namespace: metricNamespace,
        metricName: unreadable.metricName,
        dimensionsMap: { service: unreadable.service },
        statistic: Stats.SUM,
        period: unreadablePeriod,
      }),
      'The metric of an alert rule cannot be read, so that nobody hears of its incidents: docs/deploy.md says what to do.',
    );
  }

  #alarm(id: string, threshold: number, metric: Metric, alarmDescription: string): void {
    const alarm = new Alarm(this, id, {
      alarmDescription,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }

  #createTopic({ email, hasEmail }: AlarmsProps): Topic {
    const topic = new Topic(this, 'Topic', { displayName: 'postflow alarms', enforceSSL: true });
    // A topic with a policy of its own has lost the default one, which let the account's alarms publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AllowAlarms',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    const subscription = new CfnSubscription(this, 'Email', {
      topicArn: topic.topicArn,
      protocol: 'email',
      endpoint: email,
    });
    subscription.cfnOptions.condition = hasEmail;
    return topic;
  }
}
