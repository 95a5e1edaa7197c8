const stepMicros = 100;
const microsPerSecond = 1_000_000;

/**
 * Makes the `ts` of messages: seconds, a dot and six digits, such as `1700000000.000100`. Every one is larger than the
 * one before, even when the clock stands still or goes back, because Slack tells messages apart by it.
 */
export function createTimestamps(clock: () => number): () => string {
  let last = 0;
  return () => {
    const secondStart = Math.floor(clock() / 1000) * microsPerSecond;
    last = Math.max(secondStart, last) + stepMicros;
    return `${Math.floor(last / microsPerSecond)}.${String(last % microsPerSecond).padStart(6, '0')}`;
  };
}

/** Whether a text has the form of a `ts`. */
export function isTimestamp(text: string): boolean {
  return /^\d{10}\.\d{1,6}$/.test(text);
}
