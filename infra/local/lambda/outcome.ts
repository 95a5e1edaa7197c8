/** Limits of Lambda: docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html. */
export const payloadLimitBytes = 6_291_456;

/** What an asynchronous event may weigh. */
export const asynchronousPayloadLimitBytes = 1_048_576;

/** The answer's limit as Lambda words it in its error: 100 bytes above the event's. */
const answerLimitBytes = 6_291_556;

/** What came of one invocation. */
export interface Outcome {
  readonly requestId: string;
  /** The function's answer, or the description of its error, as JSON. */
  readonly payload: string;
  /** Whether the function threw, crashed or ran out of time. */
  readonly failed: boolean;
  /** The lines of CloudWatch Logs. */
  readonly logs: readonly string[];
}

/** The payload of a function error in the form that Lambda gives it. */
export function errorPayload(errorType: string, errorMessage: string): string {
  return JSON.stringify({ errorType, errorMessage });
}

/** Lambda's words for an event that took longer than the function's timeout. */
export function timeoutPayload(requestId: string, timeoutSeconds: number): string {
  const message = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return errorPayload('Sandbox.Timedout', `RequestId: ${requestId} Error: ${message}`);
}

/** Lambda's words for a process that ended while it had an event. */
export function exitPayload(requestId: string, code: number | null, signal: string | null): string {
  const killed = signal === 'SIGKILL' ? 'signal: killed' : `signal: ${signal}`;
  const reason = code === null ? `Runtime exited with error: ${killed}` : exitReason(code);
  return errorPayload('Runtime.ExitError', `RequestId: ${requestId} Error: ${reason}`);
}

/** The error that stands in for an answer that is too large for Lambda, or `undefined` when it is not. */
export function oversizePayload(payload: string): string | undefined {
  if (Buffer.byteLength(payload) <= answerLimitBytes) return undefined;
  const message = `Response payload size exceeded maximum allowed payload size (${answerLimitBytes} bytes).`;
  return errorPayload('Function.ResponseSizeTooLarge', message);
}

function exitReason(code: number): string {
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
}
