import type { APIGatewayProxyResult } from 'aws-lambda';
import type { HttpHandler } from '../../functions/middleware/http-door.ts';
import { httpEvent } from './http-event.ts';
import { lambdaContext } from './lambda-context.ts';

/** Where a visit ended: on a page of ours, or of another site. */
export interface Landing {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** What a visit is more than an address. */
export interface Visit {
  readonly method?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A browser without scripts: it keeps cookies by site, follows redirects, and fills in forms. */
export interface PagesBrowser {
  visit(url: string, more?: Visit): Promise<Landing>;
  /** Sends the form of a page of ours with its hidden fields, as browsers send it from there. */
  submit(landing: Landing, fields?: Readonly<Record<string, string>>, headers?: Visit['headers']): Promise<Landing>;
  /** Opens an address, signs in at the provider as somebody, and comes back. */
  signIn(url: string, account: string, slack?: string): Promise<Landing>;
  /** Our cookies as this browser has them. */
  readonly cookies: Map<string, string>;
}

/** Our functions by the first parts of their paths. */
export interface Site {
  readonly publicUrl: string;
  readonly functions: Readonly<Record<'/extensions/slack/{page}/{token}' | '/auth/{page}', HttpHandler>>;
}

const mostRedirects = 10;

/** Opens a browser that knows our site by its functions, and every other by HTTP. */
export function pagesBrowser(site: Site): PagesBrowser {
  const ours = new Map<string, string>();
  const theirs = new Map<string, string>();
  const step = (url: string, more: Visit) =>
    url.startsWith(`${site.publicUrl}/`) ? callOurs(site, url, more, ours) : callTheirs(url, more, theirs);
  const browser: PagesBrowser = {
    cookies: ours,
    async visit(url, more = {}) {
      let at = await step(url, more);
      for (let count = 0; at.location !== undefined; count += 1) {
        if (count === mostRedirects) throw new Error(`redirected for ever: ${at.location}`);
        const next = new URL(at.location, at.url).href;
        at = await step(next, {});
      }
      return at;
    },
    submit({ html, url }, fields = {}, headers = {}) {
      const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? url;
      const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
      const form = { ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])), ...fields };
      const sent = { Origin: 'null', 'Sec-Fetch-Site': 'same-origin', ...headers };
      return browser.visit(action, { form, headers: sent });
    },
    async signIn(url, account, slack) {
      const page = await browser.visit(url);
      return browser.visit(page.url, { form: { account, ...(slack !== undefined && { slack }) } });
    },
  };
  return browser;
}

type Step = Landing & { readonly location: string | undefined };

async function callOurs(site: Site, url: string, more: Visit, jar: Map<string, string>): Promise<Step> {
  const { pathname, searchParams } = new URL(url);
  const path = pathname.slice(new URL(site.publicUrl).pathname.replace(/\/$/, '').length);
  const [first, second, page = '', token = ''] = path.split('/').filter((part) => part !== '');
  const isAuth = first === 'auth';
  const resource = isAuth ? '/auth/{page}' : '/extensions/slack/{page}/{token}';
  const pathParameters: Record<string, string> = isAuth ? { page: second ?? '' } : { page, token };
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const event = httpEvent({
    method: more.method ?? (more.form === undefined ? 'GET' : 'POST'),
    resource,
    pathParameters,
    headers: {
      ...(cookie !== '' && { Cookie: cookie }),
      ...(more.form && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      ...more.headers,
    },
    ...(more.form && { body: new URLSearchParams(more.form).toString() }),
    ...(searchParams.size > 0 && { query: Object.fromEntries(searchParams) }),
  });
  const answer = await site.functions[resource]({ ...event, path: `${event.path}/` }, lambdaContext());
  keep(jar, (answer.multiValueHeaders?.['Set-Cookie'] ?? []).map(String));
  return { ...landingOf(answer, url), location: answer.headers?.['Location']?.toString() };
}

function landingOf({ statusCode, body, headers = {}, multiValueHeaders = {} }: APIGatewayProxyResult, url: string) {
  return { status: statusCode, url, html: body, headers: { ...headers, ...multiValueHeaders } };
}

async function callTheirs(url: string, { form }: Visit, jar: Map<string, string>): Promise<Step> {
  // The provider has a cookie of one name for each sign-in, kept apart by their paths.
  const sent = [...jar].flatMap(([key, value]) => {
    const [name, path = '/'] = key.split(' ');
    return new URL(url).pathname.startsWith(path) ? [`${name}=${value}`] : [];
  });
  const body = form && { method: 'POST', body: new URLSearchParams(form) };
  const response = await fetch(url, { redirect: 'manual', headers: { cookie: sent.join('; ') }, ...body });
  keep(jar, response.headers.getSetCookie(), (name, path) => `${name} ${path}`);
  const html = await response.text();
  return { status: response.status, url, html, headers: {}, location: response.headers.get('location') ?? undefined };
}

function keep(
  jar: Map<string, string>,
  lines: readonly string[],
  keyOf: (name: string, path: string) => string = (name) => name,
): void {
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const key = keyOf(name, /;\s*path=([^;]*)/i.exec(line)?.[1] ?? '/');
    if (/;\s*Max-Age=0/i.test(line) || value === '') jar.delete(key);
    else jar.set(key, value);
  }
}
