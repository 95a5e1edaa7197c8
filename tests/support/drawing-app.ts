import type { DigestApp, IncidentChartApp } from '../../lib/alerts/index.ts';
import type { Delivery } from '../../lib/platform/delivery.ts';
import { type AlertingApp, createAlertingApp } from './alerting-app.ts';
import type { TestApp } from './test-app.ts';

/** A message of the charts queue as it comes for the first time, with all its time left. */
export const delivery: Delivery = { messageId: 'm', attempt: 1, lastAttempt: false, remainingMs: 60_000 };

/** Everything that an alert passes through, and what draws the charts of incidents and digests. */
export interface DrawingApp extends AlertingApp, Pick<IncidentChartApp & DigestApp, 'wait' | 'draw'> {
  /** How many pictures were drawn. */
  readonly drawings: () => number;
}

/** Builds the app: its pictures are nine bytes, each its own number among those that were drawn; waiting takes no time. */
export async function createDrawingApp(given?: TestApp): Promise<DrawingApp> {
  const app = await createAlertingApp(given);
  let drawings = 0;
  return {
    ...app,
    wait: async (milliseconds) => app.clock.advance(milliseconds),
    draw: async () => {
      drawings += 1;
      return new Uint8Array(9).fill(drawings);
    },
    drawings: () => drawings,
  };
}
