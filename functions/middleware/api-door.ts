import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod';
import {
  authenticateToken,
  type Caller,
  noteTokenUse,
  requireScope,
  type TokenCache,
} from '../../lib/organizations/index.ts';
import type { App } from '../../lib/platform/app.ts';
import { NotFoundError } from '../../lib/platform/errors.ts';
import type { Endpoint } from './endpoint.ts';
import type { HttpAnswer } from './http-answer.ts';
import { jsonBody, noBody } from './http-body.ts';
import { type AlsoWrong, type DoorInput, type HttpHandler, httpFunction, walkThrough } from './http-door.ts';
import type { AppSource, BaseApp } from './start-app.ts';

/** What every function of the API needs to find out who is calling. */
export type ApiApp = BaseApp & Pick<App, 'table'> & { readonly tokens: TokenCache };

/** An endpoint together with what answers it. */
export interface ServedEndpoint<A extends ApiApp> {
  readonly endpoint: Endpoint;
  readonly answer: (app: A, event: APIGatewayProxyEvent, tellCaller: (caller: Caller) => void) => Promise<HttpAnswer>;
}

/** What else may be done with a request. */
export interface ServeOptions<A extends ApiApp, P extends z.ZodObject> {
  /**
   * Notes that the token was used, behind an answer that was not refused; for functions that may change items of the
   * table. Those that only read leave it out, and so does who notes it in another way.
   */
  readonly notesUse?: true;
  readonly alsoWrong?: AlsoWrong<A, Caller, P>;
}

/**
 * Puts a handler behind an endpoint. Whoever calls has a token of the organization that the address names, if it names
 * one, with one of the endpoint's scopes, before anything of the request is parsed.
 */
export function serve<A extends ApiApp, P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  endpoint: Endpoint<P, Q, B>,
  handle: (app: A, input: DoorInput<Caller, P, Q, B>) => Promise<HttpAnswer>,
  { notesUse, alsoWrong }: ServeOptions<A, P> = {},
): ServedEndpoint<A> {
  const door = {
    ...(endpoint.maxBodyBytes !== undefined && { maxBodyBytes: endpoint.maxBodyBytes }),
    async authenticate(app: A, request: { header(name: string): string | undefined; pathParameters: object }) {
      const caller = await authenticateToken(app, request.header('authorization'));
      const { org } = request.pathParameters as { readonly org?: string };
      requireScope(caller, org ?? caller.organization, endpoint.scopes);
      return caller;
    },
    path: endpoint.parameters,
    query: endpoint.query,
    body: { read: endpoint.body instanceof z.ZodUndefined ? noBody : jsonBody, schema: endpoint.body },
    ...(alsoWrong && { alsoWrong }),
    async handle(app: A, input: DoorInput<Caller, P, Q, B>) {
      const answer = await handle(app, input);
      if (notesUse === true) await noteTokenUse(app, input.caller);
      return answer;
    },
  };
  return {
    endpoint,
    answer: (app, event, tellCaller) => walkThrough(door, app, event, (caller) => tellCaller(caller as Caller)),
  };
}

/** Makes one function of the endpoints that it serves; `name` is the function's, and its counters begin with it. */
export function apiDoor<A extends ApiApp>(
  name: string,
  served: readonly ServedEndpoint<A>[],
  appOf: AppSource<A>,
): HttpHandler {
  const byRoute = new Map(served.map((one) => [`${one.endpoint.method} ${one.endpoint.path}`, one]));
  return httpFunction({ name }, appOf, async (app, event, tellCaller) => {
    const found = byRoute.get(`${event.httpMethod} ${event.resource}`);
    if (found === undefined) throw new NotFoundError('The requested resource does not exist.');
    return found.answer(app, event, tellCaller);
  });
}
