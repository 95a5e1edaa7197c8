import { changeIncident, type IncidentApp, type IncidentOutcome, type IncidentRequest } from './change-incident.ts';

/**
 * Notes that somebody is looking after an incident. It goes on as before; its messages show who it is.
 * @throws NotFoundError when it is not within reach, UnauthenticatedError, UnavailableError
 */
export function acknowledgeIncident(app: IncidentApp, request: IncidentRequest): Promise<IncidentOutcome> {
  return changeIncident(app, 'acknowledged', request);
}
