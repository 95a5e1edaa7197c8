import { RefusalError } from '../platform/errors.ts';
import { adviceFor } from './slack-advice.ts';

/** Thrown when Slack refuses a call, and would refuse it again: nothing was done. The message says what to do. */
export class SlackRefusedError extends RefusalError {
  readonly code = 'slack_refused';
  readonly status = 502;
  /** Slack's own word for the reason, such as `not_in_channel`. */
  readonly slackError: string;

  constructor(slackError: string, options?: ErrorOptions) {
    super(adviceFor(slackError), options);
    this.slackError = slackError;
  }
}

/** Thrown when Slack asks to wait longer than we can: nothing was done. */
export class SlackBusyError extends RefusalError {
  readonly code = 'slack_busy';
  readonly status = 503;
  override readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number, options?: ErrorOptions) {
    super(`Slack takes no more calls for ${retryAfterSeconds} s.`, options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Thrown when no clear answer came: the call may have been carried out, or not. */
export class SlackUncertainError extends RefusalError {
  readonly code = 'slack_uncertain';
  readonly status = 502;

  constructor(options?: ErrorOptions) {
    super('Slack gave no clear answer; the call may or may not have been carried out.', options);
  }
}
