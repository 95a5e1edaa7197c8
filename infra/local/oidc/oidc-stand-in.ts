import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { InteractionResults, Provider } from 'oidc-provider';
import { type OidcAccount, readChoice, subjectOf } from './account.ts';
import { createProvider, type OidcProviderOptions, sessionCookie, signInPath } from './provider.ts';
import { renderProblem, renderSignIn } from './sign-in-page.ts';
import { signInStyle } from './sign-in-style.ts';

export type { OidcAccount } from './account.ts';

type Env = { Bindings: { incoming: IncomingMessage; outgoing: ServerResponse } };

/**
 * Who people sign in with on this machine: an OpenID Connect provider and its sign-in page. A program signs in as a
 * browser does: `POST /sign-in/<uid>` with `account` (an id or an e-mail address) and, for Slack's claims, `slack` (a workspace).
 */
export function createOidcStandIn(options: OidcProviderOptions): RequestListener {
  const provider = createProvider(options);
  const answer = provider.callback();
  const pages = getRequestListener(signInPages(provider, options.accounts).fetch);
  return (request, response) => {
    forgetSession(request);
    if (request.url?.startsWith(signInPath)) void pages(request, response);
    else void answer(request, response);
  };
}

/** Here one person plays many: whoever comes is asked again, and a sign-in before this one never stands in the way. */
function forgetSession({ headers }: IncomingMessage): void {
  const cookies = headers.cookie?.split(/; */) ?? [];
  headers.cookie = cookies.filter((cookie) => !cookie.startsWith(sessionCookie)).join('; ');
}

function signInPages(provider: Provider, accounts: readonly OidcAccount[]): Hono<Env> {
  const app = new Hono<Env>();
  app.use(policy);
  app.get('/sign-in/style.css', (c) => c.body(signInStyle, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/sign-in/:uid', async (c) => {
    const { uid } = await provider.interactionDetails(c.env.incoming, c.env.outgoing);
    return c.html(renderSignIn(uid, accounts));
  });
  app.post('/sign-in/:uid', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const subject = [chosenId(accounts, form.get('account')), form.get('slack') ?? ''].join(' ').trim();
    const choice = readChoice(accounts, subject);
    if (choice === undefined) return c.html(renderProblem('unknown_account', 'Nobody here has this name.'), 400);
    return c.redirect(await finish(c, { login: { accountId: subjectOf(choice) } }), 303);
  });
  app.post('/sign-in/:uid/cancel', async (c) =>
    c.redirect(await finish(c, { error: 'access_denied', error_description: 'The person went back.' }), 303),
  );
  // The only foreseen one: a sign-in that is over, or that another browser began.
  app.onError((error, c) => c.html(renderProblem(error.name, error.message), 400));

  const finish = (c: Context<Env>, result: InteractionResults): Promise<string> =>
    provider.interactionResult(c.env.incoming, c.env.outgoing, result);
  return app;
}

function chosenId(accounts: readonly OidcAccount[], name: string | null): string {
  return accounts.find(({ id, email }) => name === id || name === email)?.id ?? '';
}

// No form-action: a sign-in ends at the client's address, and browsers hold redirects of a form to that rule too.
const policy = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ['data:'],
    frameAncestors: ["'none'"],
  },
  strictTransportSecurity: false,
  referrerPolicy: 'no-referrer',
});
