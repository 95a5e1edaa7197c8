import { parseCookie, stringifySetCookie } from 'cookie';
import type { HttpRequest } from './http-request.ts';

/** The address under which browsers know us; it decides how strict a cookie can be. */
export interface CookieHome {
  readonly publicUrl: string;
}

/** A cookie that we set: nothing but our own server reads it. */
export interface OwnCookie {
  readonly name: string;
  readonly value: string;
  readonly maxAgeSeconds: number;
}

/** The value of a cookie of ours in a request. */
export function readCookie(home: CookieHome, request: HttpRequest, name: string): string | undefined {
  return cookiesOf(request)[fullName(home, name)];
}

/** The cookies of ours in a request whose names begin so, by what comes behind that. */
export function readCookies(home: CookieHome, request: HttpRequest, prefix: string): ReadonlyMap<string, string> {
  const full = fullName(home, prefix);
  return new Map(
    Object.entries(cookiesOf(request)).flatMap(([name, value]) =>
      name.startsWith(full) && value !== undefined ? [[name.slice(full.length), value] as const] : [],
    ),
  );
}

/** The `Set-Cookie` header of a cookie; one of age 0 is forgotten. */
export function setCookie(home: CookieHome, { name, value, maxAgeSeconds }: OwnCookie): string {
  return stringifySetCookie({
    name: fullName(home, name),
    value,
    maxAge: maxAgeSeconds,
    httpOnly: true,
    // Browsers take such a cookie from their own machine without encryption as well.
    secure: true,
    sameSite: 'lax',
    path: '/',
  });
}

/** Whether browsers reach us encrypted: everywhere but on a developer's own machine. */
export function isHttps({ publicUrl }: CookieHome): boolean {
  return publicUrl.startsWith('https://');
}

function cookiesOf(request: HttpRequest): Readonly<Record<string, string | undefined>> {
  return parseCookie(request.header('cookie') ?? '');
}

/** Browsers let nobody but this very host set a cookie whose name begins so, no neighbour on a domain above it either. */
function fullName(home: CookieHome, name: string): string {
  return isHttps(home) ? `__Host-${name}` : name;
}
