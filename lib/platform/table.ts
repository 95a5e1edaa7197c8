import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { sdkDynamoDb } from './sdk-dynamodb.ts';
import { tableOver } from './table-over.ts';
import type { Table } from './table-types.ts';

export {
  type BatchWrite,
  type Condition,
  ConditionFailedError,
  type Item,
  isThere,
  type Key,
  notThere,
  type Table,
  type TableQuery,
  type UpdateExpression,
  type WriteAction,
} from './table-types.ts';

/** The table `name`, through `client` or one made for this Lambda's own region and role. */
export function openTable(name: string, client: DynamoDBClient = new DynamoDBClient({ maxAttempts: 5 })): Table {
  return tableOver(name, sdkDynamoDb(client));
}
