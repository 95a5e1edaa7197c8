import * as z from 'zod';
import { type FoldingApp, foldMemory, foldMessages, pointMessage } from '../lib/metrics/index.ts';
import { type DeadLetters, sqsDeadLetters } from '../lib/platform/dead-letters.ts';
import { type BatchDoor, batchDoor } from './middleware/batch-door.ts';
import { metricParts, metricSettings } from './middleware/metric-parts.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  ...metricSettings,
  SERIES_PER_DAY: z.coerce.number().int().positive(),
  POINTS_DEAD_LETTERS_URL: z.url(),
});

type FoldPointsApp = BaseApp & FoldingApp & { readonly deadLetters?: DeadLetters };

/** The queue of points: adds what requests sent in the last seconds to the buckets of metrics. */
export const door = {
  name: 'fold-points',
  message: pointMessage,
  async handle(app, messages) {
    const failed = await foldMessages(app, messages);
    return new Map(
      messages.flatMap(({ batchId }, place) => (failed.has(batchId) ? [[place, failed.get(batchId)] as const] : [])),
    );
  },
} satisfies BatchDoor<FoldPointsApp, typeof pointMessage>;

export const handler = batchDoor<FoldPointsApp, typeof pointMessage>(
  door,
  appSource(settings, (config, { clock }) => ({
    ...metricParts(config),
    seriesLimit: config.SERIES_PER_DAY,
    deadLetters: sqsDeadLetters(config.POINTS_DEAD_LETTERS_URL),
    memory: foldMemory(clock),
  })),
);
