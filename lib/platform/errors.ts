/** A refusal that the caller can understand: a stable `code`, the HTTP status that fits, and a text that says what to do. */
export abstract class RefusalError extends Error {
  abstract readonly code: string;
  abstract readonly status: number;
  /** Seconds after which another try makes sense; only where waiting helps. */
  readonly retryAfterSeconds: number | undefined = undefined;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = this.constructor.name;
  }
}

/** Messages per field; nested fields nest. `{"version": ["This field is required."]}` */
export interface FieldErrors {
  readonly [field: string]: readonly string[] | FieldErrors;
}

/** Thrown when fields of an input are wrong; names each of them. */
export class InvalidFieldsError extends RefusalError {
  readonly code = 'invalid_fields';
  readonly status = 400;
  readonly fields: FieldErrors;

  constructor(fields: FieldErrors, options?: ErrorOptions) {
    super('The input has invalid fields.', options);
    this.fields = fields;
  }
}

/** Thrown when a request as a whole cannot be understood (broken JSON, a cursor that is none). */
export class BadRequestError extends RefusalError {
  readonly code = 'bad_request';
  readonly status = 400;
}

/** Thrown when parameters name something that does not belong together; some clients read the parts of what is said. */
export class InvalidParametersError extends RefusalError {
  readonly code = 'invalid_parameters';
  readonly status = 400;
  readonly extra: Readonly<Record<string, string>>;

  constructor(message: string, extra: Readonly<Record<string, string>>, options?: ErrorOptions) {
    super(message, options);
    this.extra = extra;
  }
}

/** Thrown when nobody, or nobody we know, is calling. */
export class UnauthenticatedError extends RefusalError {
  readonly code = 'unauthenticated';
  readonly status = 401;
}

/** Thrown when we know the caller, who may not do this. */
export class ForbiddenError extends RefusalError {
  readonly code = 'forbidden';
  readonly status = 403;
}

/** Thrown when what is asked for does not exist, or not for this caller. */
export class NotFoundError extends RefusalError {
  readonly code = 'not_found';
  readonly status = 404;
}

/** Thrown when the path exists but not with this method. */
export class MethodNotAllowedError extends RefusalError {
  readonly code = 'method_not_allowed';
  readonly status = 405;
}

/** Thrown when the write contradicts what is stored. */
export class ConflictError extends RefusalError {
  readonly code = 'conflict';
  readonly status = 409;
}

/** Thrown when the body is larger than the endpoint takes. */
export class PayloadTooLargeError extends RefusalError {
  readonly code = 'payload_too_large';
  readonly status = 413;
}

/** Thrown when the body is of a content type or encoding that the endpoint does not read. */
export class UnsupportedMediaTypeError extends RefusalError {
  readonly code = 'unsupported_media_type';
  readonly status = 415;
}

/** Thrown when the caller must slow down. */
export class TooManyRequestsError extends RefusalError {
  readonly code = 'too_many_requests';
  readonly status = 429;
  override readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number, options?: ErrorOptions) {
    super(message, options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Thrown when somebody else is doing the very same at this moment: nothing is wrong, and later it is done. */
export class AtWorkError extends RefusalError {
  readonly code = 'at_work';
  readonly status = 503;
  override readonly retryAfterSeconds = 1;
}

/** Thrown when something that we stand on is exhausted or away for a moment. */
export class UnavailableError extends RefusalError {
  readonly code = 'unavailable';
  readonly status = 503;
  override readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number, options?: ErrorOptions) {
    super(message, options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
