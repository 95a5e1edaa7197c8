import { changeIncident, type IncidentApp, type IncidentOutcome, type IncidentRequest } from './change-incident.ts';

/**
 * Ends an incident by hand. The next one opens when the value has been fine in between, or is still too much over a window
 * that began after this moment: what is resolved does not come back a minute later because a window still holds it.
 * @throws NotFoundError when it is not within reach, UnauthenticatedError, UnavailableError
 */
export function resolveIncident(app: IncidentApp, request: IncidentRequest): Promise<IncidentOutcome> {
  return changeIncident(app, 'resolved', request);
}
