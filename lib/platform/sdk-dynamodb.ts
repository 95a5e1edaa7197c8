import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { asNumbers, type DynamoDb, fromNumbers } from './dynamodb.ts';
import { refuseWhenAway } from './table-availability.ts';

const commands = {
  GetItem: GetCommand,
  BatchGetItem: BatchGetCommand,
  Query: QueryCommand,
  PutItem: PutCommand,
  UpdateItem: UpdateCommand,
  BatchWriteItem: BatchWriteCommand,
  TransactWriteItems: TransactWriteCommand,
} as const;

/** DynamoDB through the client of the SDK. */
export function sdkDynamoDb(client: DynamoDBClient): DynamoDb {
  refuseWhenAway(client);
  // It copies all that comes, without what is secret, for a log that is not there: a fifth of the time of a large read.
  client.middlewareStack.remove('loggerMiddleware');
  const documents = DynamoDBDocumentClient.from(client, {
    // Copies: the client writes its defaults into what it is given.
    marshallOptions: { ...fromNumbers },
    unmarshallOptions: { ...asNumbers },
  });
  return {
    // One command fits one input; that they are of the same operation is what the types of `send` say.
    send: (operation, input) => documents.send(new commands[operation](input as never) as never),
  };
}
