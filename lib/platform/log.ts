import { Logger } from '@aws-lambda-powertools/logger';

/** Plain data beside a log line. Never a token, a signature, an address or a message's text. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Structured JSON logging. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** `error` is written with its causes; texts in it are scrubbed. */
  error(message: string, error?: unknown, fields?: LogFields): void;
  /** Adds fields to all lines until the next call; replaces those of the previous call. */
  about(fields: LogFields): void;
}

/** A log on standard output in the JSON form of Powertools; service name and level come from its `POWERTOOLS_*` variables. */
export function jsonLog(): Log {
  const logger = new Logger();
  return {
    info: (message, fields = {}) => logger.info(message, { ...fields }),
    warn: (message, fields = {}) => logger.warn(message, { ...fields }),
    error: (message, error, fields = {}) => logger.error(message, { ...fields, failure: describeError(error) }),
    about(fields) {
      logger.resetKeys();
      logger.appendKeys({ ...fields });
    },
  };
}

interface ErrorDescription {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/** An error and its causes as plain data, scrubbed; own properties (which may hold items or requests) are left out. */
export function describeError(error: unknown, depth = 0): ErrorDescription | undefined {
  if (error === undefined || depth > 4) return undefined;
  if (!(error instanceof Error)) return { name: typeof error, message: scrub(String(error)) };
  const cause = describeError(error.cause, depth + 1);
  return {
    name: error.name,
    message: scrub(error.message),
    ...(error.stack !== undefined && { stack: scrub(error.stack) }),
    ...(cause !== undefined && { cause }),
  };
}

/** Masks e-mail addresses, bearer, Slack and GitHub tokens and long opaque strings: the last net below "never log them". */
export function scrub(text: string): string {
  return text
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[address]')
    .replace(/\b(?:xox[a-z]|xapp|sntry[a-z]|v0)[-_=][\w+/=.-]+/g, '[secret]')
    .replace(/\b(?:gh[a-z]|github_pat)_\w+/g, '[secret]')
    .replace(/\bBearer\s+\S+/gi, 'Bearer [secret]')
    .replace(/\b[0-9a-f]{40,}\b/gi, '[hash]');
}
