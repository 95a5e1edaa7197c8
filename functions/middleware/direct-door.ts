import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { parseInput } from '../../lib/platform/field-errors.ts';
import type { AppSource, BaseApp } from './start-app.ts';

/** A function that is invoked with a payload of its own form: by a schedule or by an operator. */
export interface DirectDoor<A extends BaseApp, Payload extends z.ZodType, Result> {
  /** The function's name; the counters of its outcomes begin with it. */
  readonly name: string;
  readonly payload: Payload;
  readonly handle: (app: A, payload: z.infer<Payload>) => Promise<Result>;
}

/** A directly invoked function as Lambda calls it. */
export type DirectHandler<Result> = (event: unknown, context: Context) => Promise<Result>;

/** Makes a directly invoked function. What it throws is thrown to Lambda, which tries asynchronous calls again. */
export function directDoor<A extends BaseApp, P extends z.ZodType, Result>(
  door: DirectDoor<A, P, Result>,
  appOf: AppSource<A>,
): DirectHandler<Result> {
  return async (event, context) => {
    const app = await appOf();
    app.log.about({ requestId: context.awsRequestId });
    try {
      const result = await door.handle(app, parseInput(door.payload, event));
      app.metrics.count(`${door.name}.success`);
      return result;
    } catch (error) {
      app.metrics.count(`${door.name}.failure`);
      app.log.error('failed', error);
      throw error;
    } finally {
      app.metrics.flush();
    }
  };
}
