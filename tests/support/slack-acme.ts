import { addMember, createOrganization, createTeam, findMember } from '../../lib/organizations/index.ts';
import { epochSeconds } from '../../lib/platform/clock.ts';
import { linkLifetimeSeconds } from '../../lib/platform/signed-link.ts';
import { addWorkspace, linkIdentity } from '../../lib/slack/index.ts';
import { type AcmeApp, createAcme, people } from './acme.ts';
import type { TestApp } from './test-app.ts';

/** What Slack's pages and commands add to the app. */
export type SlackAcmeApp = AcmeApp & {
  readonly linkSigningKey: string;
  readonly sessionIssuer: string;
  readonly surroundings: { readonly command: string; readonly docsUrl: string; readonly supportUrl: string };
};

/** `acme` and `globex` (Ada is its owner, its team is `sales`), which both use the Slack workspace `T0ACME001`. */
export interface SlackAcme {
  readonly app: SlackAcmeApp;
  readonly teamId: string;
  /** IDs of Olivia, Ada and Mia. */
  readonly users: Readonly<Record<keyof typeof people, string>>;
  /** A link that nobody has used. */
  freshLink(): { readonly id: string; readonly expiresAtSeconds: number };
  /** Links a Slack user to one of the people. */
  linked(slackUserId: string, person: keyof typeof people): Promise<void>;
}

const teamId = 'T0ACME001';

/** Connects a workspace to two organizations. */
export async function createSlackAcme(given?: TestApp): Promise<SlackAcme> {
  const acme = await createAcme(given);
  const app = {
    ...acme.app,
    linkSigningKey: 'a signing key for tests',
    sessionIssuer: 'https://slack.example',
    surroundings: {
      command: '/postflow',
      docsUrl: 'https://postflow.example/docs',
      supportUrl: 'https://postflow.example/support',
    },
  };
  await createOrganization(app, { slug: 'globex', name: 'Globex' });
  await addMember(app, { organization: 'globex', email: people.ada, role: 'owner' });
  await createTeam(app, { organization: 'globex', slug: 'sales', members: [] });
  await createTeam(app, { organization: 'acme', slug: 'frontend', members: [people.mia] });
  for (const organization of ['acme', 'globex']) {
    await addWorkspace(app, { organization, teamId, name: 'Acme', botUserId: 'U0POSTFLOW', botToken: 'xoxb-hush' });
  }
  const users = { olivia: '', ada: '', mia: '' };
  for (const name of Object.keys(people) as (keyof typeof people)[]) {
    users[name] = (await findMember(app, 'acme', people[name]))?.userId ?? '';
  }
  let links = 0;
  const freshLink = () => {
    links += 1;
    return { id: `link-${links}`, expiresAtSeconds: epochSeconds(app.clock) + linkLifetimeSeconds };
  };
  return {
    app,
    teamId,
    users,
    freshLink,
    async linked(slackUserId, person) {
      await linkIdentity(app, { link: freshLink(), teamId, slackUserId, userId: users[person] });
    },
  };
}
