import * as z from 'zod';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openTable } from '../lib/platform/table.ts';
import type { CommandName, SendingApp } from '../lib/slack/index.ts';
import { linkIdentityPage } from './link-pages/link-identity-page.ts';
import { linkTeamPage } from './link-pages/link-team-page.ts';
import { unlinkIdentityPage } from './link-pages/unlink-identity-page.ts';
import { unlinkTeamPage } from './link-pages/unlink-team-page.ts';
import { type PageApp, type PageDoor, pageDoor } from './middleware/page-door.ts';
import { type SessionApp, sessionSettings } from './middleware/session.ts';
import { slackForPeople } from './middleware/slack-parts.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  PUBLIC_URL: z.url(),
  SLACK_API_URL: z.url(),
  ...sessionSettings,
  SLACK_COMMAND: z.string().startsWith('/'),
});

/** What the pages need that links from Slack open. */
export type SlackLinkApp = PageApp & SessionApp & SendingApp & CommandName;

/** `/extensions/slack/<page>/<token>/`: the pages that links from Slack open. Each asks (GET) before it does (POST). */
export const door = {
  name: 'slack-link',
  pages: {
    '/extensions/slack/link-identity/{token}': { GET: linkIdentityPage, POST: linkIdentityPage },
    '/extensions/slack/unlink-identity/{token}': { GET: unlinkIdentityPage, POST: unlinkIdentityPage },
    '/extensions/slack/link-team/{token}': { GET: linkTeamPage, POST: linkTeamPage },
    '/extensions/slack/unlink-team/{token}': { GET: unlinkTeamPage, POST: unlinkTeamPage },
  },
} satisfies PageDoor<SlackLinkApp>;

export const handler = pageDoor<SlackLinkApp>(
  door,
  appSource(settings, async (config, { clock, log }) => {
    const secrets = await fetchSecrets(config.SECRET_ID);
    const table = openTable(config.TABLE_NAME);
    return {
      table,
      linkSigningKey: secrets.linkSigningKey,
      sessionIssuer: config.OIDC_ISSUER,
      publicUrl: config.PUBLIC_URL,
      surroundings: { command: config.SLACK_COMMAND },
      slack: slackForPeople(config, secrets, { table, clock, log }),
    };
  }),
);
