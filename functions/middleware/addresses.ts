import type { HttpRequest } from './http-request.ts';

/** The address of a page of ours; `path` begins with a slash. */
export function addressOf({ publicUrl }: { readonly publicUrl: string }, path: string): string {
  return `${publicUrl}${path}`;
}

/** The sign-in that leads to `next`; `anotherAccount` has the provider ask who it is, `team` is the Slack workspace that is meant. */
export function signInAddress(
  home: { readonly publicUrl: string },
  next: string,
  { anotherAccount = false, team }: { readonly anotherAccount?: boolean; readonly team?: string | undefined } = {},
): string {
  const query = new URLSearchParams({
    next,
    ...(anotherAccount && { account: 'another' }),
    ...(team !== undefined && { team }),
  });
  return addressOf(home, `/auth/sign-in/?${query.toString()}`);
}

/** The address of a request below our own, with its query, so that the sign-in can lead back to it. */
export function pathOf(request: HttpRequest): string {
  const query = queryOf(request);
  return query === '' ? request.path : `${request.path}?${query}`;
}

/** The query of a request as a text, without the question mark. */
export function queryOf(request: HttpRequest): string {
  const all = Object.entries(request.query).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
  return new URLSearchParams(all).toString();
}
