import type * as z from 'zod';
import type { App } from '../../lib/platform/app.ts';
import { systemClock } from '../../lib/platform/clock.ts';
import { readConfig } from '../../lib/platform/config.ts';
import { jsonLog } from '../../lib/platform/log.ts';
import { emfMetrics } from '../../lib/platform/metrics.ts';

/** Gives the app of this process, building it on first use. */
export type AppSource<A> = () => Promise<A>;

/** What every function has without asking. */
export type BaseApp = Pick<App, 'clock' | 'log' | 'metrics'>;

/**
 * Says how the app of a function is built from its settings. It is built once per process: in Lambda while the function
 * initialises, elsewhere (a test that only imports the door) never. A failed build is tried again by the next call.
 */
export function appSource<S extends z.ZodType, A>(
  settings: S,
  build: (config: z.infer<S>, base: BaseApp) => A | Promise<A>,
): AppSource<A & BaseApp> {
  let app: Promise<A & BaseApp> | undefined;
  const source = async (): Promise<A & BaseApp> => {
    app ??= start();
    try {
      return await app;
    } catch (error) {
      app = undefined;
      throw error;
    }
  };
  const start = async (): Promise<A & BaseApp> => {
    const base: BaseApp = { clock: systemClock, log: jsonLog(), metrics: emfMetrics() };
    return { ...(await build(readConfig(settings, process.env), base)), ...base };
  };
  if (process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] !== undefined) {
    // The first call awaits the same promise and reports the failure; here it only must not end the process.
    source().catch(() => {});
  }
  return source;
}
