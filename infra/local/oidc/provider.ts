import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { Provider } from 'oidc-provider';
import { claimsOf, type OidcAccount, readChoice, slackClaims } from './account.ts';
import { memoryAdapter } from './memory-adapter.ts';
import { renderProblem } from './sign-in-page.ts';

/** What a provider is made of. */
export interface OidcProviderOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly accounts: readonly OidcAccount[];
}

/** The cookie by which the provider would know somebody again. */
export const sessionCookie = 'local_oidc_session';

/** Where somebody who is to sign in is sent. */
export const signInPath = '/sign-in/';

/** A real OpenID Connect provider with one client; its keys are made anew, and it asks whoever comes who they are. */
export function createProvider(options: OidcProviderOptions): Provider {
  return new Provider(options.issuer, configurationOf(options));
}

function configurationOf({ clientId, clientSecret, redirectUri, accounts }: OidcProviderOptions): Configuration {
  return {
    adapter: memoryAdapter(),
    jwks: { keys: [signingKey()] },
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    // Cookies do not know ports: names of their own keep them apart from those of the API on the same host.
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      names: { session: sessionCookie, interaction: 'local_oidc_sign_in', resume: 'local_oidc_resume' },
    },
    claims: {
      openid: ['sub', slackClaims.userId, slackClaims.teamId],
      email: ['email', 'email_verified'],
      profile: ['name', 'given_name', 'family_name'],
    },
    // Slack puts everything into the ID token, so that nobody has to ask a second time.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_, interaction) => `${signInPath}${interaction.uid}` },
    loadExistingGrant: grantEverything,
    findAccount: (_, subject) => {
      const choice = readChoice(accounts, subject);
      return choice && { accountId: subject, claims: async () => claimsOf(choice) };
    },
    renderError: (ctx, { error, error_description }) => {
      ctx.type = 'html';
      ctx.body = String(renderProblem(error, error_description));
    },
    ttl: {
      Interaction: 3_600,
      Session: 3_600,
      Grant: 3_600,
      AuthorizationCode: 60,
      AccessToken: 3_600,
      IdToken: 3_600,
    },
  };
}

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const jwk = privateKey.export({ format: 'jwk' });
  return { ...jwk, kty: 'RSA', alg: 'RS256', use: 'sig', kid: randomBytes(8).toString('hex') };
}

/** Nobody is asked for consent: there is one client, and it is ours. */
async function grantEverything({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider } = oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid email profile');
  await grant.save();
  return grant;
}
