import type { App } from '../../platform/app.ts';
import type { Delivery } from '../../platform/delivery.ts';
import { UnavailableError } from '../../platform/errors.ts';
import { type Slack, SlackRefusedError } from '../../slack/index.ts';
import { messages } from '../messages.ts';
import { recordChartJob, type StoredChartJob } from './chart-job-store.ts';
import { takeChartJob } from './take-chart-job.ts';

/** How a job ends whose message says all that it has to say without a chart, too. */
export type ChartEnd = 'sent' | 'refused' | 'obsolete';

/** A job that was taken. */
export interface TakenChartJob {
  /** As it was before. */
  readonly seen: StoredChartJob;
  readonly slack: Slack;
  /**
   * Remembers the picture that is about to be shown.
   * @throws UnavailableError when another sender has taken the job meanwhile
   */
  keepFile(fileId: string): Promise<void>;
}

type WorkingApp = Pick<App, 'table' | 'clock' | 'metrics'> & { readonly slack: Slack };

const counter = 'integrations.slack.chart';

/** Whether another attempt would be in vain, or none is left: then what is shown stays without its picture. */
export function isForGood(error: unknown, { lastAttempt }: Pick<Delivery, 'lastAttempt'>): boolean {
  return error instanceof SlackRefusedError || lastAttempt;
}

/**
 * Works on a job whose picture is added to something that is shown already; once, however often the job comes. What Slack
 * refuses, and what still fails at the last attempt, is shown `without` it.
 * @throws UnavailableError, SlackBusyError, SlackUncertainError when it is worth trying again later
 */
export async function workOnChartJob(
  app: WorkingApp,
  { seen, delivery }: { readonly seen: StoredChartJob | undefined; readonly delivery: Delivery },
  show: (work: TakenChartJob) => Promise<ChartEnd>,
  without: (reason: unknown) => ChartEnd,
): Promise<void> {
  if (seen?.state !== 'pending') return;
  const taken = await takeChartJob(app, seen, app.clock.now());
  const keepFile = async (fileId: string) => {
    const isKept = await recordChartJob(app, taken, { fileId, mayBePosted: true });
    if (!isKept) throw new UnavailableError(messages.chartClaimed, 1);
  };
  let end: ChartEnd;
  try {
    end = await show({ seen, slack: app.slack.within(delivery.remainingMs), keepFile });
  } catch (error) {
    if (!isForGood(error, delivery)) {
      await recordChartJob(app, taken, { claimedUntil: undefined });
      throw error;
    }
    end = without(error);
  }
  await recordChartJob(app, taken, { state: end, claimedUntil: undefined });
  if (end !== 'obsolete') app.metrics.count(`${counter}.${end === 'sent' ? 'success' : 'failure'}`);
}
