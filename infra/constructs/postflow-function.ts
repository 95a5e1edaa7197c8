import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type CfnFunction,
  Code,
  Function as LambdaFunction,
  RecursiveLoop,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionDefinition, FunctionName } from '../functions.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

export interface PostflowFunctionProps {
  readonly name: FunctionName;
  readonly stackName: string;
  readonly definition: FunctionDefinition;
  /** The folder with the function's index.mjs. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A minute's work that is five minutes late has been overtaken by the minutes after it. */
const maxEventAge = Duration.minutes(5);

/** One of our functions: its bundle, a role that may write its own logs and traces and nothing else yet, and its log group. */
export class PostflowFunction extends Construct {
  readonly lambda: LambdaFunction;
  /** Where asynchronous events end that failed for good; undefined when nothing invokes this function asynchronously. */
  readonly deadLetters: DeadLetterQueue | undefined;
  readonly #allowed = new PolicyDocument();

  constructor(scope: Construct, id: string, props: PostflowFunctionProps) {
    super(scope, id);
    const { definition } = props;
    const functionName = `${props.stackName}-${props.name}`;
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Within the role, for a policy of its own would be one more resource for each function, and a stack has 500 at most.
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Allowed: this.#allowed },
    });
    this.grant(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    this.grant(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']);
    this.deadLetters =
      definition.trigger.kind === 'schedule' ? new DeadLetterQueue(this, `${id}DeadLetters`) : undefined;
    if (this.deadLetters !== undefined) this.grant(['sqs:SendMessage'], [this.deadLetters.queueArn]);
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName,
      description: definition.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundle),
      memorySize: definition.memoryMegabytes,
      timeout: Duration.seconds(definition.timeoutSeconds),
      tracing: Tracing.ACTIVE,
      role: role.withoutPolicyUpdates(),
      logGroup,
      environment: { ...props.environment },
      ...(definition.sendsToItself === true && { recursiveLoop: RecursiveLoop.ALLOW }),
      ...(definition.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: definition.reservedConcurrency,
      }),
      ...(this.deadLetters !== undefined && { deadLetterQueue: this.deadLetters, maxEventAge, retryAttempts: 2 }),
    });
    (this.lambda.node.defaultChild as CfnFunction).overrideLogicalId(id);
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'xray:PutTraceSegments and xray:PutTelemetryRecords know no resources. The tests hold every other statement to exact ones.',
    });
  }

  /** Lets the function do these actions on these resources: both are named in full, never with a wildcard. */
  grant(actions: readonly string[], resources: readonly string[]): void {
    this.#allowed.addStatements(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }
}
