/** How a message of a queue has come this time. */
export interface Delivery {
  /** The message's own id; the same however often it comes. */
  readonly messageId: string;
  /** 1 when it comes for the first time. */
  readonly attempt: number;
  /** Whether the queue gives it up when this attempt fails. */
  readonly lastAttempt: boolean;
  /** Until the process is ended, whatever it is doing then. */
  readonly remainingMs: number;
}
