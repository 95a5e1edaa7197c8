import type * as z from 'zod';
import type { App } from '../../lib/platform/app.ts';
import { type Clock, systemClock } from '../../lib/platform/clock.ts';
import { readConfig } from '../../lib/platform/config.ts';
import { jsonLog } from '../../lib/platform/log.ts';
import { emfMetrics } from '../../lib/platform/metrics.ts';

/** Gives the app of this process, building it on first use. */
export type AppSource<A> = () => Promise<A>;

/** What every function has without asking. */
export type BaseApp = Pick<App, 'clock' | 'log' | 'metrics'>;

/** Rotated secrets are noticed after this long; docs/deploy.md promises it. */
export const appMaxAgeMs = 15 * 60_000;

/**
 * Says how the app of a function is built from its settings. It is built once per process: in Lambda while the function
 * initialises, elsewhere (a test that only imports the door) never. After a quarter of an hour the next call builds it anew,
 * so that new secrets are noticed; when that fails, the old one goes on. A failed first build is tried again by the next call.
 */
export function appSource<S extends z.ZodType, A>(
  settings: S,
  build: (config: z.infer<S>, base: BaseApp) => A | Promise<A>,
  { clock, environment }: { readonly clock: Clock; readonly environment: NodeJS.ProcessEnv } = {
    clock: systemClock,
    environment: process.env,
  },
): AppSource<A & BaseApp> {
  let current: { readonly app: Promise<A & BaseApp>; readonly startedAt: number } | undefined;
  // Outlives what is built anew: a request in between neither loses what it counted nor what its lines are about.
  let base: BaseApp | undefined;
  const start = async (): Promise<A & BaseApp> => {
    base ??= { clock, log: jsonLog(), metrics: emfMetrics() };
    return { ...(await build(readConfig(settings, environment), base)), ...base };
  };
  const source = async (): Promise<A & BaseApp> => {
    const previous = current;
    if (previous !== undefined && clock.now() - previous.startedAt < appMaxAgeMs) return previous.app;
    const started = { app: start(), startedAt: clock.now() };
    current = started;
    try {
      return await started.app;
    } catch (error) {
      current = previous && { ...previous, startedAt: clock.now() };
      if (previous === undefined) throw error;
      const app = await previous.app;
      app.log.error('the function cannot read its configuration again and goes on with the old one', error);
      return app;
    }
  };
  if (environment['AWS_LAMBDA_INITIALIZATION_TYPE'] !== undefined) {
    // The first call awaits the same promise and reports the failure; here it only must not end the process.
    source().catch(() => {});
  }
  return source;
}
