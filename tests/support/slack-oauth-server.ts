import { listen } from '../../infra/local/listen.ts';
import type { SlackOauthOptions } from '../../lib/slack/index.ts';
import { botScopes } from '../../lib/slack/index.ts';

/** Slack as far as it hands out tokens and takes them back, with answers that a test can change. */
export interface SlackOauthServer extends SlackOauthOptions {
  /** Every call, `<method> <form>`, in order; a token in a header comes last. */
  readonly calls: readonly string[];
  /** Has every code after this give a grant with these changes. */
  grantWith(changes: Readonly<Record<string, unknown>>): void;
  /** Answers a method with this error of Slack's, or with a status of HTTP, until `undefined` says to stop. */
  failWith(method: string, failure: string | number | undefined): void;
  /** Has tokens wait until what this gives is over. */
  holdTokens(until: () => Promise<unknown>): void;
  /** Every token that was given, so that a test can look for it where it must not be. */
  readonly tokens: readonly string[];
  stop(): Promise<void>;
}

/** What the server gives for a code unless told otherwise. */
export const slackGrant = {
  ok: true,
  app_id: 'A0POSTFLOW',
  authed_user: { id: 'U0INSTALLER' },
  scope: Object.keys(botScopes).join(','),
  token_type: 'bot',
  bot_user_id: 'U0POSTFLOW',
  team: { id: 'T0ACME001', name: 'Acme' },
  enterprise: null,
  is_enterprise_install: false,
} as const;

/** Starts the server on a free port. Codes and refresh tokens work once, as at Slack. */
export async function startSlackOauthServer(): Promise<SlackOauthServer> {
  const server = await listen(0);
  const credentials = { clientId: '1234.5678', clientSecret: 'a client secret' };
  const failures = new Map<string, string | number>();
  const calls: string[] = [];
  const tokens: string[] = [];
  const usedUp = new Set<string>();
  let changes: Readonly<Record<string, unknown>> = {};
  let hold: () => Promise<unknown> = async () => {};

  const newToken = (prefix: string): string => {
    const token = `${prefix}-hush-${tokens.length}`;
    tokens.push(token);
    return token;
  };

  async function access(form: URLSearchParams): Promise<unknown> {
    const { clientId, clientSecret } = credentials;
    if (form.get('client_id') !== clientId) return refusal('invalid_client_id');
    if (form.get('client_secret') !== clientSecret) return refusal('bad_client_secret');
    const renewing = form.get('grant_type') === 'refresh_token';
    const given = form.get(renewing ? 'refresh_token' : 'code') ?? '';
    await hold();
    if (usedUp.has(given) || (renewing && !tokens.includes(given))) {
      return refusal(renewing ? 'invalid_refresh_token' : 'code_already_used');
    }
    usedUp.add(given);
    const rotated = renewing || 'expires_in' in changes;
    return {
      ...slackGrant,
      access_token: newToken(rotated ? 'xoxe.xoxb' : 'xoxb'),
      ...(rotated && { refresh_token: newToken('xoxe-1'), expires_in: 43_200 }),
      ...changes,
    };
  }

  server.serve((request, response) => {
    const method = (request.url ?? '').replace(/^\/api\//, '');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const body = Buffer.concat(chunks).toString();
      calls.push(`${method} ${body} ${request.headers.authorization ?? ''}`.trim());
      const failure = failures.get(method);
      const status = typeof failure === 'number' ? failure : 200;
      const answer = typeof failure === 'string' ? refusal(failure) : undefined;
      const known = method === 'oauth.v2.access' ? () => access(new URLSearchParams(body)) : async () => ({ ok: true });
      response.writeHead(status, { 'Content-Type': 'application/json', 'Retry-After': '7' });
      response.end(status === 200 ? JSON.stringify(answer ?? (await known())) : 'not today');
    });
  });
  return {
    ...credentials,
    apiUrl: `${server.url}/api/`,
    calls,
    tokens,
    grantWith: (given) => {
      changes = given;
    },
    failWith: (method, failure) => {
      if (failure === undefined) failures.delete(method);
      else failures.set(method, failure);
    },
    holdTokens: (until) => {
      hold = until;
    },
    stop: () => server.close(),
  };
}

function refusal(error: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error };
}
