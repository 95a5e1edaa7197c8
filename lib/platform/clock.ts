/** Tells the time; a parameter everywhere, so that rules can be tried at any moment. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** A moment as ISO 8601 in UTC with milliseconds, the form in which all times are stored and answered. */
export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** Whole seconds since the Unix epoch, rounded down. */
export function epochSeconds(clock: Clock): number {
  return Math.floor(clock.now() / 1_000);
}
