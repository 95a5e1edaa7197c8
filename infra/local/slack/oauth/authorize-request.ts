import { Refusal } from '../refusal.ts';
import type { SlackState } from '../state.ts';
import { botScopes } from './scopes.ts';

/** What an app asks for with the address that it sends people to. */
export type AuthorizeRequest = Readonly<Record<'client_id' | 'scope' | 'redirect_uri' | 'state', string>>;

/** Reads and checks it. Throws what Slack's page would show: `invalid_client_id`, `bad_redirect_uri`, `no_scopes`, `invalid_scope`. */
export function readAuthorizeRequest(state: SlackState, query: URLSearchParams): AuthorizeRequest {
  const read = (name: string) => query.get(name) ?? '';
  const request = {
    client_id: read('client_id'),
    scope: read('scope').replaceAll(' ', ','),
    redirect_uri: read('redirect_uri'),
    state: read('state'),
  };
  if (state.credentials === undefined || request.client_id !== state.credentials.clientId) {
    throw new Refusal('invalid_client_id', ['No app has this client_id.']);
  }
  if (!isOurs(request.redirect_uri, state.appUrl())) {
    throw new Refusal('bad_redirect_uri', [
      `redirect_uri has to begin with ${state.appUrl()}, as in the app's settings.`,
    ]);
  }
  const scopes = request.scope.split(',').filter((scope) => scope !== '');
  if (scopes.length === 0) throw new Refusal('no_scopes', ['The app asks for no scopes at all.']);
  const unknown = scopes.filter((scope) => !(scope in botScopes));
  if (unknown.length > 0) throw new Refusal('invalid_scope', [`No bot can have these scopes: ${unknown.join(', ')}`]);
  return { ...request, scope: scopes.join(',') };
}

function isOurs(address: string, appUrl: string): boolean {
  return URL.canParse(address) && URL.canParse(appUrl) && new URL(address).origin === new URL(appUrl).origin;
}
