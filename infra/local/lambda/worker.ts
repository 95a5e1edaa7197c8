import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { FunctionModel } from '../template/stack-model.ts';
import { readLogLines } from './log-lines.ts';
import { errorPayload, exitPayload, oversizePayload, timeoutPayload } from './outcome.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** Lambda gives the code outside of the handler ten seconds. */
const initTimeoutMs = 10_000;

/** One child process that runs one event at a time of one function. */
export interface Worker {
  readonly pid: number | undefined;
  /** Resolves when the process is gone and its output read. */
  readonly gone: Promise<void>;
  /** Runs an event; an event that runs out of time takes the process with it. */
  run(call: WorkerCall): Promise<WorkerAnswer>;
  kill(): void;
}

/** An event for a worker, with where its log lines go. */
export interface WorkerCall {
  readonly requestId: string;
  readonly payload: string;
  readonly traceId: string;
  onLine(line: string): void;
}

/** What came of an event in a worker. */
export interface WorkerAnswer {
  readonly payload: string;
  readonly failed: boolean;
}

/** How workers are started. */
export interface WorkerOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly compileCacheFolder: string;
}

/** Starts a worker; it loads the function right away, and `run` waits until it has. */
export function startWorker(fn: FunctionModel, options: WorkerOptions): Worker {
  const [moduleName = '', exportName = ''] = fn.handler.split('.');
  const child = fork(
    fileURLToPath(new URL('bootstrap.ts', import.meta.url)),
    [join(fn.codeFolder, `${moduleName}.mjs`), exportName, options.compileCacheFolder],
    {
      env: { ...options.environment },
      execArgv: [`--max-old-space-size=${fn.memoryMegabytes}`, '--enable-source-maps'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  let current: WorkerCall | undefined;
  const early: string[] = [];
  const onLine = (line: string) => (current === undefined ? early.push(line) : current.onLine(line));
  const streams = [readLogLines(child.stdout as Readable, onLine), readLogLines(child.stderr as Readable, onLine)];

  const gone = once(child, 'close').then(() => {});
  const started = firstMessage(child);
  // Nobody may be waiting yet when it breaks; `run` looks at the same promise again.
  started.catch(() => {});

  return {
    pid: child.pid,
    gone,
    kill: () => child.kill('SIGKILL'),
    async run(call) {
      current = call;
      for (const line of early.splice(0)) call.onLine(line);
      try {
        const broken = await withinTime(started, initTimeoutMs, () => initFailure(call.requestId));
        const answer = broken ?? (await runLoaded(child, fn, call));
        if (typeof answer === 'string') {
          child.kill('SIGKILL');
          await gone;
          return { payload: answer, failed: true };
        }
        await Promise.all(streams.map((stream) => stream.ended(call.requestId)));
        const oversize = answer.kind === 'answer' ? oversizePayload(answer.payload) : undefined;
        return { payload: oversize ?? answer.payload, failed: answer.kind === 'failure' || oversize !== undefined };
      } catch (error) {
        if (!(error instanceof WorkerExit)) throw error;
        await gone;
        return { payload: exitPayload(call.requestId, error.code, error.signal), failed: true };
      } finally {
        current = undefined;
      }
    },
  };
}

/** Thrown when the process ends while somebody waits for it. */
class WorkerExit extends Error {
  readonly code: number | null;
  readonly signal: string | null;
  constructor(code: number | null, signal: string | null) {
    super(`worker ended (${signal ?? code})`);
    this.code = code;
    this.signal = signal;
  }
}

type Result = Extract<FromWorker, { requestId: string }>;

/** Resolves when the function is loaded, to the error's payload when it cannot be. */
async function firstMessage(child: ChildProcess): Promise<string | undefined> {
  const message = await nextMessage(child, () => true);
  return message.kind === 'broken' ? message.payload : undefined;
}

async function runLoaded(child: ChildProcess, fn: FunctionModel, call: WorkerCall): Promise<Result | string> {
  const timeoutMs = fn.timeoutSeconds * 1_000;
  const { requestId, payload, traceId } = call;
  const answer = nextMessage(child, (message) => 'requestId' in message && message.requestId === requestId);
  const event: ToWorker = { requestId, payload, traceId, functionArn: fn.arn, deadlineMs: Date.now() + timeoutMs };
  // A send to a process that has just died fails; `nextMessage` reports its end.
  child.send(event, () => {});
  return withinTime(answer as Promise<Result>, timeoutMs, () => timeoutPayload(requestId, fn.timeoutSeconds));
}

function nextMessage(child: ChildProcess, wanted: (message: FromWorker) => boolean): Promise<FromWorker> {
  const { promise, resolve, reject } = Promise.withResolvers<FromWorker>();
  if (child.exitCode !== null || child.signalCode !== null) throw new WorkerExit(child.exitCode, child.signalCode);
  const onMessage = (message: unknown) => {
    if (wanted(message as FromWorker)) resolve(message as FromWorker);
  };
  const onExit = (code: number | null, signal: string | null) => reject(new WorkerExit(code, signal));
  child.on('message', onMessage).once('exit', onExit);
  return promise.finally(() => child.off('message', onMessage).off('exit', onExit));
}

function initFailure(requestId: string): string {
  const message = `Init phase timed out after ${(initTimeoutMs / 1_000).toFixed(2)} seconds`;
  return errorPayload('Sandbox.Timedout', `RequestId: ${requestId} Error: ${message}`);
}

async function withinTime<Value, Late>(
  value: Promise<Value>,
  limitMs: number,
  late: () => Late,
): Promise<Value | Late> {
  const { promise, resolve } = Promise.withResolvers<Late>();
  const timer = setTimeout(() => resolve(late()), limitMs);
  try {
    return await Promise.race([value, promise]);
  } finally {
    clearTimeout(timer);
    // The loser may still fail, when the late worker is killed.
    value.catch(() => {});
  }
}
