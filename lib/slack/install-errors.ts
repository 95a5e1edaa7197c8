import { ForbiddenError, RefusalError } from '../platform/errors.ts';
import { messages } from './messages.ts';

/** Why an installation cannot be finished where it was left. */
export type InstallGoneReason = 'forged' | 'expired' | 'used' | 'other-session';

/** Thrown when somebody comes back from Slack with what is not, or no longer, the installation that they began. */
export class InstallGoneError extends RefusalError {
  readonly code = 'install_gone';
  readonly status = 410;
  readonly reason: InstallGoneReason;

  constructor(reason: InstallGoneReason, options?: ErrorOptions) {
    super(messages.installGone(reason), options);
    this.reason = reason;
  }
}

/** Thrown when Slack gave something that we cannot work with; the message says what to change. */
export class InstallRefusedError extends RefusalError {
  readonly code = 'install_refused';
  readonly status = 409;
}

/** Thrown when somebody signed in with Slack in a workspace that the organization does not use. */
export class ForeignWorkspaceError extends ForbiddenError {
  readonly reason = 'foreign-workspace';

  constructor(options?: ErrorOptions) {
    super(messages.foreignWorkspace, options);
  }
}
