import type { Endpoint } from '../middleware/endpoint.ts';
import * as notificationSettings from './notification-settings.ts';
import * as orgAuthTokens from './org-auth-tokens.ts';
import * as organizations from './organizations.ts';
import * as projects from './projects.ts';
import * as releases from './releases.ts';

/** Every endpoint of the API, as the OpenAPI document lists them. */
export const endpoints: readonly Endpoint[] = [
  organizations,
  orgAuthTokens,
  projects,
  notificationSettings,
  releases,
].flatMap((chapter) => Object.values<Endpoint>(chapter));
