import type { Reach } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import type { Lookup } from '../platform/lookup.ts';
import { requireReachedIncident } from './change-incident.ts';
import { deleteSubscription, putSubscription } from './incident-talk-store.ts';

/** Who wants to hear, or no longer hear, of which incident. */
export interface SubscriptionRequest {
  readonly organization: string;
  readonly identifier: number;
  readonly userId: string;
  readonly reach: Lookup<Reach>;
}

/** Has a person hear of what is said about an incident, again if they do already. @throws NotFoundError, UnauthenticatedError */
export async function subscribeToIncident(
  app: Pick<App, 'table' | 'clock'>,
  { userId, ...wanted }: SubscriptionRequest,
): Promise<void> {
  const { organization, identifier } = await requireReachedIncident(app, wanted);
  await app.table.write([putSubscription({ organization, identifier, userId, at: isoTime(app.clock.now()) })]);
}

/** Has a person hear of it no more. @throws NotFoundError, UnauthenticatedError */
export async function unsubscribeFromIncident(
  app: Pick<App, 'table'>,
  { userId, ...wanted }: SubscriptionRequest,
): Promise<void> {
  const { organization, identifier } = await requireReachedIncident(app, wanted);
  await app.table.write([deleteSubscription({ organization, identifier, userId })]);
}
