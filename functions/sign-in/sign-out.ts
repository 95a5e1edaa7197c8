import { signInAddress } from '../middleware/addresses.ts';
import { formOf } from '../middleware/form.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import type { HttpRequest } from '../middleware/http-request.ts';
import { csrfField, noSessionCookie, readSession, requireCsrf } from '../middleware/session.ts';
import { signedOffPage } from '../pages/sign-in-pages.ts';
import type { SignInApp } from '../sign-in.ts';
import { defaultNext, signOutForm } from './sign-in-names.ts';

/** `POST /auth/sign-out/`: forgets who has signed in with this browser. @throws ForbiddenError for a form that is not ours */
export async function signOut(app: SignInApp, request: HttpRequest): Promise<HttpAnswer> {
  const session = readSession(app, request);
  if (session !== undefined) {
    requireCsrf(app, request, { session, about: signOutForm, given: formOf(request).get(csrfField) ?? undefined });
  }
  return { status: 200, html: signedOffPage(signInAddress(app, defaultNext)), cookies: [noSessionCookie(app)] };
}
