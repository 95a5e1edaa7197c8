import { RefusalError } from '../platform/errors.ts';
import type { LinkRefusal } from '../platform/signed-link.ts';
import { messages } from './messages.ts';
import type { LinkUse } from './used-link-store.ts';

/** Why a link from Slack does not work (any more). */
export type LinkGoneReason = LinkRefusal | 'used';

/** Thrown for a link that does nothing (any more). The message says how to get a new one. */
export class LinkGoneError extends RefusalError {
  readonly code = 'link_gone';
  readonly status = 410;
  readonly reason: LinkGoneReason;
  /** Who used the link, and what it did for them. */
  readonly use: LinkUse | undefined;

  constructor(reason: LinkGoneReason, options: ErrorOptions & { readonly use?: LinkUse | undefined } = {}) {
    super(messages.linkGone(reason), options);
    this.reason = reason;
    this.use = options.use;
  }
}
