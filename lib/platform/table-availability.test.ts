import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { UnavailableError } from './errors.ts';
import { openTable } from './table.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** A table whose database answers everything with this status and error, or is not there at all. */
async function tableWhoseDatabase(answers: { status: number; type: string } | 'is away') {
  server = createServer((_, response) => {
    if (answers === 'is away') return;
    const body = JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${answers.type}`, message: 'no' });
    response.writeHead(answers.status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  if (answers === 'is away') {
    server.close();
    await once(server, 'close');
  }
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = new DynamoDBClient({ endpoint: `http://127.0.0.1:${port}`, region: 'x', credentials, maxAttempts: 1 });
  return openTable('things', client);
}

describe('a table whose database', () => {
  it.each([
    ['is away' as const],
    [{ status: 400, type: 'ThrottlingException' }],
    [{ status: 400, type: 'TransactionConflictException' }],
    [{ status: 500, type: 'InternalServerError' }],
    [{ status: 503, type: 'SomethingNew' }],
  ])('%j is unavailable for a moment', async (answers) => {
    const table = await tableWhoseDatabase(answers);
    await expect(table.get({ pk: 'p', sk: 's' })).rejects.toThrow(UnavailableError);
    await expect(table.update({ pk: 'p', sk: 's' }, { expression: 'SET a = b' })).rejects.toThrow(UnavailableError);
  });

  it('refuses for good is not', async () => {
    const table = await tableWhoseDatabase({ status: 400, type: 'ValidationException' });
    const refusal = await table.get({ pk: 'p', sk: 's' }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'ValidationException' });
  });
});
