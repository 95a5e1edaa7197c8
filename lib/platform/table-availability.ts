import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { UnavailableError } from './errors.ts';

/** Names under which DynamoDB and the SDK report that trying again later makes sense. Source: the DynamoDB error reference. */
const passingNames: ReadonlySet<string> = new Set([
  'InternalServerError',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'ThrottlingException',
  'TimeoutError',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/** What the network says when nobody answers. */
const networkCodes: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * Has every call of the client that fails for a passing reason, after the client's own attempts, fail with an
 * UnavailableError: clients try a 503 again, and a 500 never.
 */
export function refuseWhenAway(client: DynamoDBClient): void {
  client.middlewareStack.add(
    (next) => async (call) => {
      try {
        return await next(call);
      } catch (error) {
        throw isPassing(error) ? unavailable(error) : error;
      }
    },
    { step: 'initialize', priority: 'high', name: 'refuseWhenAway', override: true },
  );
}

/** What is told of a database that is away for a moment. */
export function unavailable(cause: unknown): UnavailableError {
  return new UnavailableError('The database does not answer. Please try again in a moment.', 1, { cause });
}

/** Whether an error, of the SDK or of our own client, says that trying again makes sense. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, status, $metadata } = error as Failure;
  return passingNames.has(error.name) || networkCodes.has(code) || (status ?? $metadata?.httpStatusCode ?? 0) >= 500;
}

interface Failure {
  readonly code?: unknown;
  readonly status?: number;
  readonly $metadata?: { readonly httpStatusCode?: number };
}
