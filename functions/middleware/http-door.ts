import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type * as z from 'zod';
import {
  type FieldErrors,
  InvalidFieldsError,
  type RefusalError,
  UnavailableError,
} from '../../lib/platform/errors.ts';
import { mergeFieldErrors, parseInput } from '../../lib/platform/field-errors.ts';
import { answerErrors } from './answer-errors.ts';
import { type HttpAnswer, toGatewayResult } from './http-answer.ts';
import type { BodyReader } from './http-body.ts';
import { type HttpRequest, readHttpRequest } from './http-request.ts';
import { observeOutcome, requestFields } from './observe-outcome.ts';
import type { AppSource, BaseApp } from './start-app.ts';

/** What is the same for every HTTP door, whatever it parses. */
export interface DoorNature<A extends BaseApp> {
  /** The function's name; the counters of its outcomes begin with it. */
  readonly name: string;
  /** Shapes errors for callers that need another form than ours; what was not foreseen comes as `undefined`. */
  readonly refuse?: (app: A, refusal: RefusalError | undefined, event: APIGatewayProxyEvent) => HttpAnswer;
  /** Turns errors into pages, also when the app could not start; `refuse` is not asked then. */
  readonly refusePage?: (app: A | undefined, refusal: RefusalError | undefined, requestId: string) => HttpAnswer;
  /** Names of counters where the standard `<name>.success` and `<name>.failure.<code>` do not fit. */
  readonly counters?: { readonly success: string; readonly failure: (code: string) => string };
}

/** Everything that tells one HTTP door from another. */
export interface HttpDoor<
  A extends BaseApp,
  Caller,
  Path extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
> extends DoorNature<A> {
  /** 1 MiB unless told; compressed bodies are measured unpacked. */
  readonly maxBodyBytes?: number;
  /** Says who is calling, before anything of the request is parsed. @throws UnauthenticatedError, ForbiddenError */
  readonly authenticate: (app: A, request: HttpRequest) => Promise<Caller>;
  readonly path: Path;
  readonly query: Query;
  readonly body: { readonly read: BodyReader; readonly schema: Body };
  readonly alsoWrong?: AlsoWrong<A, Caller, Path>;
  readonly handle: (app: A, input: DoorInput<Caller, Path, Query, Body>) => Promise<HttpAnswer>;
}

/**
 * Says what is wrong with the rest of a body of which some fields are, for bodies whose schema does not see everything, so
 * that all of it is said at once.
 */
export type AlsoWrong<A, Caller, Path extends z.ZodType> = (
  app: A,
  input: { readonly caller: Caller; readonly path: z.infer<Path>; readonly sent: unknown },
) => Promise<FieldErrors>;

/** The parsed request, as a door's handler sees it. */
export interface DoorInput<Caller, Path extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  readonly caller: Caller;
  readonly path: z.infer<Path>;
  readonly query: z.infer<Query>;
  readonly body: z.infer<Body>;
  readonly request: HttpRequest;
}

/** A door as Lambda calls it. */
export type HttpHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

const defaultMaxBodyBytes = 1024 * 1024;
/** Enough to answer before Lambda ends the process without an answer. */
const answerBeforeTimeoutMs = 500;

/** What a function does with an event; `tellCaller` is to be called as soon as it knows who is calling. */
export type Respond<A> = (
  app: A,
  event: APIGatewayProxyEvent,
  tellCaller: (caller: unknown) => void,
) => Promise<HttpAnswer>;

/**
 * Makes an HTTP function. The order is written here and nowhere else:
 *
 *   observe the outcome ( answer errors ( build the app → respond ) )
 *
 * Middleware runs from the last to the first on the way back, so that what is observed is what is answered.
 */
export function httpFunction<A extends BaseApp>(
  nature: DoorNature<A>,
  appOf: AppSource<A>,
  respond: Respond<A>,
): HttpHandler {
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>({
    timeoutEarlyInMillis: answerBeforeTimeoutMs,
    timeoutEarlyResponse: () => {
      throw new UnavailableError('This took too long and was given up. Please try again.', 1);
    },
  })
    .use(observeOutcome(nature, appOf))
    .use(answerErrors(nature, appOf))
    .handler(async (event) => {
      const app = await appOf();
      const answer = await respond(app, event, (caller) => app.log.about(requestFields(event, caller)));
      return toGatewayResult(answer, event.requestContext.requestId);
    });
}

/** Makes an HTTP function of one door: read the bytes → authenticate → parse → handle. */
export function httpDoor<A extends BaseApp, Caller, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  door: HttpDoor<A, Caller, P, Q, B>,
  appOf: AppSource<A>,
): HttpHandler {
  return httpFunction(door, appOf, (app, event, tellCaller) => walkThrough(door, app, event, tellCaller));
}

/** One request's way through a door. */
export async function walkThrough<
  A extends BaseApp,
  Caller,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
>(
  door: Omit<HttpDoor<A, Caller, P, Q, B>, keyof DoorNature<A>>,
  app: A,
  event: APIGatewayProxyEvent,
  tellCaller: (caller: unknown) => void,
): Promise<HttpAnswer> {
  const request = readHttpRequest(event, door.maxBodyBytes ?? defaultMaxBodyBytes);
  const caller = await door.authenticate(app, request);
  tellCaller(caller);
  const path = parseInput(door.path, request.pathParameters);
  const query = parseInput(door.query, request.query);
  const sent = door.body.read(request);
  const { alsoWrong } = door;
  const rest = alsoWrong && (() => alsoWrong(app, { caller, path, sent }));
  return door.handle(app, { caller, path, query, body: await parseBody(door.body.schema, sent, rest), request });
}

async function parseBody<S extends z.ZodType>(
  schema: S,
  sent: unknown,
  alsoWrong: (() => Promise<FieldErrors>) | undefined,
): Promise<z.infer<S>> {
  try {
    return parseInput(schema, sent);
  } catch (error) {
    if (alsoWrong === undefined || !(error instanceof InvalidFieldsError)) throw error;
    throw new InvalidFieldsError(mergeFieldErrors(error.fields, await alsoWrong()), { cause: error });
  }
}
