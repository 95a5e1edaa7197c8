/**
 * The process of one worker: what the Lambda runtime is on AWS. It gets its function by arguments, so that the
 * environment holds nothing but what the function would see there too.
 */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { FromWorker, ToWorker } from './worker-messages.ts';

type Handler = (event: unknown, context: unknown) => unknown;

const [, , moduleFile = '', exportName = '', cacheFolder = ''] = process.argv;
enableCompileCache(cacheFolder);

// Ctrl-C in a terminal reaches the whole process group; the parent ends its workers itself, after their current event.
process.on('SIGINT', () => {});
// The parent is gone (ended, killed or crashed): nobody will ever send an event again.
process.on('disconnect', () => process.exit(0));

const handler = await loadHandler();
if (handler !== undefined) {
  process.on('message', (message: ToWorker) => {
    void run(handler, message);
  });
  tell({ kind: 'ready' });
  flushCompileCache();
}

async function loadHandler(): Promise<Handler | undefined> {
  try {
    const loaded: Record<string, unknown> = await import(pathToFileURL(moduleFile).href);
    const found = loaded[exportName];
    if (typeof found !== 'function') throw new Error(`${moduleFile} exports no function named ${exportName}`);
    return found as Handler;
  } catch (error) {
    endLogs('init');
    tell({ kind: 'broken', payload: JSON.stringify(describe(error)) });
    return undefined;
  }
}

async function run(handle: Handler, message: ToWorker): Promise<void> {
  const { requestId } = message;
  process.env['_X_AMZN_TRACE_ID'] = message.traceId;
  let answer: FromWorker;
  try {
    const result: unknown = await handle(JSON.parse(message.payload), context(message));
    answer = { kind: 'answer', requestId, payload: JSON.stringify(result ?? null) };
  } catch (error) {
    answer = { kind: 'failure', requestId, payload: JSON.stringify(describe(error)) };
  }
  endLogs(requestId);
  tell(answer);
}

function context(message: ToWorker) {
  const { env } = process;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: env['AWS_LAMBDA_FUNCTION_VERSION'],
    memoryLimitInMB: env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: env['AWS_LAMBDA_LOG_STREAM_NAME'],
    invokedFunctionArn: message.functionArn,
    awsRequestId: message.requestId,
    getRemainingTimeInMillis: () => Math.max(0, message.deadlineMs - Date.now()),
  };
}

function describe(error: unknown) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
}

/** Ends this event's part of both streams, so that the parent knows when it has read all of them. Pipe writes are synchronous. */
function endLogs(requestId: string): void {
  process.stdout.write(`\0${requestId}\n`);
  process.stderr.write(`\0${requestId}\n`);
}

function tell(message: FromWorker): void {
  process.send?.(message);
}
