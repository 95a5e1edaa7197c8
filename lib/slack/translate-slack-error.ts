import { ErrorCode, SlackError, type WebAPIPlatformError, type WebAPIRateLimitedError } from '@slack/web-api';
import { SlackBusyError, SlackRefusedError, SlackUncertainError } from './slack-errors.ts';

/**
 * Errors after which Slack does not say whether the call was carried out ("some aspect of the operation may have
 * succeeded"). Source: the errors of https://docs.slack.dev/reference/methods/chat.postMessage
 */
const uncertain = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable']);

/** What an error of the Web API client means for us; errors that are not the client's stay as they are. */
export function translateSlackError(error: unknown): unknown {
  if (!(error instanceof SlackError)) return error;
  if (isPlatformError(error)) {
    const name = error.data.error;
    if (name === 'ratelimited') return new SlackBusyError(1, { cause: error });
    return uncertain.has(name)
      ? new SlackUncertainError({ cause: error })
      : new SlackRefusedError(name, { cause: error });
  }
  if (isRateLimitedError(error)) return new SlackBusyError(error.retryAfter, { cause: error });
  // Timeouts, broken connections, and answers that are not Slack's.
  return new SlackUncertainError({ cause: error });
}

function isPlatformError(error: SlackError): error is WebAPIPlatformError {
  return error.code === ErrorCode.PlatformError;
}

function isRateLimitedError(error: SlackError): error is WebAPIRateLimitedError {
  return error.code === ErrorCode.RateLimitedError;
}
