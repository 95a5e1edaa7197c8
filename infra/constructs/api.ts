import { RemovalPolicy, Size, Validations } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  type IRestApi,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName } from '../functions.ts';
import { routes } from '../routes.ts';
import { Address, addressChoice } from './address.ts';
import { GatewayResponses } from './gateway-responses.ts';
import type { PostflowFunction } from './postflow-function.ts';

/** The first path segment of the API's own address. */
const stageName = 'live';

/** What all callers together may send. */
const throttling = { requestsPerSecond: 100, burst: 200 };

/**
 * Bodies of these types reach a function byte for byte (as base64); all others as UTF-8 text, because base64 takes a third of
 * the 6 MB that a function is handed, and lists of commits need them.
 */
const binaryMediaTypes = [
  'application/x-sentry-envelope',
  'application/octet-stream',
  'application/gzip',
  'application/x-protobuf',
  'application/protobuf',
  'text/plain',
];

/** One line per request. The route and not the path, and no address of the caller: paths carry signed links. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    method: '$context.httpMethod',
    route: '$context.resourcePath',
    status: '$context.status',
    latencyMs: '$context.responseLatency',
    integrationLatencyMs: '$context.integrationLatency',
    responseBytes: '$context.responseLength',
    error: '$context.error.responseType',
    requestTime: '$context.requestTimeEpoch',
  }),
);

/** The REST API; `addRoutes` puts the functions behind it once they exist, because they are told its address first. */
export class Api extends Construct {
  readonly restApi: RestApi;
  readonly address: Address;

  constructor(scope: Construct, id: string, props: { readonly name: string }) {
    super(scope, id);
    const accessLogs = new LogGroup(this, 'AccessLogs', {
      logGroupName: `/aws/apigateway/${props.name}/access`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.restApi = new RestApi(this, 'RestApi', {
      restApiName: props.name,
      description: 'Releases, Slack commands and metric ingestion of postflow.',
      endpointTypes: [EndpointType.REGIONAL],
      binaryMediaTypes,
      // Answers from 1 kB on are compressed for clients that ask; compressed requests are unpacked at any size.
      minCompressionSize: Size.kibibytes(1),
      cloudWatchRole: true,
      deployOptions: {
        stageName,
        throttlingRateLimit: throttling.requestsPerSecond,
        throttlingBurstLimit: throttling.burst,
        tracingEnabled: true,
        // Without bodies and headers, and only for requests that API Gateway itself fails.
        loggingLevel: MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        accessLogDestination: new LogGroupLogDestination(accessLogs),
        accessLogFormat,
      },
      defaultMethodOptions: { authorizationType: AuthorizationType.NONE },
    });
    // API Gateway would make this group itself and keep its lines for ever.
    const executionLogs = new LogGroup(this, 'ExecutionLogs', {
      logGroupName: `API-Gateway-Execution-Logs_${this.restApi.restApiId}/${stageName}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.restApi.deploymentStage.node.addDependency(executionLogs);
    // The stack has outputs of its own.
    this.restApi.node.tryRemoveChild('Endpoint');
    // The library's own class does not fit its own interface once optional and undefined are told apart.
    new GatewayResponses(this, 'Responses', { restApi: this.restApi as IRestApi });
    this.address = new Address(this, 'Address', { restApi: this.restApi, stageName, choice: addressChoice(this) });
    this.#acknowledge();
  }

  /** Puts every route of the table in front of its function. */
  addRoutes(functions: ReadonlyMap<FunctionName, PostflowFunction>): void {
    for (const route of routes) {
      const target = functions.get(route.function);
      if (target === undefined) {
        throw new Error(
          `${route.method} ${route.path} leads to ${route.function}, which is not a function of the stack.`,
        );
      }
      const resource = this.restApi.root.resourceForPath(route.path);
      // One permission a function and not one a route: a stack has five hundred resources at most.
      resource.addMethod(route.method, new LambdaIntegration(target.lambda, { scopePermissionToMethod: false }));
    }
  }

  #acknowledge(): void {
    Validations.of(this.restApi).acknowledge(
      {
        id: 'AwsSolutions-APIG2',
        reason:
          'The functions check path, query and body themselves and answer in the words that the clients understand.',
      },
      {
        id: 'AwsSolutions-APIG3',
        reason:
          'A web ACL costs more a month than all the rest when idle; docs/deploy.md says how to add one. The stage is throttled.',
      },
      {
        id: 'AwsSolutions-APIG4',
        reason:
          'Slack signs its requests, sentry-cli sends our tokens and SDKs send project keys: each function verifies its own kind.',
      },
      {
        id: 'AwsSolutions-COG4',
        reason: 'The callers are machines with Slack signatures, tokens or project keys; Cognito knows none of these.',
      },
      {
        id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
        reason: "API Gateway's account setting for logs asks for a role with exactly this policy.",
      },
    );
  }
}
