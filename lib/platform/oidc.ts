import * as client from 'openid-client';
import { ConfigurationError } from './config.ts';
import { OidcFailedError, OidcRefusedError, OidcUnavailableError } from './oidc-errors.ts';
import { type SignInWishes, signInHints } from './oidc-hints.ts';
import { type OidcPerson, personOf } from './oidc-person.ts';

export type { SignInWishes } from './oidc-hints.ts';
export type { OidcPerson } from './oidc-person.ts';

/** The provider at which people sign in, and who we are there. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the provider sends people back to. */
  readonly redirectUrl: string;
}

/** What binds the answer of the provider to the browser that asked; it waits there until the answer comes. */
export interface OidcTransaction {
  readonly state: string;
  readonly nonce: string;
  /** Absent where the provider says nothing of PKCE. */
  readonly codeVerifier?: string | undefined;
}

/** Signs people in at an OpenID Connect provider. */
export interface Oidc {
  /** Where to send a browser. @throws OidcUnavailableError, ConfigurationError */
  start(wishes?: SignInWishes): Promise<{ readonly url: string; readonly transaction: OidcTransaction }>;
  /** Who came back with this query. @throws OidcRefusedError, OidcFailedError, OidcUnavailableError */
  finish(query: string, transaction: OidcTransaction): Promise<OidcPerson>;
}

const timeoutSeconds = 5;
/** Clocks of a provider and of ours differ by less than this. */
const clockToleranceSeconds = 30;

/**
 * The client of a provider, which is asked what it can do on first use; a failed answer is not kept.
 * @throws ConfigurationError for an issuer that is not encrypted, unless it is on this very machine
 */
export function oidcClient(settings: OidcSettings): Oidc {
  requireSafeIssuer(settings.issuer);
  let known: Promise<client.Configuration> | undefined;
  const provider = async (): Promise<client.Configuration> => {
    known ??= discover(settings);
    try {
      return await known;
    } catch (cause) {
      known = undefined;
      throw new OidcUnavailableError({ cause });
    }
  };
  return {
    start: async (wishes = {}) => start(await provider(), settings, wishes),
    finish: async (query, transaction) => finish(await provider(), settings, query, transaction),
  };
}

async function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<client.Configuration> {
  const isLocal = issuer.startsWith('http:');
  return client.discovery(
    new URL(issuer),
    clientId,
    { [client.clockTolerance]: clockToleranceSeconds },
    client.ClientSecretPost(clientSecret),
    {
      execute: [client.enableNonRepudiationChecks, ...(isLocal ? [client.allowInsecureRequests] : [])],
      timeout: timeoutSeconds,
    },
  );
}

async function start(provider: client.Configuration, { issuer, redirectUrl }: OidcSettings, wishes: SignInWishes) {
  // Slack refuses verifiers it did not announce (docs/decisions/0017-sign-in.md); the nonce binds the code there.
  const codeVerifier = provider.serverMetadata().supportsPKCE() ? client.randomPKCECodeVerifier() : undefined;
  const transaction = { state: client.randomState(), nonce: client.randomNonce(), codeVerifier };
  const url = client.buildAuthorizationUrl(provider, {
    redirect_uri: redirectUrl,
    scope: 'openid email profile',
    state: transaction.state,
    nonce: transaction.nonce,
    ...(codeVerifier !== undefined && {
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    }),
    ...signInHints(issuer, wishes),
  });
  return { url: url.href, transaction };
}

async function finish(
  provider: client.Configuration,
  { issuer, redirectUrl }: OidcSettings,
  query: string,
  { state, nonce, codeVerifier }: OidcTransaction,
): Promise<OidcPerson> {
  const answered = new URL(redirectUrl);
  answered.search = query;
  try {
    const tokens = await client.authorizationCodeGrant(provider, answered, {
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
      ...(codeVerifier !== undefined && { pkceCodeVerifier: codeVerifier }),
    });
    return personOf(tokens.claims(), issuer);
  } catch (error) {
    throw translated(error);
  }
}

/** What the library throws, in our own classes; the reason stays as the cause. */
function translated(cause: unknown): Error {
  if (cause instanceof OidcFailedError) return cause;
  if (cause instanceof client.AuthorizationResponseError) return new OidcRefusedError(cause.error, { cause });
  const isOurFault = cause instanceof client.WWWAuthenticateChallengeError;
  const isRefusal = cause instanceof client.ResponseBodyError && cause.error !== 'invalid_grant';
  // The provider does not know us or is not well: the same code again would not help.
  if (isOurFault || isRefusal || isAway(cause)) return new OidcUnavailableError({ cause });
  return new OidcFailedError('What the provider answered does not hold.', { cause });
}

/** No connection, no answer in time, or an answer that speaks of trouble there. */
function isAway(error: unknown): boolean {
  if (error instanceof client.ClientError) {
    return ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'].includes(error.code ?? '');
  }
  return error instanceof TypeError && error.message === 'fetch failed';
}

function requireSafeIssuer(issuer: string): void {
  const { protocol, hostname } = new URL(issuer);
  const isHere = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
  if (protocol === 'https:' || (protocol === 'http:' && isHere)) return;
  throw new ConfigurationError('OIDC_ISSUER must be an https address.');
}
