import type { Context } from 'aws-lambda';

/** A context as Lambda would give it, with ten seconds left. */
export function lambdaContext(): Context {
  return {
    awsRequestId: '8f7d3c1e-0000-4000-8000-000000000001',
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'under-test',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:under-test',
    memoryLimitInMB: '1769',
    logGroupName: '/aws/lambda/under-test',
    logStreamName: 'under-test',
    getRemainingTimeInMillis: () => 10_000,
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
