import { apiDoor } from './middleware/api-door.ts';
import { listParts, listSettings } from './middleware/list-parts.ts';
import { appSource } from './middleware/start-app.ts';
import { servedOrganizations } from './organizations/read-organizations.ts';
import { servedProjects } from './organizations/read-projects.ts';

/** What this function reads of its environment. */
export const settings = listSettings;

/** Everything that reads organizations, who belongs to them, and their projects. */
export const served = [...servedOrganizations, ...servedProjects];

export const handler = apiDoor('organizations', served, appSource(settings, listParts));
