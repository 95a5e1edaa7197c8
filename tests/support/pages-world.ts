import { pageDoor } from '../../functions/middleware/page-door.ts';
import { door as signInDoor } from '../../functions/sign-in.ts';
import { door as slackLinkDoor } from '../../functions/slack-link.ts';
import { listen } from '../../infra/local/listen.ts';
import { createOidcStandIn, type OidcAccount } from '../../infra/local/oidc/oidc-stand-in.ts';
import { oidcClient } from '../../lib/platform/oidc.ts';
import { addWorkspace, type LinkParameters, type LinkPurpose, slackClient, slackLink } from '../../lib/slack/index.ts';
import { people } from './acme.ts';
import { asFunction } from './granted-actions.ts';
import { type PagesBrowser, pagesBrowser, type Site } from './pages-browser.ts';
import { createSlackAcme } from './slack-acme.ts';
import { type SlackServer, slackChannels, slackWorkspace, startSlackServer } from './slack-server.ts';
import { createTestApp } from './test-app.ts';

/** Who people are in Slack. */
export const slackUsers = { olivia: 'U0OLIVIA01', ada: 'U0ADA00001', mia: 'U0MIA00001', eve: 'U0EVE00001' } as const;

/** Somebody who can sign in. */
export type PersonName = keyof typeof slackUsers;

const callback = '/auth/callback/';

/** `acme` in Slack, with a real OpenID Connect provider and the functions whose answers are pages. */
export async function createPagesWorld({ publicUrl = 'https://postflow.example' } = {}) {
  const testApp = await createTestApp();
  const acme = await createSlackAcme(testApp);
  const slack = await startSlackServer(testApp.clock, { users: slackPeople() });
  for (const organization of ['acme', 'globex']) await addWorkspace(acme.app, { organization, ...slackWorkspace });
  const server = await listen(0);
  const client = { issuer: server.url, clientId: 'postflow', clientSecret: 'a-client-secret-of-a-test' };
  const provider = createOidcStandIn({ ...client, redirectUri: `${publicUrl}${callback}`, accounts: accounts() });
  server.serve(provider);
  const { table, tokenEncryptionKey, clock } = acme.app;
  const wait = async (milliseconds: number) => clock.advance(milliseconds);
  const app = {
    ...acme.app,
    publicUrl,
    oidc: oidcClient({ ...client, redirectUrl: `${publicUrl}${callback}` }),
    slack: slackClient({ table, tokenEncryptionKey, clock, wait, apiUrl: slack.apiUrl }),
  };
  const signIn = pageDoor(signInDoor, async () => app);
  const slackLinkPages = pageDoor(slackLinkDoor, async () => app);
  const site: Site = {
    publicUrl,
    functions: {
      '/auth/{page}': (event, context) => asFunction('sign-in', () => signIn(event, context)),
      '/extensions/slack/{page}/{token}': (event, context) =>
        asFunction('slack-link', () => slackLinkPages(event, context)),
    },
  };
  return {
    ...acme,
    app,
    slack,
    provider: server,
    browser: (): PagesBrowser => pagesBrowser(site),
    /** A link as a command of this person makes it, in this channel. */
    link<P extends LinkPurpose>(purpose: P, person: PersonName, more: Partial<LinkParameters<P>> = {}): string {
      const { id: channelId, name: channelName } = slackChannels.alerts;
      const place = { teamId: slackWorkspace.teamId, slackUserId: slackUsers[person], channelId };
      const parameters = { ...place, channelName, organization: 'acme', ...more };
      return slackLink(app, purpose, parameters as never);
    },
    async close() {
      await slack.stop();
      await server.close();
    },
  };
}

/** What `createPagesWorld` makes. */
export type PagesWorld = Awaited<ReturnType<typeof createPagesWorld>>;

/** The texts that were posted in Slack, with their channels. */
export function postedTexts(slack: SlackServer): [string, string | undefined][] {
  return slack.messages().map(({ channel, text }) => [channel, text]);
}

function slackPeople() {
  return Object.entries(slackUsers).map(([name, id]) => ({ id, name, email: `${name}@acme.example` }));
}

function accounts(): OidcAccount[] {
  const { teamId, name: teamName } = slackWorkspace;
  const known = Object.entries(slackUsers).map(([id, userId]) => ({
    id,
    name: id,
    email: `${id}@acme.example`,
    emailVerified: true,
    slack: [
      { teamId, teamName, userId },
      { teamId: 'T0OTHER001', teamName: 'Other', userId },
    ],
    note: '',
  }));
  const unverified = { id: 'una', name: 'Una', email: people.ada, emailVerified: false, slack: [], note: '' };
  const odd = { id: 'odd', name: '<b>Odd', email: '"<script>"@acme.example', emailVerified: true, slack: [], note: '' };
  return [...known, unverified, odd];
}
