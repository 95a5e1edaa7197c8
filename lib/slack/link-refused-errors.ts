import { ForbiddenError, NotFoundError } from '../platform/errors.ts';

/** Why somebody may not do what a link is for. */
export type LinkForbiddenReason = 'wrong-person' | 'not-linked-yet' | 'no-role';

/** Thrown for a link that works, but not for whoever has signed in. The message says what to do. */
export class LinkForbiddenError extends ForbiddenError {
  readonly reason: LinkForbiddenReason;

  constructor(reason: LinkForbiddenReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** What a link is about and is not there, or not for whoever has signed in. */
export type LinkTargetGoneReason = 'workspace-gone' | 'not-member' | 'no-team';

/** Thrown when what a link is about is not there any more. The message says what to do. */
export class LinkTargetGoneError extends NotFoundError {
  readonly reason: LinkTargetGoneReason;

  constructor(reason: LinkTargetGoneReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
