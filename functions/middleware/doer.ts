import type { Doer } from '../../lib/alerts/index.ts';
import { type Caller, requireCallingMember } from '../../lib/organizations/index.ts';
import type { App } from '../../lib/platform/app.ts';

/**
 * The person who does something about an incident.
 * @throws ForbiddenError when an organization's own token calls, UnauthenticatedError for who has left the organization
 */
export async function doerOf(app: Pick<App, 'table'>, caller: Caller): Promise<Doer> {
  const { userId, name } = await requireCallingMember(app, caller);
  return { userId, name };
}
