import type { Caller } from '../../lib/organizations/index.ts';
import type { App } from '../../lib/platform/app.ts';
import { NotFoundError, RefusalError } from '../../lib/platform/errors.ts';
import { isSlug } from '../../lib/platform/slug.ts';
import { pathOf, signInAddress } from '../middleware/addresses.ts';
import type { HttpRequest } from '../middleware/http-request.ts';
import type { AnswerPage, PageApp } from '../middleware/page-door.ts';
import { requireSession, type SessionApp } from '../middleware/session.ts';
import { signedInFooter } from '../pages/components.ts';
import { detailMessages } from '../pages/detail-messages.ts';
import type { Html } from '../pages/layout.ts';
import { pageMessages } from '../pages/messages.ts';
import { PageRefusal } from '../pages/page-refusal.ts';

/** What these pages need. */
export type DetailsApp = PageApp & SessionApp & Pick<App, 'table'>;

/** Somebody who looks at something of an organization. */
export interface DetailVisit {
  readonly caller: Caller & { readonly userId: string };
  readonly organization: string;
  /** What the address names: an issue, a version, a rule. */
  readonly name: string;
  readonly query: HttpRequest['query'];
  /** Who has signed in. */
  readonly footer: Html;
}

/**
 * Answers with the page of what `variable` of the address names, below `place` of an organization. What is not there and
 * what is not for this person is the same page: nobody learns from it what there is.
 */
export function detailPage(
  { place, variable }: { readonly place: string; readonly variable: string },
  show: (app: DetailsApp, visit: DetailVisit) => Promise<string>,
): AnswerPage<DetailsApp> {
  return async (app, request) => {
    const { org: organization = '', [variable]: name = '' } = request.pathParameters;
    // As our links write it, however the browser did: the sign-in leads back to no other.
    const path = `/organizations/${encoded(organization)}/${place}/${encoded(name)}/`;
    const here = { ...request, path };
    const { userId, email } = requireSession(app, here);
    const anotherAccountUrl = signInAddress(app, pathOf(here), { anotherAccount: true });
    // No token is behind a person with a browser, so that there is none to show.
    const caller = { kind: 'personal', organization, userId, scopes: [], tokenId: '', tokenHash: '' } as const;
    const footer = signedInFooter(email, anotherAccountUrl);
    try {
      if (!isSlug(organization)) throw new NotFoundError(pageMessages.unknownAddress);
      const html = await show(app, { caller, organization, name, query: request.query, footer });
      return { status: 200, html };
    } catch (error) {
      if (!(error instanceof RefusalError) || error.status >= 500) throw error;
      throw notForYou(email, anotherAccountUrl);
    }
  };
}

function notForYou(email: string, url: string): PageRefusal {
  const { notFoundTitle, notFound } = detailMessages;
  const wayOn = { text: pageMessages.useAnotherAccount, url };
  return new PageRefusal({ code: 'not_found', status: 404, title: notFoundTitle, texts: notFound(email), wayOn });
}

function encoded(text: string): string {
  // Lone surrogates have no encoding; nothing is called like that.
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
}
