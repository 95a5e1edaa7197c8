/** A Lambda function of the template, everything resolved. */
export interface FunctionModel {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Folder with the bundle. */
  readonly codeFolder: string;
  /** Module and export, such as `index.handler`. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
  readonly jsonLogs: boolean;
  readonly asynchronous: AsynchronousModel;
}

/** What Lambda does with an asynchronous invocation that fails. */
export interface AsynchronousModel {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** Gets the bare event of an invocation that failed for good. */
  readonly deadLetterArn?: string;
  /** Gets a record of an invocation that failed for good. */
  readonly onFailureArn?: string;
}

/** An SQS queue. */
export interface QueueModel {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly retentionSeconds: number;
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
}

/** Lambda's poller between a queue and a function. */
export interface EventSourceModel {
  readonly queueArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly reportItemFailures: boolean;
  readonly maximumConcurrency?: number;
}

/** An EventBridge Scheduler schedule that invokes a function. */
export interface ScheduleModel {
  readonly name: string;
  readonly arn: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly targetArn: string;
  readonly input: string;
}

/** A DynamoDB table, in the words of CreateTable. */
export interface TableModel {
  readonly tableName: string;
  readonly attributes: readonly { readonly name: string; readonly type: 'S' | 'N' | 'B' }[];
  readonly key: KeyModel;
  readonly indexes: readonly { readonly name: string; readonly key: KeyModel; readonly projection: ProjectionModel }[];
  readonly timeToLiveAttribute?: string;
}

/** Partition and, where there is one, sort key. */
export interface KeyModel {
  readonly partition: string;
  readonly sort?: string;
}

/** What an index copies of the items. */
export interface ProjectionModel {
  readonly type: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  readonly attributes?: readonly string[];
}

/** A Secrets Manager secret; its value is never in the template. */
export interface SecretModel {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
}

/** One method of one resource of the API, integrated with a function. */
export interface MethodModel {
  readonly resourceId: string;
  /** As the template writes it, such as `/api/0/{proxy+}`. */
  readonly resourcePath: string;
  readonly httpMethod: string;
  readonly functionName: string;
  readonly timeoutMilliseconds: number;
}

/** How API Gateway words an answer of its own. */
export interface GatewayResponseModel {
  readonly responseType: string;
  readonly statusCode?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
}

/** The REST API. */
export interface ApiModel {
  readonly id: string;
  readonly stage: string;
  readonly methods: readonly MethodModel[];
  readonly binaryMediaTypes: readonly string[];
  /** Present where the API unpacks compressed requests and packs answers of at least this size. */
  readonly minimumCompressionSize?: number;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly gatewayResponses: readonly GatewayResponseModel[];
}

/** All of a template that runs on one machine. */
export interface StackModel {
  readonly functions: readonly FunctionModel[];
  readonly queues: readonly QueueModel[];
  readonly eventSources: readonly EventSourceModel[];
  readonly schedules: readonly ScheduleModel[];
  readonly tables: readonly TableModel[];
  readonly secrets: readonly SecretModel[];
  readonly api?: ApiModel;
}
