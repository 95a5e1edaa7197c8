import type { AwsClient } from './aws-client.ts';
import { signedDynamoDb } from './signed-dynamodb.ts';
import { tableOver } from './table-over.ts';
import type { Table } from './table-types.ts';

/** The table `name` for a function whose first answer somebody waits for: the same as any other, without the SDK. */
export function openSignedTable(name: string, aws: AwsClient): Table {
  return tableOver(name, signedDynamoDb(aws));
}
