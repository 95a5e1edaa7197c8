import type { APIGatewayProxyResult } from 'aws-lambda';
import { type PageApp, type PageDoor, pageDoor } from '../../functions/middleware/page-door.ts';
import { csrfField, csrfToken, type SessionApp, sessionCookie } from '../../functions/middleware/session.ts';
import type { FunctionName } from '../../infra/functions.ts';
import { epochSeconds } from '../../lib/platform/clock.ts';
import { asFunction } from './granted-actions.ts';
import { storedEvent } from './http-event.ts';
import { lambdaContext } from './lambda-context.ts';

/** What somebody asks of a page that a stored event opens. */
export interface Visit {
  readonly as?: { readonly userId: string; readonly email: string } | undefined;
  /** Path variables, as they stand in the address. */
  readonly at?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly method?: string;
  /** What a form sends beside the proof that it is ours, which is left out when it is undefined here. */
  readonly form?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Opens the page of a stored event, as somebody who has signed in. */
export async function visitPage<A extends PageApp & SessionApp>(
  door: PageDoor<A>,
  app: A,
  name: string,
  visit: Visit,
): Promise<APIGatewayProxyResult> {
  const { as, at, query, method, form, headers = {} } = visit;
  const event = storedEvent(`${door.name}/${name}`);
  const pathParameters = { ...event.pathParameters, ...at };
  const path = `${event.resource.replace(/\{(\w+)\+?\}/g, (_, variable: string) => pathParameters[variable] ?? '')}/`;
  const session = as && { id: 'one', ...as, signedInAtSeconds: epochSeconds(app.clock) };
  const Cookie = session === undefined ? [] : sessionCookie(app, session).split(';', 1);
  const proof = session === undefined ? {} : { [csrfField]: csrfToken(app, session, path) };
  const fields = Object.entries({ ...proof, ...form }).filter((one): one is [string, string] => one[1] !== undefined);
  const sent = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, [value]]));
  const html = event.multiValueHeaders;
  const type = { 'Content-Type': ['application/x-www-form-urlencoded'] };
  return asFunction(door.name as FunctionName, () =>
    pageDoor<A>(door, async () => app)(
      {
        ...event,
        path,
        pathParameters,
        httpMethod: method ?? (form === undefined ? event.httpMethod : 'POST'),
        multiValueHeaders: { ...html, ...(form && type), ...(session && { Cookie }), ...sent },
        multiValueQueryStringParameters:
          query === undefined
            ? event.multiValueQueryStringParameters
            : Object.fromEntries(Object.entries(query).map(([key, value]) => [key, [value]])),
        body: form === undefined ? event.body : new URLSearchParams(fields).toString(),
      },
      lambdaContext(),
    ),
  );
}

/** What a page says, on one line. */
export function pageText({ body }: APIGatewayProxyResult): string {
  return body
    .replace(/<style>.*<\/style>/su, '')
    .replace(/<[^>]+>/gu, ' ')
    .replace(/\s+/gu, ' ');
}
