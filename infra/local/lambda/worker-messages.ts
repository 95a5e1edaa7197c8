/** An event for a worker. */
export interface ToWorker {
  readonly requestId: string;
  readonly functionArn: string;
  readonly traceId: string;
  readonly deadlineMs: number;
  /** The event as JSON. */
  readonly payload: string;
}

/** What a worker says: its function is loaded, or cannot be; and what came of an event. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'broken'; readonly payload: string }
  | { readonly kind: 'answer' | 'failure'; readonly requestId: string; readonly payload: string };
