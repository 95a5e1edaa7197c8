import { inject } from 'vitest';
import { type AppOptions, appOver, type TestApp } from './app-over-engines.ts';

export { type LogLine, type TestApp, type TestClock, testClock, testStart } from './app-over-engines.ts';

/** The app of a vitest run: over the engines that the run started, with tables and counters of its own. */
export function createTestApp(options: AppOptions = {}): Promise<TestApp> {
  return appOver({ dynamoDbEndpoint: inject('dynamoDbEndpoint'), upstash: inject('upstash') }, options);
}
