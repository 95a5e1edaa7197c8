import type { Caller } from '../../lib/organizations/index.ts';
import { ForbiddenError, NotFoundError, RefusalError, UnauthenticatedError } from '../../lib/platform/errors.ts';
import type { Session } from '../../lib/platform/session.ts';
import { isSlug } from '../../lib/platform/slug.ts';
import { signedInFooter } from '../pages/components.ts';
import { detailMessages } from '../pages/detail-messages.ts';
import type { Html } from '../pages/layout.ts';
import { pageMessages } from '../pages/messages.ts';
import { PageRefusal } from '../pages/page-refusal.ts';
import { pathOf, signInAddress } from './addresses.ts';
import { formOf } from './form.ts';
import type { HttpRequest } from './http-request.ts';
import { type AnswerPage, type PageApp, redirect } from './page-door.ts';
import { csrfField, csrfToken, requireCsrf, requireSession, type SessionApp } from './session.ts';

/** What these pages need. */
export type OrganizationPageApp = PageApp & SessionApp;

/** Somebody who looks at something of an organization. */
export interface OrganizationVisit {
  readonly caller: Caller & { readonly userId: string };
  readonly organization: string;
  /** What the address names: an issue, a version, a rule. Empty where it names nothing. */
  readonly name: string;
  readonly query: HttpRequest['query'];
  /** The address of this page, without a query. */
  readonly address: string;
  /** The proof for forms of this page. */
  readonly csrf: string;
  /** Who has signed in. */
  readonly footer: Html;
}

/** Which pages: below `place` of an organization, what `variable` of the address names. */
export interface PagePlace {
  readonly place: string;
  readonly variable?: string;
}

/**
 * Answers with the page of something of an organization. What is not there and what is not for this person is the same page:
 * nobody learns from it what there is.
 */
export function organizationPage<A extends OrganizationPageApp>(
  place: PagePlace,
  show: (app: A, visit: OrganizationVisit) => Promise<string>,
): AnswerPage<A> {
  return async (app, request) => {
    const { visit, session, here } = enter(app, request, place);
    const anotherAccountUrl = signInAddress(app, pathOf(here), { anotherAccount: true });
    try {
      if (!isSlug(visit.organization)) throw new NotFoundError(pageMessages.unknownAddress);
      return { status: 200, html: await show(app, visit) };
    } catch (error) {
      if (!(error instanceof RefusalError) || error.status >= 500) throw error;
      throw notForYou(session.email, anotherAccountUrl);
    }
  };
}

/**
 * Does what a form on such a page asks for, once it is certain that it was sent from there, and leads to the address that
 * comes back.
 */
export function organizationForm<A extends OrganizationPageApp>(
  place: PagePlace,
  act: (app: A, visit: OrganizationVisit, sent: Readonly<Record<string, string>>) => Promise<string>,
): AnswerPage<A> {
  return async (app, request) => {
    const { visit, session, here } = enter(app, request, place);
    const sent = Object.fromEntries(formOf(request));
    requireCsrf(app, request, { session, about: here.path, given: sent[csrfField] });
    try {
      if (!isSlug(visit.organization)) throw new NotFoundError(pageMessages.unknownAddress);
      return redirect(await act(app, visit, sent));
    } catch (error) {
      const hides =
        error instanceof NotFoundError || error instanceof ForbiddenError || error instanceof UnauthenticatedError;
      if (!hides) throw error;
      throw notForYou(session.email, signInAddress(app, here.path, { anotherAccount: true }));
    }
  };
}

interface Entry {
  readonly visit: OrganizationVisit;
  readonly session: Session;
  /** The request as our links write it. */
  readonly here: HttpRequest;
}

function enter(app: OrganizationPageApp, request: HttpRequest, { place, variable }: PagePlace): Entry {
  const { org: organization = '', [variable ?? '']: named = '' } = request.pathParameters;
  const name = variable === undefined ? '' : named;
  const parts = ['organizations', encoded(organization), place, ...(variable === undefined ? [] : [encoded(name)])];
  // However the browser wrote it: the sign-in leads back to no other.
  const path = `/${parts.join('/')}/`;
  const here = { ...request, path };
  const session = requireSession(app, here);
  const { userId, email } = session;
  // No token is behind a person with a browser, so that there is none to show.
  const caller = { kind: 'personal', organization, userId, scopes: [], tokenId: '', tokenHash: '' } as const;
  const anotherAccountUrl = signInAddress(app, pathOf(here), { anotherAccount: true });
  const visit = {
    ...{ caller, organization, name, query: request.query },
    address: `${app.publicUrl}${path}`,
    csrf: csrfToken(app, session, path),
    footer: signedInFooter(email, anotherAccountUrl),
  };
  return { visit, session, here };
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
