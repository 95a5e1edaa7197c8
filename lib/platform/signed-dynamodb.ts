import { randomUUID } from 'node:crypto';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type AwsClient, AwsError, type AwsService } from './aws-client.ts';
import { asNumbers, type DynamoDb, type DynamoDbOperations, fromNumbers } from './dynamodb.ts';
import { isPassing, unavailable } from './table-availability.ts';

const service: AwsService = {
  name: 'dynamodb',
  targetPrefix: 'DynamoDB_20120810',
  contentType: 'application/x-amz-json-1.0',
};

/** Where maps of attributes stand in what is sent and answered; everything else is as JSON says it. */
const attributeMaps: ReadonlySet<string> = new Set([
  'Attributes',
  'ExclusiveStartKey',
  'ExpressionAttributeValues',
  'Item',
  'Key',
  'LastEvaluatedKey',
]);
const listsOfMaps: ReadonlySet<string> = new Set(['Items', 'Keys']);

/**
 * DynamoDB without the SDK, whose client alone takes longer to load than everything else that a function does at its first
 * request. Bytes cannot be stored through it, and we store none.
 */
export function signedDynamoDb(aws: AwsClient): DynamoDb {
  return {
    async send(operation, input) {
      // The SDK does so too: an attempt that was done without our hearing of it is not done again.
      const once = operation === 'TransactWriteItems' ? { ClientRequestToken: randomUUID() } : {};
      const sent = converted({ ...once, ...input }, marshalled) as object;
      const answer = await aws.call(service, operation, sent).catch(asSdkWould);
      return toldBy(operation, answer) as never;
    },
  };
}

type Attributes = Parameters<typeof unmarshall>[0];

const marshalled = (item: object): unknown => marshall(item, fromNumbers);
const unmarshalled = (item: object): unknown => unmarshall(item as Attributes, asNumbers);

function toldBy(operation: keyof DynamoDbOperations, answer: unknown): unknown {
  const { Responses: responses, ...rest } = answer as { readonly Responses?: Readonly<Record<string, object[]>> };
  const told = converted(rest, unmarshalled) as object;
  if (operation !== 'BatchGetItem' || responses === undefined) return told;
  const items = Object.entries(responses).map(([table, found]) => [table, found.map(unmarshalled)]);
  return { ...told, Responses: Object.fromEntries(items) };
}

/** The same with every map of attributes turned by `turn`. */
function converted(value: unknown, turn: (item: object) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => converted(one, turn));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => {
      if (attributeMaps.has(name) && isObject(one)) return [name, turn(one)];
      if (listsOfMaps.has(name) && Array.isArray(one)) return [name, one.map(turn)];
      return [name, converted(one, turn)];
    }),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Fields of a refusal stand at the error itself, as those of the SDK's errors do. */
function asSdkWould(error: unknown): never {
  if (isPassing(error)) throw unavailable(error);
  if (error instanceof AwsError) throw Object.assign(error, error.body);
  throw error;
}
