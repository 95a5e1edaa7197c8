import { RefusalError, UnavailableError } from './errors.ts';

/** Thrown when the provider ended a sign-in itself, such as when somebody cancelled it there. */
export class OidcRefusedError extends RefusalError {
  readonly code = 'sign_in_refused';
  readonly status = 403;
  /** The provider's own word for the reason, such as `access_denied`. */
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super('The provider ended the sign-in.', options);
    this.reason = reason;
  }
}

/** Thrown when what came back from the provider does not hold: another try may well succeed. */
export class OidcFailedError extends RefusalError {
  readonly code = 'sign_in_failed';
  readonly status = 400;
}

/** Thrown when the provider does not answer, or does not know us. */
export class OidcUnavailableError extends UnavailableError {
  constructor(options?: ErrorOptions) {
    super('The provider cannot be reached.', 10, options);
  }
}
