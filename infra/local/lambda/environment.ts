import type { FunctionModel } from '../template/stack-model.ts';

/** Where a worker finds the stand-ins; the SDK reads these three variables itself. */
export interface AwsEndpoints {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly secretsManager: string;
}

/**
 * The whole environment of a function's workers: the template's variables, what the Lambda runtime sets, and the
 * endpoints of the stand-ins. Nothing of this process's own environment: a variable that the template forgets is missing here too.
 */
export function workerEnvironment(fn: FunctionModel, region: string, endpoints: AwsEndpoints): Record<string, string> {
  return {
    ...fn.environment,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: fn.jsonLogs ? 'JSON' : 'Text',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_XRAY_CONTEXT_MISSING: 'IGNORE_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
    LAMBDA_TASK_ROOT: fn.codeFolder,
    _HANDLER: fn.handler,
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: ':UTC',
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
  };
}
