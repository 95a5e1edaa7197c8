import * as z from 'zod';
import { randomText } from '../lib/platform/random-text.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openTable } from '../lib/platform/table.ts';
import type { FinishInstallApp } from '../lib/slack/index.ts';
import { type PageApp, type PageDoor, pageDoor } from './middleware/page-door.ts';
import { type SessionApp, sessionSettings } from './middleware/session.ts';
import { appSource } from './middleware/start-app.ts';
import { changeWorkspaces } from './slack-install/change-workspaces.ts';
import { returnFromSlack } from './slack-install/return-from-slack.ts';
import { showWorkspaces } from './slack-install/show-workspaces.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  PUBLIC_URL: z.url(),
  SLACK_API_URL: z.url(),
  SLACK_CLIENT_ID: z.string(),
  ...sessionSettings,
  SLACK_COMMAND: z.string().startsWith('/'),
});

/** What installing needs. */
export type SlackInstallApp = PageApp &
  SessionApp &
  FinishInstallApp & {
    /** The slash command, with its slash. */
    readonly command: string;
  };

/** `/extensions/slack/install/` and its `callback/`: which Slack workspaces an organization uses, for its managers. */
export const door = {
  name: 'slack-install',
  pages: {
    '/extensions/slack/install': { GET: showWorkspaces, POST: changeWorkspaces },
    '/extensions/slack/install/callback': { GET: returnFromSlack },
  },
} satisfies PageDoor<SlackInstallApp>;

export const handler = pageDoor<SlackInstallApp>(
  door,
  appSource(settings, async (config) => {
    const secrets = await fetchSecrets(config.SECRET_ID);
    return {
      table: openTable(config.TABLE_NAME),
      randomText,
      publicUrl: config.PUBLIC_URL,
      sessionIssuer: config.OIDC_ISSUER,
      linkSigningKey: secrets.linkSigningKey,
      tokenEncryptionKey: secrets.tokenEncryptionKey,
      slackOauth: {
        apiUrl: config.SLACK_API_URL,
        clientId: config.SLACK_CLIENT_ID,
        clientSecret: secrets.slackClientSecret,
      },
      command: config.SLACK_COMMAND,
    };
  }),
);
