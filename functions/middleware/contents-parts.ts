import * as z from 'zod';
import type { Clock } from '../../lib/platform/clock.ts';
import { sqsQueue } from '../../lib/platform/queue.ts';
import { randomText } from '../../lib/platform/random-text.ts';
import {
  type ContentsApp,
  configuredProviders,
  type DeployNoticeJob,
  type FetchMessage,
} from '../../lib/releases/index.ts';
import type { ApiApp } from './api-door.ts';
import { idParts, idSettings } from './id-parts.ts';

/** What a function reads of its environment that sets the commits and refs of releases. */
export const contentsSettings = idSettings.extend({ FETCHES_QUEUE_URL: z.url(), SLACK_JOBS_QUEUE_URL: z.url() });

/** The parts of its app that follow from these settings. */
export async function contentsParts(
  config: z.infer<typeof contentsSettings>,
  clock: Clock,
): Promise<Omit<ApiApp & ContentsApp, 'clock' | 'log' | 'metrics'>> {
  const { parts, secrets } = await idParts(config, clock);
  return {
    ...parts,
    randomText,
    providers: configuredProviders(secrets),
    fetches: sqsQueue<FetchMessage>(config.FETCHES_QUEUE_URL),
    deployNotices: sqsQueue<DeployNoticeJob>(config.SLACK_JOBS_QUEUE_URL),
  };
}
