import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Synthesized } from '../synthesize.ts';
import { addAwsJsonApi } from './aws-json-api.ts';
import { createGateway } from './gateway/gateway.ts';
import { gatewayListener } from './gateway/http-door.ts';
import { workerEnvironment } from './lambda/environment.ts';
import { createLambdaFunctions, type LambdaFunctions } from './lambda/functions.ts';
import { addInvokeApi } from './lambda/invoke-api.ts';
import { createWorkerPool } from './lambda/worker-pool.ts';
import type { HttpServer } from './listen.ts';
import { addLocalPages, type LocalPages } from './local-pages.ts';
import { startSchedules } from './scheduler/schedules.ts';
import { secretsOperations } from './secrets/secrets-api.ts';
import { startEventSource } from './sqs/event-source.ts';
import { createQueues } from './sqs/queues.ts';
import { sqsOperations } from './sqs/sqs-api.ts';
import { createTables } from './tables/create-tables.ts';
import { readStack } from './template/read-stack.ts';
import type { SecretModel } from './template/stack-model.ts';
import { createWaits } from './waits.ts';
import { createWorkTracker, type Tally } from './work-tracker.ts';

/** How a template is run. */
export interface LocalStackOptions {
  readonly synthesized: Synthesized;
  /** The API's server; its address is known before the template is read, because the template's parameters name it. */
  readonly api: HttpServer;
  /** The server for Lambda, SQS and Secrets Manager. */
  readonly aws: HttpServer;
  readonly dynamoDbEndpoint: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly secretValue: (secret: SecretModel) => string;
  readonly compileCacheFolder: string;
  /** Answers for everything under /__local/ that is not the stack's own. */
  readonly pages?: LocalPages;
  /** Every line that a function logs. */
  readonly onLog: (functionName: string, line: string) => void;
  /** Whether schedules run by the clock; true unless said otherwise. */
  readonly timers?: boolean;
  /** How many times shorter than on AWS the waits between attempts are; 60 unless said otherwise. */
  readonly waitDivisor?: number;
}

/** A template that runs. */
export interface LocalStack {
  readonly functions: LambdaFunctions;
  /** Runs every schedule now and resolves when all that follows from it is over. */
  runSchedules(): Promise<Tally>;
  /** Process ids of the workers that live now. */
  workerPids(): number[];
  /** Ends everything; invocations that run get a moment. */
  close(): Promise<void>;
}

const region = 'us-east-1';
const accountId = '000000000000';

/** How long invocations may take to end when the stack stops. */
const graceMs = 3_000;

/**
 * Runs a synthesized template on this machine.
 * @throws UnsupportedTemplateError when something in it has no stand-in.
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { synthesized, api, aws, dynamoDbEndpoint } = options;
  const { template, assets, stackName } = synthesized;
  const place = { region, accountId, stackName, awsEndpoint: aws.url };
  const model = readStack({ template, assets, parameters: options.parameters, place });
  await createTables(dynamoDbEndpoint, region, model.tables);

  const work = createWorkTracker();
  const waits = createWaits(options.waitDivisor ?? 60);
  const queues = createQueues(model.queues, new Set(model.eventSources.map(({ queueArn }) => queueArn)), work);
  const endpoints = { dynamodb: dynamoDbEndpoint, sqs: aws.url, secretsManager: aws.url };
  const functions = createLambdaFunctions(model.functions, {
    work,
    waits,
    makePool: (fn) =>
      createWorkerPool(fn, {
        environment: workerEnvironment(fn, region, endpoints),
        compileCacheFolder: options.compileCacheFolder,
        onLog: options.onLog,
      }),
    deliver: (arn, body, attributes) => {
      const given = Object.entries(attributes).map(([name, value]) => [
        name,
        { DataType: 'String', StringValue: value },
      ]);
      queues.deliver(arn, { body, attributes: Object.fromEntries(given) });
    },
  });

  const awsApp = new Hono();
  addInvokeApi(awsApp, functions);
  addAwsJsonApi(awsApp, { ...sqsOperations(queues), ...secretsOperations(model.secrets, options.secretValue) });
  aws.serve(getRequestListener(awsApp.fetch));

  const eventSources = model.eventSources.map((source) => {
    const queue = queues.byArn(source.queueArn);
    if (queue === undefined) throw new Error(`no queue ${source.queueArn}`);
    return startEventSource({ model: source, queue, functions, waits, region });
  });
  const schedules = startSchedules(model.schedules, { functions, timers: options.timers ?? true });

  const stack: LocalStack = {
    functions,
    workerPids: () => functions.names.flatMap((name) => functions.pool(name).pids()),
    async runSchedules() {
      const before = { ...work.tally };
      // Points that were sent before are counted by the time that rules look at them, whatever their queue waits for.
      await work.whenIdle();
      await schedules.runNow();
      await work.whenIdle();
      return {
        invocations: work.tally.invocations - before.invocations,
        failures: work.tally.failures - before.failures,
        deadLetters: work.tally.deadLetters - before.deadLetters,
      };
    },
    async close() {
      schedules.close();
      waits.stop();
      await Promise.all([functions.close(graceMs), ...eventSources.map((source) => source.close())]);
      queues.close();
      await Promise.all([api.close(), aws.close()]);
    },
  };
  if (model.api !== undefined) {
    const gateway = createGateway({ api: model.api, accountId, invoke: functions.invoke });
    const onError = (error: unknown) => options.onLog('gateway', String(error instanceof Error ? error.stack : error));
    api.serve(addLocalPages(gatewayListener(gateway, onError), stack, options.pages));
  }
  return stack;
}
