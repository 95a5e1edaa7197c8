import type { Endpoint } from '../middleware/endpoint.ts';
import * as alertRules from './alert-rules.ts';
import * as deploys from './deploys.ts';
import * as digests from './digests.ts';
import * as incidents from './incidents.ts';
import * as issues from './issues.ts';
import * as metrics from './metrics.ts';
import * as notificationSettings from './notification-settings.ts';
import * as orgAuthTokens from './org-auth-tokens.ts';
import * as organizations from './organizations.ts';
import * as previousRelease from './previous-release.ts';
import * as projects from './projects.ts';
import * as releaseDetails from './release-details.ts';
import * as releaseLists from './release-lists.ts';
import * as releases from './releases.ts';
import * as repositories from './repositories.ts';

const chapters: readonly Readonly<Record<string, Endpoint>>[] = [
  organizations,
  orgAuthTokens,
  projects,
  notificationSettings,
  releases,
  releaseLists,
  releaseDetails,
  deploys,
  issues,
  previousRelease,
  repositories,
  incidents,
  metrics,
  alertRules,
  digests,
];

/** Every endpoint of the API, as the OpenAPI document lists them. */
export const endpoints: readonly Endpoint[] = chapters.flatMap((chapter) => Object.values(chapter));
