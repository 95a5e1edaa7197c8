import { randomUUID } from 'node:crypto';
import { createTable, localDynamoDbClient } from '../../infra/local/engines/dynamodb.ts';
import { mainTable, metricsTable } from '../../infra/tables.ts';
import type { Clock } from '../../lib/platform/clock.ts';
import type { Log, LogFields } from '../../lib/platform/log.ts';
import type { Metrics } from '../../lib/platform/metrics.ts';
import { type Redis, upstashRedis } from '../../lib/platform/redis.ts';
import { type SnowflakeIds, snowflakeIds } from '../../lib/platform/snowflake.ts';
import { openTable, type Table } from '../../lib/platform/table.ts';
import type { CapacityMeter } from './capacity-meter.ts';
import { holdToGrants } from './granted-actions.ts';

/** A clock that stands still until it is told otherwise. */
export interface TestClock extends Clock {
  set(time: number | string): void;
  advance(milliseconds: number): void;
}

/** A log line as it was written. */
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly error?: unknown;
  readonly fields: LogFields;
}

/** The app over the embedded engines, with tables and counters of its own, and what it logged and counted. */
export interface TestApp {
  readonly table: Table;
  /** What the engine calls the main table. */
  readonly tableName: string;
  readonly metricsTable: Table;
  readonly redis: Redis;
  readonly ids: SnowflakeIds;
  readonly clock: TestClock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly lines: readonly LogLine[];
  /** Counters by name. */
  readonly counted: ReadonlyMap<string, number>;
}

/** Where test time begins unless a test says otherwise. */
export const testStart = '2026-03-02T09:00:00.000Z';

/** Where the engines of this run answer. */
export interface Engines {
  readonly dynamoDbEndpoint: string;
  readonly upstash: { readonly url: string; readonly token: string };
}

/** What a test may choose of its app: when its clock begins, and what counts its requests to DynamoDB. */
export interface AppOptions {
  readonly now?: number | string;
  readonly meter?: CapacityMeter;
}

/** Builds an app over fresh tables; nothing inside our own walls is replaced but the clock. */
export async function appOver(engines: Engines, options: AppOptions = {}): Promise<TestApp> {
  const endpoint = engines.dynamoDbEndpoint;
  const name = `t-${randomUUID()}`;
  const metricsName = `${name}-metrics`;
  await createTable(endpoint, { tableName: name, shape: mainTable });
  await createTable(endpoint, { tableName: metricsName, shape: metricsTable });
  const client = localDynamoDbClient(endpoint);
  options.meter?.watch(client);
  holdToGrants(client, metricsName);
  const clock = testClock(options.now ?? testStart);
  const redis = isolated(upstashRedis(engines.upstash), name);
  return {
    table: openTable(name, client),
    tableName: name,
    metricsTable: openTable(metricsName, client),
    redis,
    ids: snowflakeIds({ redis, clock }),
    clock,
    ...recorder(),
  };
}

/** A clock that starts at `start` (ISO 8601 or milliseconds). */
export function testClock(start: number | string): TestClock {
  let now = new Date(start).getTime();
  return {
    now: () => now,
    set(time) {
      now = new Date(time).getTime();
    },
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}

function isolated(redis: Redis, prefix: string): Redis {
  return {
    run: (script, keys, args) =>
      redis.run(
        script,
        keys.map((key) => `${prefix}:${key}`),
        args,
      ),
  };
}

function recorder(): Pick<TestApp, 'log' | 'metrics' | 'lines' | 'counted'> {
  const lines: LogLine[] = [];
  const counted = new Map<string, number>();
  let about: LogFields = {};
  const write = (level: LogLine['level'], message: string, fields: LogFields, error?: unknown): void => {
    lines.push({ level, message, fields: { ...about, ...fields }, ...(error !== undefined && { error }) });
  };
  return {
    lines,
    counted,
    log: {
      info: (message, fields = {}) => write('info', message, fields),
      warn: (message, fields = {}) => write('warn', message, fields),
      error: (message, error, fields = {}) => write('error', message, fields, error),
      about: (fields) => {
        about = fields;
      },
    },
    metrics: {
      count: (name, by = 1) => counted.set(name, (counted.get(name) ?? 0) + by),
      flush: () => {},
    },
  };
}
