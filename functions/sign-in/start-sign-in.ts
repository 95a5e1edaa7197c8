import * as z from 'zod';
import { UnavailableError } from '../../lib/platform/errors.ts';
import type { SignInWishes } from '../../lib/platform/oidc.ts';
import { addressOf, signInAddress } from '../middleware/addresses.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import type { HttpRequest } from '../middleware/http-request.ts';
import { ownPath } from '../middleware/own-path.ts';
import { redirect } from '../middleware/page-door.ts';
import { csrfToken, readSession } from '../middleware/session.ts';
import { beginFlow } from '../middleware/sign-in-flow.ts';
import { accountPage } from '../pages/sign-in-pages.ts';
import type { SignInApp } from '../sign-in.ts';
import { defaultNext, signOutForm } from './sign-in-names.ts';
import { notSetUp, providerAway } from './sign-in-refusals.ts';

/** A workspace's id; it comes from an address, and only ever becomes a word of another one. */
const slackTeam = z.string().regex(/^[TE][A-Z0-9]{2,20}$/);

/**
 * `GET /auth/sign-in/?next=…`: sends the browser to the provider, and remembers in it where to go afterwards. Without `next`
 * it shows who has signed in, if anybody has.
 * @throws PageRefusal when the provider is away, or none is set up
 */
export async function startSignIn(app: SignInApp, request: HttpRequest): Promise<HttpAnswer> {
  const next = ownPath(request.query['next']?.at(-1));
  const wantsAnother = request.query['account']?.at(-1) === 'another';
  const slackTeamId = slackTeam.safeParse(request.query['team']?.at(-1)).data;
  const session = readSession(app, request);
  if (session !== undefined && next === undefined && !wantsAnother) {
    const html = accountPage({
      session,
      signOutUrl: addressOf(app, '/auth/sign-out/'),
      csrf: csrfToken(app, session, signOutForm),
      anotherAccountUrl: signInAddress(app, defaultNext, { anotherAccount: true }),
    });
    return { status: 200, html };
  }
  return begin(app, request, { next: next ?? defaultNext, askAgain: wantsAnother, slackTeamId });
}

async function begin(
  app: SignInApp,
  request: HttpRequest,
  { next, ...wishes }: SignInWishes & { readonly next: string },
): Promise<HttpAnswer> {
  if (app.oidc === undefined) throw notSetUp();
  try {
    const { url, transaction } = await app.oidc.start(wishes);
    return redirect(url, beginFlow(app, request, { transaction, next }));
  } catch (error) {
    throw error instanceof UnavailableError ? providerAway(app, next, error) : error;
  }
}
