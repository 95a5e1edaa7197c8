import { RefusalError } from '../platform/errors.ts';
import type { LinkRefusal } from '../platform/signed-link.ts';
import { messages } from './messages.ts';

/** Why a link from Slack does not work (any more). */
export type LinkGoneReason = LinkRefusal | 'used';

/** Thrown for a link that does nothing (any more). The message says how to get a new one. */
export class LinkGoneError extends RefusalError {
  readonly code = 'link_gone';
  readonly status = 410;
  readonly reason: LinkGoneReason;

  constructor(reason: LinkGoneReason, options?: ErrorOptions) {
    super(messages.linkGone(reason), options);
    this.reason = reason;
  }
}
