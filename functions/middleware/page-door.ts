import type { APIGatewayProxyEvent } from 'aws-lambda';
import { MethodNotAllowedError, NotFoundError, type RefusalError } from '../../lib/platform/errors.ts';
import { pageMessages } from '../pages/messages.ts';
import { PageRefusal } from '../pages/page-refusal.ts';
import { errorPage, refusalPage, signedOutPage } from '../pages/refusal-pages.ts';
import { stylesheetSource } from '../pages/stylesheet.ts';
import { signInAddress } from './addresses.ts';
import { isHttps } from './cookies.ts';
import { type HttpAnswer, retryHeaders } from './http-answer.ts';
import { type HttpHandler, httpFunction } from './http-door.ts';
import { type HttpRequest, readHttpRequest } from './http-request.ts';
import { SignInNeededError } from './session.ts';
import type { AppSource, BaseApp } from './start-app.ts';

/** What every function with pages has. */
export type PageApp = BaseApp & {
  /** Our own address, without a slash at its end. */
  readonly publicUrl: string;
};

/** Answers one kind of request with a page or a redirect. */
export type AnswerPage<A> = (app: A, request: HttpRequest) => Promise<HttpAnswer>;

/** What one page answers, by method; a HEAD is a GET of which the body is left away. */
export interface PageMethods<A> {
  readonly GET?: AnswerPage<A>;
  readonly POST?: AnswerPage<A>;
}

/** A function whose answers are pages. */
export interface PageDoor<A extends PageApp> {
  /** The function's name; the counters of its outcomes begin with it. */
  readonly name: string;
  /** By the path of its route as in infra/routes.ts, with the name of the page where that says `{page}`. */
  readonly pages: Readonly<Record<string, PageMethods<A>>>;
}

/** Forms of ours have a few short fields. */
const maxBodyBytes = 16 * 1024;

/**
 * Makes a function of pages: every answer has the headers that keep it safe, whatever is refused becomes a page too, and
 * whoever has to sign in is led there and back.
 */
export function pageDoor<A extends PageApp>({ name, pages }: PageDoor<A>, appOf: AppSource<A>): HttpHandler {
  const refuse = (app: A | undefined, error: RefusalError | undefined, requestId: string): HttpAnswer => {
    if (error === undefined) return secured(app, { status: 500, html: errorPage(requestId) });
    const allow = error instanceof PageMethodError && { Allow: error.allowed.join(', ') };
    const headers = { ...retryHeaders(error), ...allow };
    const cookies = error instanceof PageRefusal ? (error.words.cookies ?? []) : [];
    return secured(app, { status: error.status, html: refusalPage(error), headers, cookies });
  };
  return httpFunction({ name, refusePage: refuse }, appOf, async (app, event, tellCaller) => {
    tellCaller(undefined);
    return secured(app, await answerTo(app, event, pages));
  });
}

/** Leads a browser elsewhere, with GET whatever it came with. */
export function redirect(location: string, cookies: readonly string[] = []): HttpAnswer {
  return { status: 303, headers: { Location: location }, cookies };
}

class PageMethodError extends MethodNotAllowedError {
  readonly allowed: readonly string[];

  constructor(allowed: readonly string[]) {
    super(pageMessages.methodNotAllowed);
    this.allowed = allowed;
  }
}

async function answerTo<A extends PageApp>(
  app: A,
  event: APIGatewayProxyEvent,
  pages: PageDoor<A>['pages'],
): Promise<HttpAnswer> {
  const path = event.resource.replace('{page}', event.pathParameters?.['page'] ?? '');
  const methods = Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (methods === undefined) throw new NotFoundError(pageMessages.unknownAddress);
  const isHead = event.httpMethod === 'HEAD';
  const method = isHead ? 'GET' : event.httpMethod;
  const answer = method === 'GET' || method === 'POST' ? methods[method] : undefined;
  if (answer === undefined) {
    throw new PageMethodError(Object.keys(methods).flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one])));
  }
  try {
    const answered = await answer(app, readHttpRequest(event, maxBodyBytes));
    return isHead ? { ...answered, html: '' } : answered;
  } catch (error) {
    if (!(error instanceof SignInNeededError)) throw error;
    const signIn = signInAddress(app, error.next, { team: error.team });
    // What was posted cannot be posted again by the way through the sign-in.
    return method === 'GET' ? redirect(signIn) : { status: 401, html: signedOutPage(signIn) };
  }
}

/**
 * A page loads nothing, runs nothing, stands in no frame, sends forms to us alone and tells nobody its address, which holds
 * a link that works once.
 */
function policyOf(formTargets: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src ${stylesheetSource}`,
    'img-src data:',
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** For the one page whose form is answered with the way to somebody else: browsers hold such a way to the page's policy, too. */
export function formsMayLeadTo(...targets: readonly string[]): Readonly<Record<string, string>> {
  return { 'Content-Security-Policy': policyOf(targets) };
}

function secured(app: PageApp | undefined, answer: HttpAnswer): HttpAnswer {
  return {
    ...answer,
    headers: {
      'Content-Security-Policy': policyOf([]),
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'X-Robots-Tag': 'noindex',
      ...(app !== undefined && isHttps(app) && { 'Strict-Transport-Security': 'max-age=31536000' }),
      ...answer.headers,
    },
  };
}
