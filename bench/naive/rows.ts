import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

/** A row: `pk` says of what kind it is and to what it belongs, `sk` tells it from its siblings. */
export type Row = Readonly<Record<string, unknown>> & RowKey;

/** Where a row is. */
export interface RowKey {
  readonly pk: string;
  readonly sk: string;
}

/** Rows as statements of SQL see them: each statement is one request. */
export interface Rows {
  find(key: RowKey): Promise<Row | undefined>;
  /** `false` when there is one already. */
  insert(row: Row): Promise<boolean>;
  /** Inserts or replaces. */
  put(row: Row): Promise<void>;
  change(key: RowKey, values: Readonly<Record<string, unknown>>): Promise<void>;
  remove(key: RowKey): Promise<void>;
  /** All rows with this `pk`. */
  under(pk: string): Promise<Row[]>;
}

/** Rows of a table; reads are consistent, as those of a transaction are. */
export function rowsIn(tableName: string, client: DynamoDBClient): Rows {
  const documents = DynamoDBDocumentClient.from(client);
  return {
    async find(key) {
      const answer = await documents.send(
        new GetCommand({ TableName: tableName, Key: { ...key }, ConsistentRead: true }),
      );
      return answer.Item as Row | undefined;
    },
    async insert(row) {
      try {
        await documents.send(
          new PutCommand({ TableName: tableName, Item: { ...row }, ConditionExpression: 'attribute_not_exists(pk)' }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    async put(row) {
      await documents.send(new PutCommand({ TableName: tableName, Item: { ...row } }));
    },
    async change({ pk, sk }, values) {
      const entries = Object.entries(values);
      await documents.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { pk, sk },
          UpdateExpression: `SET ${entries.map((_, at) => `#name${at} = :value${at}`).join(', ')}`,
          ExpressionAttributeNames: Object.fromEntries(entries.map(([name], at) => [`#name${at}`, name])),
          ExpressionAttributeValues: Object.fromEntries(entries.map(([, value], at) => [`:value${at}`, value])),
        }),
      );
    },
    async remove({ pk, sk }) {
      await documents.send(new DeleteCommand({ TableName: tableName, Key: { pk, sk } }));
    },
    async under(pk) {
      const rows: Row[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await documents.send(
          new QueryCommand({
            TableName: tableName,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': pk },
            ConsistentRead: true,
            ...(from && { ExclusiveStartKey: from }),
          }),
        );
        rows.push(...((page.Items ?? []) as Row[]));
        from = page.LastEvaluatedKey;
      } while (from !== undefined);
      return rows;
    },
  };
}
