import type { App } from '../../platform/app.ts';
import { isoTime } from '../../platform/clock.ts';
import { UnavailableError } from '../../platform/errors.ts';
import { messages } from '../messages.ts';
import { claimChartJob, type StoredChartJob } from './chart-job-store.ts';

/** Longer than the drawing function may run: when it is over, the sender is dead. */
const claimMs = 90_000;

/** Takes a pending job for this sender. @throws UnavailableError while another one is at work on it */
export async function takeChartJob(
  app: Pick<App, 'table'>,
  seen: StoredChartJob,
  nowMs: number,
): Promise<StoredChartJob> {
  const now = isoTime(nowMs);
  const isTaken = seen.claimedUntil !== undefined && seen.claimedUntil > now;
  const taken = isTaken ? undefined : await claimChartJob(app, seen, { now, until: isoTime(nowMs + claimMs) });
  if (taken === undefined) throw new UnavailableError(messages.chartClaimed, 1);
  return taken;
}
