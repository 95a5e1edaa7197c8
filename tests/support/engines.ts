import { randomUUID } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { startDynamoDb } from '../../infra/local/engines/dynamodb.ts';
import { startUpstash } from '../../infra/local/engines/upstash.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    dynamoDbEndpoint: string;
    upstash: { url: string; token: string; engine: string };
  }
}

/** Starts one DynamoDB and one Redis for the whole run; every test file makes tables of its own in them. */
export default async function startEngines(project: TestProject): Promise<() => Promise<void>> {
  if (!process.version.startsWith('v24.')) {
    throw new Error(`Tests run on Node 24, not on ${process.version}: start them with npm, which puts it on the path.`);
  }
  const token = randomUUID();
  const dynamoDb = await startDynamoDb();
  const upstash = await startUpstash({ token, say: (line) => process.stdout.write(`${line}\n`) });
  project.provide('dynamoDbEndpoint', dynamoDb.endpoint);
  project.provide('upstash', { url: upstash.url, token, engine: upstash.engine });
  return async () => {
    await upstash.close();
    await dynamoDb.close();
  };
}
