import { BadRequestError, ConflictError, NotFoundError } from '../platform/errors.ts';
import type { IncidentOutcome } from './change-incident.ts';
import { messages } from './messages.ts';
import type { UnsentState } from './notification-store.ts';

/** The number of an incident as an address names it. @throws NotFoundError for what can be none */
export function incidentNumber(text: string): number {
  if (!/^[1-9]\d{0,7}$/u.test(text)) throw new NotFoundError(messages.incidentNumberWanted);
  return Number(text);
}

/** Which incidents a list shows. @throws BadRequestError */
export function incidentStatusChoice(text: string = 'open'): 'open' | 'closed' | 'all' {
  if (text === 'open' || text === 'closed' || text === 'all') return text;
  throw new BadRequestError(messages.incidentListWanted);
}

/** Which notifications a list across incidents shows. @throws BadRequestError */
export function unsentStateChoice(text: string = 'failed'): UnsentState {
  if (text === 'failed' || text === 'skipped') return text;
  throw new BadRequestError(messages.unsentListWanted);
}

/** Whether it is now as somebody wished. @throws ConflictError when the incident cannot be acknowledged any more */
export function requireAcknowledged(came: IncidentOutcome): void {
  const isOver = came.outcome === 'over' || (came.outcome === 'before' && came.deed.kind === 'resolved');
  if (isOver) throw new ConflictError(messages.incidentOver);
  if (came.outcome === 'unfollowed') throw new ConflictError(messages.incidentUnfollowed);
}
