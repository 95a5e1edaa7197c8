import * as z from 'zod';
import { SlackBusyError, SlackRefusedError, SlackUncertainError } from './slack-errors.ts';

/** Where Slack's Web API is and which app we are there. */
export interface SlackOauthOptions {
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What Slack gives for a code: a bot in a workspace. Only what we read of it. */
const grantSchema = z.object({
  access_token: z.string().min(1),
  token_type: z.string().optional(),
  scope: z.string().default(''),
  bot_user_id: z.string().optional(),
  app_id: z.string().optional(),
  team: z.object({ id: z.string(), name: z.string().default('') }).nullish(),
  is_enterprise_install: z.boolean().default(false),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive().optional(),
});

/** What Slack gives for a code. */
export type SlackGrant = z.infer<typeof grantSchema>;

const renewalSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
});

/** A bot token that ends, and what it is renewed with. */
export type TokenRenewal = z.infer<typeof renewalSchema>;

const envelope = z.object({ ok: z.boolean(), error: z.string().max(100).optional() });

/** A call that takes longer has been lost. */
const callTimeoutMs = 8_000;

/** Errors after which a call may have been carried out. https://docs.slack.dev/reference/methods/oauth.v2.access */
const uncertain = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable']);

/**
 * Exchanges the code that Slack sent somebody back with.
 * @throws SlackRefusedError, SlackBusyError, SlackUncertainError
 */
export async function exchangeCode(
  options: SlackOauthOptions,
  input: { readonly code: string; readonly redirectUri: string },
): Promise<SlackGrant> {
  const form = { ...credentials(options), code: input.code, redirect_uri: input.redirectUri };
  return read(grantSchema, await call(options.apiUrl, 'oauth.v2.access', form));
}

/**
 * Exchanges a refresh token, which works once, for a new bot token and a new refresh token.
 * @throws SlackRefusedError, SlackBusyError, SlackUncertainError
 */
export async function renewToken(options: SlackOauthOptions, refreshToken: string): Promise<TokenRenewal> {
  const form = { ...credentials(options), grant_type: 'refresh_token', refresh_token: refreshToken };
  return read(renewalSchema, await call(options.apiUrl, 'oauth.v2.access', form));
}

/** Has Slack forget a bot token. @throws SlackRefusedError, SlackBusyError, SlackUncertainError */
export async function revokeToken(apiUrl: string, token: string): Promise<void> {
  await call(apiUrl, 'auth.revoke', {}, token);
}

/**
 * Takes the app out of the workspace of a bot token; as an app that is not set up cannot say which one it is, it then only has the
 * token forgotten. @throws SlackRefusedError, SlackBusyError, SlackUncertainError
 */
export async function uninstallApp(options: SlackOauthOptions, token: string): Promise<void> {
  if (options.clientId === '' || options.clientSecret === '') return revokeToken(options.apiUrl, token);
  await call(options.apiUrl, 'apps.uninstall', credentials(options), token);
}

function credentials({ clientId, clientSecret }: SlackOauthOptions): Record<string, string> {
  return { client_id: clientId, client_secret: clientSecret };
}

async function call(apiUrl: string, method: string, form: Record<string, string>, token?: string): Promise<unknown> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(new URL(method, apiUrl), {
      method: 'POST',
      headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
      body: new URLSearchParams(form),
      signal: AbortSignal.timeout(callTimeoutMs),
      // Credentials go to Slack and nowhere else.
      redirect: 'error',
    });
    if (response.status === 429) throw new SlackBusyError(Number(response.headers.get('retry-after')) || 1);
    body = await response.json();
  } catch (cause) {
    if (cause instanceof SlackBusyError) throw cause;
    throw new SlackUncertainError({ cause });
  }
  const { ok, error = 'unknown_error' } = read(envelope, body);
  if (ok) return body;
  if (error === 'ratelimited') throw new SlackBusyError(1);
  throw uncertain.has(error) ? new SlackUncertainError() : new SlackRefusedError(error);
}

/** The parts that we read; an answer of another form is none of Slack's. The cause names fields and never values. */
function read<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new SlackUncertainError({ cause: new TypeError(`Slack's answer is not as expected: ${fields}`) });
}
