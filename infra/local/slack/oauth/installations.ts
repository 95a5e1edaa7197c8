import { randomBytes } from 'node:crypto';
import { Refusal } from '../refusal.ts';
import type { Workspace } from '../workspace.ts';

/** How long a code can be exchanged, and a token with rotation be used (docs.slack.dev/authentication). */
const codeLifetimeMs = 10 * 60 * 1000;
export const tokenLifetimeSeconds = 43_200;

/** What a person allowed: which workspace, who did so, and what for. */
export interface Grant {
  readonly workspace: Workspace;
  readonly user: string;
  readonly scope: string;
  readonly redirectUri: string;
}

/** A bot token that was given out. */
export interface BotToken {
  readonly token: string;
  readonly workspace: Workspace;
  readonly scope: string;
  readonly user: string;
  /** Both only where the workspace rotates tokens. */
  readonly refreshToken?: string;
  readonly expiresAtMs?: number;
}

/** Who may use the app's methods in which workspace: codes that were granted, tokens that were given out. */
export class Installations {
  readonly #clock: () => number;
  readonly #codes = new Map<string, Grant & { readonly grantedAtMs: number; used: boolean }>();
  readonly #tokens = new Map<string, BotToken>();
  /** Why a token that was good is not any more. */
  readonly #ended = new Map<string, 'account_inactive' | 'token_revoked'>();

  constructor(clock: () => number, workspaces: readonly Workspace[]) {
    this.#clock = clock;
    for (const workspace of workspaces) {
      const { botToken: token, users } = workspace.given;
      if (token !== undefined) this.#tokens.set(token, { token, workspace, scope: '', user: users[0]?.id ?? '' });
    }
  }

  /** The code that says what a person has allowed. */
  grant(grant: Grant): string {
    const code = `${this.#codes.size + 1}.${randomBytes(16).toString('hex')}`;
    this.#codes.set(code, { ...grant, grantedAtMs: this.#clock(), used: false });
    return code;
  }

  /** Exchanges a code, once. Throws `invalid_code`, `code_already_used` or `bad_redirect_uri`. */
  redeem(code: string, redirectUri: string | undefined): BotToken {
    const grant = this.#codes.get(code);
    if (grant === undefined || this.#clock() - grant.grantedAtMs > codeLifetimeMs) throw new Refusal('invalid_code');
    if (grant.used) throw new Refusal('code_already_used');
    if (redirectUri !== grant.redirectUri) throw new Refusal('bad_redirect_uri');
    grant.used = true;
    grant.workspace.installed = true;
    // Who installs again without rotation gets the token that there is.
    const kept = this.#valid(grant.workspace).find(({ expiresAtMs }) => expiresAtMs === undefined);
    return grant.workspace.tokenRotation || kept === undefined ? this.#issue(grant) : kept;
  }

  /** A new pair of tokens for a refresh token, which works once. Throws `invalid_refresh_token`. */
  refresh(refreshToken: string): BotToken {
    const before = [...this.#tokens.values()].find((token) => token.refreshToken === refreshToken);
    if (before === undefined || this.#ended.has(before.token)) throw new Refusal('invalid_refresh_token');
    const { refreshToken: _, ...rest } = before;
    // The access token itself lives on until its time is over.
    this.#tokens.set(before.token, rest);
    return this.#issue(before);
  }

  /** The workspace that a token speaks for. Throws `invalid_auth`, `account_inactive`, `token_revoked` or `token_expired`. */
  workspaceOf(token: string): Workspace {
    const known = this.#tokens.get(token);
    if (known === undefined) throw new Refusal('invalid_auth');
    const ended = this.#ended.get(token);
    if (ended !== undefined) throw new Refusal(ended);
    if (known.expiresAtMs !== undefined && this.#clock() >= known.expiresAtMs) throw new Refusal('token_expired');
    return known.workspace;
  }

  revoke(token: string): void {
    this.#ended.set(token, 'token_revoked');
  }

  /** Takes the app out of a workspace: all of its tokens end. */
  uninstall(workspace: Workspace): void {
    workspace.installed = false;
    for (const { token } of this.#valid(workspace)) this.#ended.set(token, 'account_inactive');
  }

  #valid(workspace: Workspace): BotToken[] {
    return [...this.#tokens.values()].filter((known) => known.workspace === workspace && !this.#ended.has(known.token));
  }

  #issue({ workspace, scope, user }: Pick<BotToken, 'workspace' | 'scope' | 'user'>): BotToken {
    const secret = randomBytes(12).toString('hex');
    const issued = workspace.tokenRotation
      ? {
          token: `xoxe.xoxb-1-local-${secret}`,
          refreshToken: `xoxe-1-local-${randomBytes(12).toString('hex')}`,
          expiresAtMs: this.#clock() + tokenLifetimeSeconds * 1000,
        }
      : { token: `xoxb-local-${secret}` };
    const token = { ...issued, workspace, scope, user };
    this.#tokens.set(token.token, token);
    return token;
  }
}
