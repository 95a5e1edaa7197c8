import * as z from 'zod';
import { type Clock, epochSeconds } from '../../lib/platform/clock.ts';
import { ForbiddenError } from '../../lib/platform/errors.ts';
import { type Session, sessionLifetimeSeconds, signSession, verifySession } from '../../lib/platform/session.ts';
import { authenticationCode, equalInConstantTime } from '../../lib/platform/signed-text.ts';
import { pageMessages } from '../pages/messages.ts';
import { pathOf } from './addresses.ts';
import { readCookie, setCookie } from './cookies.ts';
import type { HttpRequest } from './http-request.ts';

/** What reading and giving sessions reads of the environment. */
export const sessionSettings = { OIDC_ISSUER: z.url() };

/** What reading and giving sessions needs. */
export interface SessionApp {
  readonly clock: Clock;
  readonly linkSigningKey: string;
  /** Where people sign in. Who did so elsewhere, before it was changed, signs in anew. */
  readonly sessionIssuer: string;
  /** Our own address, without a slash at its end. */
  readonly publicUrl: string;
}

const cookieName = 'postflow-session';

/** Thrown when a page is for people who have signed in; `pageDoor` leads to the sign-in and from there back to `next`. */
export class SignInNeededError extends Error {
  override readonly name = 'SignInNeededError';
  readonly next: string;
  /** The Slack workspace in which they should. */
  readonly team: string | undefined;

  constructor(next: string, team?: string) {
    super('Nobody has signed in.');
    this.next = next;
    this.team = team;
  }
}

/** Who has signed in with this browser. */
export function readSession(app: SessionApp, request: HttpRequest): Session | undefined {
  const text = readCookie(app, request, cookieName);
  if (text === undefined) return undefined;
  return verifySession(text, {
    key: app.linkSigningKey,
    issuer: app.sessionIssuer,
    nowSeconds: epochSeconds(app.clock),
  });
}

/** Who has signed in with this browser. @throws SignInNeededError, which becomes the way to the sign-in */
export function requireSession(app: SessionApp, request: HttpRequest, team?: string): Session {
  const session = readSession(app, request);
  if (session === undefined) throw new SignInNeededError(pathOf(request), team);
  return session;
}

/** The `Set-Cookie` header that signs somebody in. */
export function sessionCookie(app: SessionApp, session: Session): string {
  const value = signSession(session, { key: app.linkSigningKey, issuer: app.sessionIssuer });
  return setCookie(app, { name: cookieName, value, maxAgeSeconds: sessionLifetimeSeconds });
}

/** The `Set-Cookie` header that signs out whoever it is. */
export function noSessionCookie(app: SessionApp): string {
  return setCookie(app, { name: cookieName, value: '', maxAgeSeconds: 0 });
}

/** The field of our forms that carries what `csrfToken` made. */
export const csrfField = 'csrf';

/** A text that only a page of ours can have for this session and `about`, which names what the form does. */
export function csrfToken(app: Pick<SessionApp, 'linkSigningKey'>, session: Session, about: string): string {
  return authenticationCode(JSON.stringify([session.id, about]), { key: app.linkSigningKey, purpose: 'form token' });
}

/**
 * Lets pass what a form of ours sent for this session; `given` is the field `csrfField` of it.
 * @throws ForbiddenError
 */
export function requireCsrf(
  app: SessionApp,
  request: HttpRequest,
  { session, about, given }: { readonly session: Session; readonly about: string; readonly given: string | undefined },
): void {
  const fits = given !== undefined && equalInConstantTime(given, csrfToken(app, session, about));
  if (!fits || !isFromUs(app, request)) throw new ForbiddenError(pageMessages.notFromOurPage);
}

/**
 * What browsers say about where a form was sent from; old ones say nothing, and then the token alone decides. Our pages let
 * no referrer out, and browsers then name no origin either: they say `null`.
 */
function isFromUs({ publicUrl }: SessionApp, request: HttpRequest): boolean {
  const site = request.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = request.header('origin');
  return origin === undefined || origin === 'null' || origin === new URL(publicUrl).origin;
}
