import { createHash } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { localDynamoDbClient } from '../../infra/local/engines/dynamodb.ts';

/** What the table holds, but for when tokens were used. */
export async function tableDigest(app: { readonly tableName: string }): Promise<string> {
  const lines = (await tableItems(app)).map(({ lastUsedAt: _, lastProjectId: __, ...item }) =>
    JSON.stringify(item, inOrder),
  );
  return createHash('sha256')
    .update(lines.sort((one, other) => (one < other ? -1 : 1)).join('\n'))
    .digest('hex');
}

/** Every item of the table as DynamoDB writes it. */
export async function tableItems(
  { tableName }: { readonly tableName: string },
  endpoint: string = inject('dynamoDbEndpoint'),
): Promise<Record<string, unknown>[]> {
  const client = localDynamoDbClient(endpoint);
  const items: Record<string, unknown>[] = [];
  let from: Record<string, never> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: tableName, ...(from && { ExclusiveStartKey: from }) }));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey as Record<string, never> | undefined;
  } while (from !== undefined);
  return items;
}

/** Attributes and members of sets come in any order. */
function inOrder(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return name === 'SS' ? value.toSorted() : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
