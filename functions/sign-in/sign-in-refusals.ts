import type { OidcPerson } from '../../lib/platform/oidc.ts';
import { OidcRefusedError } from '../../lib/platform/oidc-errors.ts';
import { signInAddress } from '../middleware/addresses.ts';
import { pageMessages } from '../pages/messages.ts';
import { PageRefusal } from '../pages/page-refusal.ts';

type Home = { readonly publicUrl: string };

const texts = pageMessages.signInPages;

/** No provider is known to sign in at. */
export function notSetUp(): PageRefusal {
  const [title, text] = [pageMessages.signInNotSetUpTitle, pageMessages.signInNotSetUp];
  return new PageRefusal({ code: 'sign_in_not_set_up', status: 503, title, texts: [text] });
}

/** The provider cannot be reached. */
export function providerAway(home: Home, next: string, cause: unknown): PageRefusal {
  const wayOn = { text: pageMessages.tryAgain, url: signInAddress(home, next) };
  const words = { code: 'sign_in_away', status: 503, title: texts.awayTitle, texts: [texts.away], wayOn };
  return new PageRefusal(words, { cause });
}

/** This browser has begun no such sign-in, or it is over. */
export function notBegunHere(home: Home, next: string): PageRefusal {
  const wayOn = { text: pageMessages.signIn, url: signInAddress(home, next) };
  return new PageRefusal({ code: 'sign_in_ended', status: 400, title: texts.endedTitle, texts: [texts.ended], wayOn });
}

/** The provider said no, or what it said does not hold. */
export function notSignedIn(home: Home, next: string, cookies: readonly string[], cause: unknown): PageRefusal {
  const wayOn = { text: pageMessages.tryAgain, url: signInAddress(home, next) };
  const isCancelled = cause instanceof OidcRefusedError;
  const [title, text] = isCancelled ? [texts.cancelledTitle, texts.cancelled] : [texts.failedTitle, texts.failed];
  const code = isCancelled ? 'sign_in_refused' : 'sign_in_failed';
  return new PageRefusal({ code, status: isCancelled ? 403 : 400, title, texts: [text], wayOn, cookies }, { cause });
}

/** We do not know who signed in, or cannot be sure that it is them. */
export function unknownAccount(home: Home, next: string, cookies: readonly string[], person: OidcPerson): PageRefusal {
  const wayOn = { text: pageMessages.useAnotherAccount, url: signInAddress(home, next, { anotherAccount: true }) };
  const { email, emailVerified } = person;
  const [title, words] = emailVerified
    ? [texts.unknownTitle, texts.unknown(email)]
    : [texts.unverifiedTitle, texts.unverified(email)];
  const code = emailVerified ? 'unknown_account' : 'unverified_address';
  return new PageRefusal({ code, status: 403, title, texts: words, wayOn, cookies });
}
