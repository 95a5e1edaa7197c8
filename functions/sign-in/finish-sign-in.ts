import { findPerson } from '../../lib/organizations/index.ts';
import { epochSeconds } from '../../lib/platform/clock.ts';
import { UnavailableError } from '../../lib/platform/errors.ts';
import type { OidcPerson } from '../../lib/platform/oidc.ts';
import type { Session } from '../../lib/platform/session.ts';
import { addressOf, queryOf } from '../middleware/addresses.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import type { HttpRequest } from '../middleware/http-request.ts';
import { redirect } from '../middleware/page-door.ts';
import { sessionCookie } from '../middleware/session.ts';
import { endFlow, readFlow, type SignInFlow } from '../middleware/sign-in-flow.ts';
import type { SignInApp } from '../sign-in.ts';
import { defaultNext } from './sign-in-names.ts';
import { notBegunHere, notSetUp, notSignedIn, providerAway, unknownAccount } from './sign-in-refusals.ts';

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 131 bits: nobody guesses one. */
const idCharacters = 22;

/**
 * `GET /auth/callback/`: ends a sign-in that this browser has begun, with a session that is always a new one, and leads to
 * where it was to lead.
 * @throws PageRefusal
 */
export async function finishSignIn(app: SignInApp, request: HttpRequest): Promise<HttpAnswer> {
  if (app.oidc === undefined) throw notSetUp();
  const flow = readFlow(app, request, request.query['state']?.at(-1) ?? '');
  if (flow === undefined) throw notBegunHere(app, defaultNext);
  let person: OidcPerson;
  try {
    person = await app.oidc.finish(queryOf(request), flow.transaction);
  } catch (error) {
    if (error instanceof UnavailableError) throw providerAway(app, flow.next, error);
    throw notSignedIn(app, flow.next, [endFlow(app, flow)], error);
  }
  return signedIn(app, flow, person);
}

async function signedIn(app: SignInApp, flow: SignInFlow, person: OidcPerson): Promise<HttpAnswer> {
  const ended = endFlow(app, flow);
  // An address that nobody has proved to have could be anybody's, so it is not even looked for.
  const member = person.emailVerified ? await findPerson(app, person.email) : undefined;
  if (member === undefined) throw unknownAccount(app, flow.next, [ended], person);
  const session: Session = {
    id: app.randomText(idAlphabet, idCharacters),
    userId: member.userId,
    email: member.email,
    name: member.name,
    ...(person.slack && { slack: person.slack }),
    signedInAtSeconds: epochSeconds(app.clock),
  };
  return redirect(addressOf(app, flow.next), [ended, sessionCookie(app, session)]);
}
