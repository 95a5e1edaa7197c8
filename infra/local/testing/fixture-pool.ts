import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workerEnvironment } from '../lambda/environment.ts';
import type { Outcome } from '../lambda/outcome.ts';
import { createWorkerPool, type WorkerPool } from '../lambda/worker-pool.ts';
import { readStack } from '../template/read-stack.ts';
import { fixtureTemplate } from './fixture-stack.ts';

const endings: (() => Promise<void>)[] = [];

/** Makes a pool of the function whose module is `code`. */
export async function makePool(code: string, properties: Record<string, unknown> = {}): Promise<WorkerPool> {
  const folder = await mkdtemp(join(tmpdir(), 'postflow-pool-'));
  const { template, assets } = await fixtureTemplate({ functions: { Work: { code, properties } } }, folder);
  const place = { region: 'us-east-1', accountId: '0', stackName: 'st', awsEndpoint: 'http://127.0.0.1:1' };
  const [model] = readStack({ template, assets, parameters: {}, place }).functions;
  if (model === undefined) throw new Error('no function');
  const endpoints = { dynamodb: 'http://d', sqs: 'http://q', secretsManager: 'http://s' };
  const pool = createWorkerPool(model, {
    environment: workerEnvironment(model, 'us-east-1', endpoints),
    compileCacheFolder: join(folder, 'cache'),
    onLog: () => {},
  });
  endings.push(async () => {
    await pool.close(0);
    await rm(folder, { recursive: true });
  });
  return pool;
}

/** Ends all pools; for `afterEach`. */
export async function closePools(): Promise<void> {
  await Promise.all(endings.splice(0).map((end) => end()));
}

/** The payload of an outcome. */
export function parsed(outcome: Outcome): Record<string, unknown> {
  return JSON.parse(outcome.payload) as Record<string, unknown>;
}
