/** The waits between attempts, which AWS measures in minutes. */
export interface Waits {
  /** Resolves after that many seconds of AWS's time, or at once when the stack stops. */
  retry(seconds: number): Promise<void>;
  /** How long that is on this machine. */
  milliseconds(seconds: number): number;
  /** Ends all waits, now and later. */
  stop(): void;
  readonly stopped: boolean;
}

/**
 * Makes the waits between attempts `divisor` times shorter than on AWS: who tries out a failure at a desk should see
 * the dead letter after seconds, not after six minutes. The number and order of attempts stay the same.
 */
export function createWaits(divisor: number): Waits {
  const ends = new Set<() => void>();
  let stopped = false;
  const milliseconds = (seconds: number) => (seconds * 1_000) / divisor;
  return {
    milliseconds,
    async retry(seconds) {
      if (stopped) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, milliseconds(seconds));
      ends.add(resolve);
      await promise;
      ends.delete(resolve);
      clearTimeout(timer);
    },
    stop() {
      stopped = true;
      for (const end of ends) end();
    },
    get stopped() {
      return stopped;
    },
  };
}
