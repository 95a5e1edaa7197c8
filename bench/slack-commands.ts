import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildFunctions } from '../infra/build.ts';
import { createTable, localDynamoDbClient, startDynamoDb } from '../infra/local/engines/dynamodb.ts';
import { mainTable } from '../infra/tables.ts';
import { systemClock } from '../lib/platform/clock.ts';
import { openTable } from '../lib/platform/table.ts';
import { addWorkspace } from '../lib/slack/index.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { printTable, writeResults } from './results.ts';
import { firstAnswer, judge, percentile } from './slack-verdict.ts';

// node bench/slack-commands.ts [runs] [warm calls]: from the import of a bundle to its first answer to a signed command, in a
// fresh process, over the embedded DynamoDB by HTTP: the floor, ours and Bolt's by turns, and then ours again and again when warm.
// Bolt is installed with `npm install --prefix bench`. Exits with 1 when a rule of slack-verdict.ts is broken.

const signingSecret = 'a signing secret of the benchmark';
const tableName = 'bench-slack';
const runs = Number(process.argv[2] ?? 25);
const warmCalls = Number(process.argv[3] ?? 2_000);

interface Measurement {
  readonly firstMs: number;
  readonly importMs: number;
  readonly warmMs: readonly number[];
  readonly status: number;
  readonly body: string;
}

/** Runs in the fresh process; `calls` further calls follow the first. */
const child = `
  import { writeFileSync } from 'node:fs';
  const [file, event, calls] = process.argv.slice(-3);
  const parsed = JSON.parse(event);
  const context = { awsRequestId: 'bench', functionName: 'bench', getRemainingTimeInMillis: () => 10_000 };
  const started = performance.now();
  const { handler } = await import(file);
  const imported = performance.now();
  const answer = await handler(parsed, context);
  const firstMs = performance.now() - started;
  const warmMs = [];
  for (let call = 0; call < Number(calls); call += 1) {
    const from = performance.now();
    await handler(parsed, context);
    warmMs.push(performance.now() - from);
  }
  const told = { firstMs, importMs: imported - started, warmMs, status: answer.statusCode, body: answer.body };
  writeFileSync(3, JSON.stringify(told));
  process.exit();
`;

const folder = await mkdtemp(join(tmpdir(), 'postflow-bench-'));
const dynamoDb = await startDynamoDb();
const secrets = await startSecrets();
try {
  await prepareTable();
  const bundles = [
    ...(await buildFunctions({ outdir: join(folder, 'ours') })).filter(({ name }) => name === 'slack-commands'),
    ...(await buildFunctions({ sources: 'bench/peers', outdir: join(folder, 'peers') })),
  ];
  const cache = join(folder, 'compile-cache');
  const contenders = [
    ...bundles.map(({ name, folder: at }) => ({ name, file: join(at, 'index.mjs'), environment: {} })),
    ...bundles
      .filter(({ name }) => name === 'slack-commands')
      .map(({ name, folder: at }) => ({
        name: `${name}, warm compile cache`,
        file: join(at, 'index.mjs'),
        environment: { NODE_COMPILE_CACHE: cache },
      })),
  ];
  const times = new Map(contenders.map(({ name }) => [name, { first: [] as number[], imports: [] as number[] }]));
  // By turns, so that whatever else the machine does meets all of them; the first round only warms the disk.
  for (let run = -1; run < runs; run += 1) {
    for (const { name, file, environment } of contenders) {
      const { firstMs, importMs, status, body } = await measure(file, environment, 0);
      if (status !== 200 || body.length < 10) throw new Error(`${name} answered ${status}: ${body}`);
      if (run < 0) continue;
      times.get(name)?.first.push(firstMs);
      times.get(name)?.imports.push(importMs);
    }
  }
  const ours = contenders.find(({ name }) => name === 'slack-commands');
  const warm = (await measure(ours?.file ?? '', {}, warmCalls)).warmMs.slice(Math.floor(warmCalls / 10));
  const rows = await Promise.all(
    contenders.map(async ({ name, file }) => ({
      name,
      kB: Math.round((await stat(file)).size / 1_000),
      importMedianMs: firstAnswer(times.get(name)?.imports ?? []).medianMs,
      ...firstAnswer(times.get(name)?.first ?? []),
    })),
  );
  const row = (name: string) =>
    rows.find((one) => one.name === name) ?? { medianMs: Number.NaN, minimumMs: Number.NaN };
  const warmP99Ms = percentile(warm, 0.99);
  const verdict = judge({ floor: row('floor'), bolt: row('bolt'), ours: row('slack-commands'), warmP99Ms });
  printTable(rows);
  console.log(verdict);
  writeResults('slack-commands', {
    runs,
    contenders: rows,
    warm: { calls: warm.length, ...firstAnswer(warm), p99Ms: verdict.warmP99Ms },
    verdict,
  });
  if (!verdict.kept) process.exitCode = 1;
} finally {
  await secrets.close();
  await dynamoDb.close();
  await rm(folder, { recursive: true });
}

/** One fresh process: the whole environment is what Lambda and the stack would set. */
async function measure(file: string, environment: Record<string, string>, calls: number): Promise<Measurement> {
  const address = pathToFileURL(file).href;
  const args = ['--input-type=module', '-e', child, address, JSON.stringify(signedEvent()), String(calls)];
  const started = spawn(process.execPath, args, {
    env: { ...functionEnvironment(), ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  return JSON.parse(await allOf(started)) as Measurement;
}

async function allOf(started: ChildProcess): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of started.stdio[3] as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function functionEnvironment(): Record<string, string> {
  return {
    TABLE_NAME: tableName,
    SECRET_ID: 'secret',
    PUBLIC_URL: 'https://postflow.example',
    SLACK_COMMAND: '/postflow',
    DOCS_URL: 'https://docs.example/',
    SUPPORT_URL: 'https://help.example/',
    SIGNING_SECRET: signingSecret,
    POWERTOOLS_SERVICE_NAME: 'slack-commands',
    POWERTOOLS_METRICS_NAMESPACE: 'postflow',
    AWS_LAMBDA_FUNCTION_NAME: 'bench',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
  };
}

/** The stored event of `link`, signed now. */
function signedEvent(): object {
  const event = storedEvent('slack-commands/link');
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${event.body}`).digest('hex');
  const headers = {
    ...event.headers,
    'X-Slack-Request-Timestamp': timestamp,
    'X-Slack-Signature': `v0=${digest}`,
  };
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return { ...event, headers, multiValueHeaders };
}

async function prepareTable(): Promise<void> {
  await createTable(dynamoDb.endpoint, { tableName, shape: mainTable });
  const table = openTable(tableName, localDynamoDbClient(dynamoDb.endpoint));
  const workspace = { teamId: 'T0ACME001', name: 'Acme', botUserId: 'U0POSTFLOW', botToken: 'xoxb-hush' };
  const app = { table, clock: systemClock, tokenEncryptionKey: 'a key of the benchmark' };
  await addWorkspace(app, { organization: 'acme', ...workspace });
}

/** Secrets Manager as far as a function asks for it. */
async function startSecrets(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const names = ['slackClientSecret', 'upstashToken', 'tokenEncryptionKey'];
  const value = {
    ...Object.fromEntries(names.map((name) => [name, ''])),
    slackSigningSecret: signingSecret,
    linkSigningKey: 'a signing key of the benchmark',
  };
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ Name: 'secret', SecretString: JSON.stringify(value) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}
