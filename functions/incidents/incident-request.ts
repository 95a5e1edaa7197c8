import { type IncidentApp, incidentNumber } from '../../lib/alerts/index.ts';
import { type Caller, reachLookup } from '../../lib/organizations/index.ts';
import type { Queue } from '../../lib/platform/queue.ts';
import type { SlackJobOf } from '../../lib/slack/index.ts';
import type { ListApp } from '../middleware/list-parts.ts';

/** What all about incidents needs. */
export type IncidentsApp = ListApp & IncidentApp & { readonly outgoing: Queue<SlackJobOf<'outgoing-message'>> };

/** A request about one incident. */
export interface IncidentRequest {
  readonly caller: Caller;
  readonly path: { readonly org: string; readonly incident: string };
}

/** Which incident an address names, for whom. @throws NotFoundError */
export function wanted({ caller, path: { org, incident } }: IncidentRequest) {
  return { organization: org, identifier: incidentNumber(incident), reach: reachLookup(caller), userId: caller.userId };
}
