import { randomUUID } from 'node:crypto';
import { functionNameOf } from '../template/read-functions.ts';
import type { FunctionModel } from '../template/stack-model.ts';
import type { Waits } from '../waits.ts';
import type { WorkTracker } from '../work-tracker.ts';
import { type DeliverTo, runAsynchronously } from './asynchronous.ts';
import { asynchronousPayloadLimitBytes, type Outcome, payloadLimitBytes } from './outcome.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Thrown for a function that the template does not have. */
export class UnknownFunctionError extends Error {}

/** Thrown for an event above Lambda's limit. */
export class PayloadTooLargeError extends Error {}

/** All functions of the stack, as Lambda's Invoke sees them. */
export interface LambdaFunctions {
  readonly names: readonly string[];
  /** The pool of a function by its name or ARN. @throws UnknownFunctionError */
  pool(nameOrArn: string): WorkerPool;
  /** Waits for the outcome. @throws UnknownFunctionError, PayloadTooLargeError */
  invoke(nameOrArn: string, payload: string): Promise<Outcome>;
  /** As `invoke`, counted as background work. */
  invokeInBackground(nameOrArn: string, payload: string, requestId?: string): Promise<Outcome>;
  /** Accepts the event and gives its request id; retries and dead letters follow as the template says. */
  invokeLater(nameOrArn: string, payload: string): string;
  /** Gives what runs that long to end. */
  close(graceMs: number): Promise<void>;
}

/** What the functions are run with. */
export interface LambdaFunctionsOptions {
  readonly makePool: (model: FunctionModel) => WorkerPool;
  readonly work: WorkTracker;
  readonly waits: Waits;
  /** Hands a dead letter to a queue or topic. */
  readonly deliver: DeliverTo;
}

/** Makes the functions of a stack; workers start when they are first needed. */
export function createLambdaFunctions(
  models: readonly FunctionModel[],
  { makePool, work, waits, deliver }: LambdaFunctionsOptions,
): LambdaFunctions {
  const pools = new Map(models.map((model) => [model.name, makePool(model)]));

  const functions: LambdaFunctions = {
    names: [...pools.keys()],
    pool(nameOrArn) {
      const pool = pools.get(functionNameOf(nameOrArn));
      if (pool === undefined) throw new UnknownFunctionError(`Function not found: ${nameOrArn}`);
      return pool;
    },
    async invoke(nameOrArn, payload) {
      const pool = functions.pool(nameOrArn);
      requireSize(payload, payloadLimitBytes);
      return pool.invoke(payload);
    },
    async invokeInBackground(nameOrArn, payload, requestId = randomUUID()) {
      const pool = functions.pool(nameOrArn);
      requireSize(payload, payloadLimitBytes);
      const outcome = await pool.invoke(payload, requestId);
      work.tally.invocations += 1;
      if (outcome.failed) work.tally.failures += 1;
      return outcome;
    },
    invokeLater(nameOrArn, payload) {
      const { model } = functions.pool(nameOrArn);
      requireSize(payload, asynchronousPayloadLimitBytes);
      const requestId = randomUUID();
      const done = work.begin();
      const run = () => functions.invokeInBackground(model.name, payload, requestId);
      void runAsynchronously({ model, payload, requestId, run, waits, deliver, tally: work.tally }).finally(done);
      return requestId;
    },
    async close(graceMs) {
      await Promise.all([...pools.values()].map((pool) => pool.close(graceMs)));
    },
  };
  return functions;
}

function requireSize(payload: string, limitBytes: number): void {
  const bytes = Buffer.byteLength(payload);
  if (bytes > limitBytes) {
    throw new PayloadTooLargeError(`Request must be smaller than ${limitBytes} bytes, this one has ${bytes}`);
  }
}
