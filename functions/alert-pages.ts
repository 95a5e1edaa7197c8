import * as z from 'zod';
import type { IncidentApp, NotificationAddress, ShowRuleApp } from '../lib/alerts/index.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openTable } from '../lib/platform/table.ts';
import { changeAlert } from './alert-pages/change-alert.ts';
import { showAlertPage } from './alert-pages/show-alert-page.ts';
import { showAlertsPage } from './alert-pages/show-alerts-page.ts';
import { metricParts, metricSettings } from './middleware/metric-parts.ts';
import type { OrganizationPageApp } from './middleware/organization-page.ts';
import { type PageDoor, pageDoor } from './middleware/page-door.ts';
import { sessionSettings } from './middleware/session.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  ...metricSettings,
  SECRET_ID: z.string(),
  PUBLIC_URL: z.url(),
  NOTIFICATIONS_QUEUE_URL: z.url(),
  ...sessionSettings,
});

/** What these pages need. */
export type AlertPagesApp = OrganizationPageApp & ShowRuleApp & IncidentApp;

/** The alert rules of an organization, and all about one of them: to be read, and to act upon. */
export const door = {
  name: 'alert-pages',
  pages: {
    '/organizations/{org}/alerts': { GET: showAlertsPage },
    '/organizations/{org}/alerts/rules/details/{rule}': { GET: showAlertPage, POST: changeAlert },
  },
} satisfies PageDoor<AlertPagesApp>;

export const handler = pageDoor<AlertPagesApp>(
  door,
  appSource(settings, async (config) => {
    const { linkSigningKey } = await fetchSecrets(config.SECRET_ID);
    const { PUBLIC_URL: publicUrl, OIDC_ISSUER: sessionIssuer } = config;
    return {
      table: openTable(config.TABLE_NAME),
      ...metricParts(config),
      notifications: sqsQueue<NotificationAddress>(config.NOTIFICATIONS_QUEUE_URL),
      ...{ publicUrl, sessionIssuer, linkSigningKey },
    };
  }),
);
