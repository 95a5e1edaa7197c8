import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { PostflowFunction } from './postflow-function.ts';

/** What the scheduler sends: the minute that is meant, which stays the same however late or often it is delivered. */
const input = JSON.stringify({ scheduledTime: '<aws.scheduler.scheduled-time>' });

/** Has EventBridge Scheduler invoke a function, with a role that may do only that. */
export class Schedule extends Construct {
  constructor(scope: Construct, id: string, props: { readonly target: PostflowFunction; readonly expression: string }) {
    super(scope, id);
    const { lambda, deadLetters } = props.target;
    if (deadLetters === undefined) {
      throw new Error(`${lambda.node.path} has no dead-letter queue, and what invokes it asynchronously needs one.`);
    }
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [lambda.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }));
    const schedule = new CfnSchedule(this, 'Schedule', {
      scheduleExpression: props.expression,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: lambda.functionArn,
        roleArn: role.roleArn,
        input,
        // Five minutes at most: by then the minutes after this one have been delivered.
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 300 },
        deadLetterConfig: { arn: deadLetters.queueArn },
      },
    });
    schedule.overrideLogicalId(id);
    // Without the policy the first minutes after a deployment would go to the dead letters.
    schedule.node.addDependency(role);
  }
}
