import * as z from 'zod';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openTable } from '../lib/platform/table.ts';
import { showAlertPage } from './details/show-alert-page.ts';
import { showIssuePage } from './details/show-issue-page.ts';
import { showReleasePage } from './details/show-release-page.ts';
import type { DetailsApp } from './details/visit-detail.ts';
import { type PageDoor, pageDoor } from './middleware/page-door.ts';
import { sessionSettings } from './middleware/session.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  PUBLIC_URL: z.url(),
  ...sessionSettings,
});

/** What the links in our Slack messages lead to: all about an issue, a release or an alert rule, to be read. */
export const door = {
  name: 'details',
  pages: {
    '/organizations/{org}/issues/{issue}': { GET: showIssuePage },
    '/organizations/{org}/releases/{version}': { GET: showReleasePage },
    '/organizations/{org}/alerts/rules/details/{rule}': { GET: showAlertPage },
  },
} satisfies PageDoor<DetailsApp>;

export const handler = pageDoor<DetailsApp>(
  door,
  appSource(settings, async (config) => {
    const { linkSigningKey } = await fetchSecrets(config.SECRET_ID);
    const { TABLE_NAME, PUBLIC_URL: publicUrl, OIDC_ISSUER: sessionIssuer } = config;
    return { table: openTable(TABLE_NAME), publicUrl, sessionIssuer, linkSigningKey };
  }),
);
