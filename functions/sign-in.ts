import * as z from 'zod';
import { type Oidc, oidcClient } from '../lib/platform/oidc.ts';
import { type RandomText, randomText } from '../lib/platform/random-text.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openTable, type Table } from '../lib/platform/table.ts';
import { type PageApp, type PageDoor, pageDoor } from './middleware/page-door.ts';
import { type SessionApp, sessionSettings } from './middleware/session.ts';
import { appSource } from './middleware/start-app.ts';
import { finishSignIn } from './sign-in/finish-sign-in.ts';
import { signOut } from './sign-in/sign-out.ts';
import { startSignIn } from './sign-in/start-sign-in.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  PUBLIC_URL: z.url(),
  SLACK_CLIENT_ID: z.string(),
  ...sessionSettings,
  /** Empty for the Slack app's own. */
  OIDC_CLIENT_ID: z.string(),
});

/** What signing in needs. */
export type SignInApp = PageApp &
  SessionApp & {
    readonly table: Table;
    readonly randomText: RandomText;
    /** Absent until somebody has said at which provider, and who we are there. */
    readonly oidc: Oidc | undefined;
  };

/** `/auth/sign-in/`, `/auth/callback/` and `/auth/sign-out/`: who is at the browser. */
export const door = {
  name: 'sign-in',
  pages: {
    '/auth/sign-in': { GET: startSignIn },
    '/auth/callback': { GET: finishSignIn },
    '/auth/sign-out': { POST: signOut },
  },
} satisfies PageDoor<SignInApp>;

export const handler = pageDoor<SignInApp>(
  door,
  appSource(settings, async (config) => {
    const secrets = await fetchSecrets(config.SECRET_ID);
    const client = {
      issuer: config.OIDC_ISSUER,
      clientId: config.OIDC_CLIENT_ID || config.SLACK_CLIENT_ID,
      clientSecret: secrets.oidcClientSecret || secrets.slackClientSecret,
      redirectUrl: `${config.PUBLIC_URL}/auth/callback/`,
    };
    return {
      table: openTable(config.TABLE_NAME),
      sessionIssuer: config.OIDC_ISSUER,
      linkSigningKey: secrets.linkSigningKey,
      publicUrl: config.PUBLIC_URL,
      randomText,
      oidc: client.clientId === '' || client.clientSecret === '' ? undefined : oidcClient(client),
    };
  }),
);
