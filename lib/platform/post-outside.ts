import { lookup as dnsLookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress, mayBePublicHost } from './public-address.ts';

/** Something to send to an address that somebody else has named. */
export interface OutsideRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For the whole of it, from looking up the name to the answer's head. */
  readonly timeoutMs: number;
}

/** What was answered; nobody reads more of it. */
export interface OutsideAnswer {
  readonly status: number;
  readonly retryAfterSeconds?: number | undefined;
}

/** Posts to an address of somebody else's. @throws AddressRefusedError, or whatever kept an answer from coming */
export type PostOutside = (request: OutsideRequest) => Promise<OutsideAnswer>;

/** Which addresses may be called. */
export interface Reachable {
  readonly mayCall: (url: URL) => boolean;
  /** Asked with the IP address at the very moment of connecting: a name may lead somewhere else than a second ago. */
  readonly mayConnect: (address: string) => boolean;
}

/** Thrown for an address that is not one of the public internet; nothing was sent. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError';

  constructor() {
    super('The address does not lead to the public internet over https.');
  }
}

/** Nothing but https, and never into a network of our own, where a caller could use us to look around. */
export const publicInternet: Reachable = {
  mayCall: (url) => url.protocol === 'https:' && mayBePublicHost(url),
  mayConnect: isPublicAddress,
};

/** Makes a caller of strangers' addresses. Redirects are not followed: they would lead around every check. */
export function postOutside(reachable: Reachable = publicInternet): PostOutside {
  return async ({ url: text, headers, body, timeoutMs }) => {
    const url = new URL(text);
    const host = url.hostname.replace(/^\[|\]$/gu, '');
    const isRefused = !reachable.mayCall(url) || (isIP(host) !== 0 && !reachable.mayConnect(host));
    if (isRefused) throw new AddressRefusedError();
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      signal: AbortSignal.timeout(timeoutMs),
      lookup: checkedLookup(reachable),
      agent: false,
    };
    const answer = await send(url, options, body);
    const retryAfter = Number(answer.headers['retry-after']);
    answer.destroy();
    return { status: answer.statusCode ?? 0, ...(retryAfter > 0 && { retryAfterSeconds: retryAfter }) };
  };
}

function send(url: URL, options: RequestOptions, body: string): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  request(url, options, resolve).once('error', reject).end(body);
  return promise;
}

/** Looks a name up and connects to nothing else than what was looked at: all of its addresses have to be allowed. */
function checkedLookup({ mayConnect }: Reachable): LookupFunction {
  return (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '');
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => mayConnect(address))) {
        return callback(new AddressRefusedError(), '');
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
