import * as z from 'zod';
import type { App } from '../lib/platform/app.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openTable } from '../lib/platform/table.ts';
import { showIssuePage } from './details/show-issue-page.ts';
import { showReleasePage } from './details/show-release-page.ts';
import type { OrganizationPageApp } from './middleware/organization-page.ts';
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

/** What these pages need. */
export type DetailsApp = OrganizationPageApp & Pick<App, 'table'>;

/** What links in our Slack messages and in the output of clients lead to: all about an issue or a release, to be read. */
export const door = {
  name: 'details',
  pages: {
    '/organizations/{org}/issues/{issue}': { GET: showIssuePage },
    '/organizations/{org}/releases/{version}': { GET: showReleasePage },
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
