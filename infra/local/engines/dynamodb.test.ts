import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTimeToLiveCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { mainTable } from '../../tables.ts';
import { createTable, localDynamoDbClient, startDynamoDb } from './dynamodb.ts';

describe('the embedded DynamoDB', () => {
  it('keeps its tables in a folder between two starts', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'postflow-dynamodb-'));
    const tableName = `kept-${randomUUID()}`;
    const item = { pk: { S: 'p' }, sk: { S: 's' }, size: { N: '3' } };
    try {
      const first = await startDynamoDb({ dataDir });
      await createTable(first.endpoint, { tableName, shape: mainTable });
      await localDynamoDbClient(first.endpoint).send(new PutItemCommand({ TableName: tableName, Item: item }));
      await first.close();

      const second = await startDynamoDb({ dataDir });
      const client = localDynamoDbClient(second.endpoint);
      await createTable(second.endpoint, { tableName, shape: mainTable });
      const key = { pk: item.pk, sk: item.sk };
      expect((await client.send(new GetItemCommand({ TableName: tableName, Key: key }))).Item).toEqual(item);
      const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: tableName }));
      expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' });
      await second.close();
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });
});
