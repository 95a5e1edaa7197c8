import type { FunctionModel } from '../template/stack-model.ts';
import type { Waits } from '../waits.ts';
import type { Tally } from '../work-tracker.ts';
import type { Outcome } from './outcome.ts';

/** Puts a text into the queue or topic of that ARN, with string message attributes. */
export type DeliverTo = (arn: string, body: string, attributes: Readonly<Record<string, string>>) => void;

/** One asynchronous invocation. */
export interface AsynchronousInvocation {
  readonly model: FunctionModel;
  readonly payload: string;
  readonly requestId: string;
  readonly run: () => Promise<Outcome>;
  readonly waits: Waits;
  readonly deliver: DeliverTo;
  readonly tally: Tally;
}

/**
 * Runs an event as Lambda runs asynchronous ones: again after one minute and then after two, under the same request id,
 * as often as the template says and no later than it says; what fails for good goes to the dead-letter queue as it came
 * and to the failure destination with what went wrong.
 */
export async function runAsynchronously(invocation: AsynchronousInvocation): Promise<void> {
  const { model, waits, run } = invocation;
  const { maximumRetryAttempts, maximumEventAgeSeconds } = model.asynchronous;
  let ageSeconds = 0;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await run();
    if (!outcome.failed) return;
    const waitSeconds = attempt * 60;
    ageSeconds += waitSeconds;
    if (attempt > maximumRetryAttempts) return giveUp(invocation, outcome, attempt, 'RetriesExhausted');
    if (ageSeconds > maximumEventAgeSeconds) return giveUp(invocation, outcome, attempt, 'EventAgeExceeded');
    await waits.retry(waitSeconds);
    if (waits.stopped) return;
  }
}

function giveUp(
  { model, payload, requestId, deliver, tally }: AsynchronousInvocation,
  outcome: Outcome,
  attempts: number,
  condition: string,
): void {
  const { deadLetterArn, onFailureArn } = model.asynchronous;
  tally.deadLetters += 1;
  if (deadLetterArn !== undefined) {
    deliver(deadLetterArn, payload, {
      RequestID: requestId,
      ErrorCode: '200',
      ErrorMessage: errorMessage(outcome).slice(0, 1_024),
    });
  }
  if (onFailureArn !== undefined) {
    const record = {
      version: '1.0',
      timestamp: new Date().toISOString(),
      requestContext: { requestId, functionArn: `${model.arn}:$LATEST`, condition, approximateInvokeCount: attempts },
      requestPayload: JSON.parse(payload),
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: JSON.parse(outcome.payload),
    };
    deliver(onFailureArn, JSON.stringify(record), {});
  }
}

function errorMessage(outcome: Outcome): string {
  const described: unknown = JSON.parse(outcome.payload);
  const hasMessage = typeof described === 'object' && described !== null && 'errorMessage' in described;
  return hasMessage ? String(described.errorMessage) : outcome.payload;
}
