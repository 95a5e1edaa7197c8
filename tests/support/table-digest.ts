import { createHash } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { localDynamoDbClient } from '../../infra/local/engines/dynamodb.ts';

/** What the table holds, but for when tokens were used. */
export async function tableDigest({ tableName }: { readonly tableName: string }): Promise<string> {
  const client = localDynamoDbClient(inject('dynamoDbEndpoint'));
  const lines: string[] = [];
  let from: Record<string, never> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: tableName, ...(from && { ExclusiveStartKey: from }) }));
    for (const { lastUsedAt: _, lastProjectId: __, ...item } of page.Items ?? [])
      lines.push(JSON.stringify(item, inOrder));
    from = page.LastEvaluatedKey as Record<string, never> | undefined;
  } while (from !== undefined);
  return createHash('sha256')
    .update(lines.sort((one, other) => (one < other ? -1 : 1)).join('\n'))
    .digest('hex');
}

/** Attributes and members of sets come in any order. */
function inOrder(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return name === 'SS' ? value.toSorted() : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
