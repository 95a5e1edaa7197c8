import { randomUUID } from 'node:crypto';
import type { FunctionModel } from '../template/stack-model.ts';
import { errorPayload, type Outcome } from './outcome.ts';
import { startWorker, type Worker, type WorkerOptions } from './worker.ts';

/** As many workers of one function as one machine is asked for at most; AWS would start a thousand. */
const workerLimit = 4;

/** The workers of one function: started on first use, one more for every event that finds none free. */
export interface WorkerPool {
  readonly model: FunctionModel;
  readonly concurrency: number;
  invoke(payload: string, requestId?: string): Promise<Outcome>;
  /** Process ids of the workers that live now. */
  pids(): number[];
  /** Waits that long for the events that run, then ends all workers; later events fail. */
  close(graceMs: number): Promise<void>;
}

/** What all pools share. */
export interface PoolOptions extends WorkerOptions {
  /** Every line that a function logs. */
  readonly onLog: (functionName: string, line: string) => void;
}

/** Makes the pool of a function; nothing is started yet. */
export function createWorkerPool(model: FunctionModel, options: PoolOptions): WorkerPool {
  const concurrency = Math.min(model.reservedConcurrency ?? workerLimit, workerLimit);
  const all = new Set<Worker>();
  const idle: Worker[] = [];
  const running = new Set<Promise<Outcome>>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  let closed = false;

  const start = (): Worker => {
    const worker = startWorker(model, options);
    all.add(worker);
    void worker.gone.then(() => {
      all.delete(worker);
      const position = idle.indexOf(worker);
      if (position >= 0) idle.splice(position, 1);
    });
    return worker;
  };

  const run = async (payload: string, requestId: string): Promise<Outcome> => {
    // Whoever ends hands its place over to the first that waits, so that nobody can take it in between.
    if (busy >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
    if (closed)
      return { requestId, payload: errorPayload('Shutdown', 'the local stack stops'), failed: true, logs: [] };
    const startedAt = performance.now();
    const logs = [`START RequestId: ${requestId} Version: $LATEST`];
    const onLine = (line: string) => {
      logs.push(line);
      options.onLog(model.name, line);
    };
    const worker = idle.pop() ?? start();
    try {
      const answer = await worker.run({ requestId, payload, traceId: traceId(), onLine });
      if (answer.failed) onLine(`ERROR Invoke Error ${answer.payload}`);
      logs.push(...closingLines(model, requestId, performance.now() - startedAt));
      return { requestId, logs, ...answer };
    } finally {
      if (all.has(worker)) idle.push(worker);
      const next = waiting.shift();
      if (next === undefined) busy -= 1;
      else next();
    }
  };

  return {
    model,
    concurrency,
    invoke(payload, requestId = randomUUID()) {
      const outcome = run(payload, requestId);
      running.add(outcome);
      return outcome.finally(() => running.delete(outcome));
    },
    pids: () => [...all].flatMap(({ pid }) => pid ?? []),
    async close(graceMs) {
      closed = true;
      const killAll = () => {
        for (const worker of all) worker.kill();
      };
      const graceOver = setTimeout(killAll, graceMs);
      await Promise.allSettled(running);
      clearTimeout(graceOver);
      killAll();
      await Promise.all([...all].map(({ gone }) => gone));
    },
  };
}

function closingLines(model: FunctionModel, requestId: string, milliseconds: number): string[] {
  const duration = `Duration: ${milliseconds.toFixed(2)} ms\tBilled Duration: ${Math.ceil(milliseconds)} ms`;
  return [
    `END RequestId: ${requestId}`,
    `REPORT RequestId: ${requestId}\t${duration}\tMemory Size: ${model.memoryMegabytes} MB`,
  ];
}

/** Not sampled: there is no X-Ray daemon here that would take the segments. */
function traceId(): string {
  const id = randomUUID().replaceAll('-', '');
  const seconds = Math.floor(Date.now() / 1_000).toString(16);
  return `Root=1-${seconds}-${id.slice(0, 24)};Parent=${id.slice(-16)};Sampled=0`;
}
