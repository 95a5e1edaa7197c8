/**
 * What a call is answered with instead of its own answer. `afterwards` carries the call out first, so that the caller
 * cannot know that it worked. It holds for the next `times` calls (default 1).
 */
export type StandInFailure = (
  | { readonly error: string }
  | { readonly status: number; readonly retryAfterSeconds?: number }
  | { readonly hang: true }
) & { readonly times?: number; readonly afterwards?: true };

/** The failures that were ordered and have not happened yet, per method; `*` stands for any method. */
export class Failures {
  readonly #queues = new Map<string, StandInFailure[]>();
  readonly #ended: AbortSignal;

  /** Calls that hang are let go when `ended` is. */
  constructor(ended: AbortSignal) {
    this.#ended = ended;
  }

  order(method: string, failure: StandInFailure): void {
    const queue = this.#queues.get(method) ?? [];
    queue.push(...Array.from({ length: failure.times ?? 1 }, () => failure));
    this.#queues.set(method, queue);
  }

  next(method: string): StandInFailure | undefined {
    return this.#queues.get(method)?.shift() ?? this.#queues.get('*')?.shift();
  }

  /** The answer of a failure; one that hangs ends when the caller gives up or the stand-in is closed. */
  async answer(failure: StandInFailure, request: Request): Promise<Response> {
    if ('error' in failure) return Response.json({ ok: false, error: failure.error });
    if ('status' in failure) return statusAnswer(failure.status, failure.retryAfterSeconds);
    await aborted(AbortSignal.any([request.signal, this.#ended]));
    return new Response(null, { status: 504 });
  }
}

/** How Slack answers a call that comes too soon (429) or that its servers fail on. */
export function statusAnswer(status: number, retryAfterSeconds = 1): Response {
  if (status === 429) {
    const headers = { 'retry-after': String(retryAfterSeconds) };
    return Response.json({ ok: false, error: 'ratelimited' }, { status, headers });
  }
  return new Response('upstream error', { status, headers: { 'content-type': 'text/plain' } });
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
