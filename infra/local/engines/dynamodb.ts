import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { keyAttributes, type TableShape, ttlAttribute } from '../../tables.ts';
import { startServerProcess } from './child-process.ts';

/** A DynamoDB engine that answers at `endpoint`. */
export interface DynamoDbEngine {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Thrown when no DynamoDB engine can be had here; its message says what to install. */
export class NoDynamoDbEngineError extends Error {}

/**
 * Starts the embedded DynamoDB engine, in memory or on a file in `dataDir`.
 * With `DYNAMODB_ENDPOINT` set, that endpoint is used instead and nothing is started.
 * @throws NoDynamoDbEngineError on a platform without the binary.
 */
export async function startDynamoDb(options: { dataDir?: string } = {}): Promise<DynamoDbEngine> {
  const given = process.env['DYNAMODB_ENDPOINT'];
  if (given) return { endpoint: given, close: async () => {} };

  const command = engineBinary();
  if (options.dataDir !== undefined) mkdirSync(options.dataDir, { recursive: true });
  const file = options.dataDir === undefined ? [] : ['--db-path', join(options.dataDir, 'dynamodb.sqlite')];
  const server = await startServerProcess({ command, args: (port) => ['--port', String(port), ...file] });
  return { endpoint: `http://127.0.0.1:${server.port}`, close: server.close };
}

/** A client for an engine on this machine; the credentials are placeholders that such engines ignore. */
export function localDynamoDbClient(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}

/** Creates a table of our shape with its indexes and time-to-live; an existing one is left as it is. */
export async function createTable(endpoint: string, table: { tableName: string; shape: TableShape }): Promise<void> {
  const { tableName, shape } = table;
  const keys = [undefined, ...shape.indexes].map((index) => keyAttributes(index));
  const client = localDynamoDbClient(endpoint);
  try {
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: keys.flatMap(({ partition, sort }) => [
          { AttributeName: partition, AttributeType: 'S' },
          { AttributeName: sort, AttributeType: 'S' },
        ]),
        KeySchema: keySchema(),
        ...(shape.indexes.length > 0 && {
          GlobalSecondaryIndexes: shape.indexes.map((index) => ({
            IndexName: index,
            KeySchema: keySchema(index),
            Projection: { ProjectionType: 'ALL' },
          })),
        }),
      }),
    );
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: tableName,
        TimeToLiveSpecification: { AttributeName: ttlAttribute, Enabled: true },
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  } finally {
    client.destroy();
  }
}

function keySchema(index?: string) {
  const { partition, sort } = keyAttributes(index);
  return [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
}

function engineBinary(): string {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    const binary = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'dynoxide');
    if (existsSync(binary)) return binary;
  } catch {
    // The package is optional: npm leaves it out where it does not fit. The message below says what to do.
  }
  throw new NoDynamoDbEngineError(
    `The embedded DynamoDB engine (${name}) is not installed for ${process.platform}-${process.arch}. ` +
      'Run "npm ci" without --omit=optional, or start any DynamoDB-compatible server ' +
      '(for example the image amazon/dynamodb-local) and set DYNAMODB_ENDPOINT=http://127.0.0.1:8000.',
  );
}
