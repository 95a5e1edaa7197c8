import { UnavailableError } from './errors.ts';

const retries = 8;
const firstPauseMs = 25;
const longestPauseMs = 1_000;

/** Others wrote the same items at the same moment, or the table was too busy: the same transaction may well pass now. */
const contention: ReadonlySet<string> = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/** Whether a transaction was cancelled for a reason that passes. */
export function isContention(code: string | undefined): boolean {
  return contention.has(code ?? '');
}

/** Waits 25 ms to 1 s with jitter, about 3 s in all. @throws UnavailableError when patience ends */
export async function pauseBefore(attempt: number, cause?: unknown): Promise<void> {
  if (attempt > retries) throw new UnavailableError('The database is too busy. Please try again.', 1, { cause });
  await pauseWithJitter(Math.min(longestPauseMs, firstPauseMs * 2 ** attempt));
}

/** Waits between half of the time and all of it, so that those who collided do not do so again. */
export async function pauseWithJitter(longestMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, longestMs * (0.5 + Math.random() / 2)));
}
