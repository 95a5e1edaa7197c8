import { listen } from './listen.ts';
import { createOidcStandIn, type OidcAccount } from './oidc/oidc-stand-in.ts';
import { sample } from './sample-data.ts';
import type { StandInWorkspace } from './slack/stand-in.ts';

/** The provider that people sign in with, on a port of its own: as in production it is another site than the API. */
export async function startSignIn(options: {
  readonly appUrl: string;
  readonly clientSecret: string;
  readonly accounts: readonly OidcAccount[];
}): Promise<{ readonly issuer: string; close(): Promise<void> }> {
  const { appUrl, clientSecret, accounts } = options;
  const server = await listen(0);
  const redirectUri = `${appUrl}/auth/callback/`;
  const issuer = server.url;
  server.serve(createOidcStandIn({ issuer, clientId: sample.oidcClientId, clientSecret, redirectUri, accounts }));
  return { issuer, close: () => server.close() };
}

/** Everybody who can sign in: the sample members, and some whom postflow should turn away. */
export function signInAccounts(
  workspaces: readonly Pick<StandInWorkspace, 'teamId' | 'name' | 'users'>[],
): OidcAccount[] {
  const inSlack = (address: string) =>
    workspaces.flatMap(({ teamId, name, users }) =>
      users.filter(({ email }) => email === address).map(({ id }) => ({ teamId, teamName: name, userId: id })),
    );
  const members = sample.users.map(({ email, name, role }) => ({
    id: email.split('@')[0] ?? email,
    name,
    email,
    emailVerified: true,
    slack: inSlack(email),
    note: `${role} of ${sample.organization.name}`,
  }));
  const outsiders = sample.outsiders.map(({ id, email, name }) => ({
    id,
    name,
    email,
    emailVerified: true,
    slack: inSlack(email),
    note: 'member of no organization',
  }));
  const unverified = { ...sample.unverified, emailVerified: false, slack: [], note: 'the address is not verified' };
  return [...members, ...outsiders, unverified];
}
