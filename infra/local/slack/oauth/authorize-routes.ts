import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { Refusal } from '../refusal.ts';
import type { SlackState } from '../state.ts';
import { renderAuthorize, renderRefused } from './authorize-page.ts';
import { readAuthorizeRequest } from './authorize-request.ts';

/**
 * Where an app sends people who are to install it (`/oauth/v2/authorize`). A program answers as the page does: the same
 * parameters by POST, with `decision` (allow or cancel) and, if you like, `team` and `user`.
 */
export function authorizeRoutes(state: SlackState): Hono {
  const app = new Hono();
  app.use('/oauth/v2/authorize', policy);

  app.get('/oauth/v2/authorize', (c) => {
    const query = new URL(c.req.url).searchParams;
    const team = query.get('team');
    const offered = state.workspaces.filter(({ teamId }) => team === null || teamId === team);
    return c.html(renderAuthorize(readAuthorizeRequest(state, query), offered));
  });

  app.post('/oauth/v2/authorize', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const request = readAuthorizeRequest(state, form);
    const back = new URL(request.redirect_uri);
    if (form.get('decision') === 'allow')
      back.searchParams.set('code', state.installations.grant(chosen(form, request)));
    else back.searchParams.set('error', 'access_denied');
    if (request.state !== '') back.searchParams.set('state', request.state);
    return c.redirect(back.href, 303);
  });

  app.onError((error, c) => {
    if (!(error instanceof Refusal)) throw error;
    return c.html(renderRefused(error.code, error.problems.join(' ')), 400);
  });

  function chosen(form: URLSearchParams, { scope, redirect_uri }: { scope: string; redirect_uri: string }) {
    const team = form.get('team');
    const workspace = state.workspaces.find(({ teamId }) => team === null || teamId === team);
    const user = workspace?.user(form.get('user') ?? '') ?? workspace?.given.users[0];
    if (workspace === undefined || user === undefined)
      throw new Refusal('team_not_found', ['There is no such workspace.']);
    return { workspace, user: user.id, scope, redirectUri: redirect_uri };
  }

  return app;
}

// No form-action: the decision ends at the app's address, and browsers hold redirects of a form to that rule too.
const policy = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  strictTransportSecurity: false,
  referrerPolicy: 'no-referrer',
});
