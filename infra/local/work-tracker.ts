/** Counts what is under way without anybody waiting for it: asynchronous invocations and queued messages. */
export interface WorkTracker {
  /** Begins a piece of work; the function that it gives ends it, however often it is called. */
  begin(): () => void;
  /** Resolves when nothing is under way, at once if so already. */
  whenIdle(): Promise<void>;
  /** What was done so far. */
  readonly tally: Tally;
}

/** Background invocations, those of them that failed, and events given up for good. */
export interface Tally {
  invocations: number;
  failures: number;
  deadLetters: number;
}

/** Makes a tracker that is idle. */
export function createWorkTracker(): WorkTracker {
  const underWay = new Set<symbol>();
  const waiting: (() => void)[] = [];
  return {
    tally: { invocations: 0, failures: 0, deadLetters: 0 },
    begin() {
      const piece = Symbol('work');
      underWay.add(piece);
      return () => {
        underWay.delete(piece);
        if (underWay.size > 0) return;
        for (const resolve of waiting.splice(0)) resolve();
      };
    },
    async whenIdle() {
      if (underWay.size > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
