import { epochSeconds } from '../../lib/platform/clock.ts';
import { maxAgeSeconds, slackSignature } from '../../lib/slack/verify-request.ts';
import { type Arriving, headersAt, type SlackHeaders, signedHeaders } from './send.ts';
import type { SlackDoorApp } from './world.ts';

type Make = (app: SlackDoorApp, body: Buffer) => Arriving;

const signature = 'X-Slack-Signature';
const timestamp = 'X-Slack-Request-Timestamp';

/** A well signed request with other headers, or without some. */
function withHeaders(change: (headers: SlackHeaders, body: Buffer) => Record<string, string | string[]>): Make {
  return (app, body) => ({ headers: change(signedHeaders(app, body), body), body });
}

/** Another signature in place of the right one. */
const withSignature = (change: (right: string) => string): Make =>
  withHeaders(({ [signature]: right, ...rest }) => ({ ...rest, [signature]: change(right) }));

/** A timestamp that somebody who knows the secret has signed: it must be refused for itself. */
const withTimestamp =
  (change: (nowSeconds: number) => string): Make =>
  (app, body) => ({
    headers: headersAt(app.signingSecret, change(epochSeconds(app.clock)), body),
    body,
  });

const hex = (text: string): string => text.slice('v0='.length);

/** Requests that Slack has not sent, or not now; each is refused with 401, and changes nothing. */
export const attacks: Readonly<Record<string, Make>> = {
  'a replay just after the window': withTimestamp((now) => String(now - maxAgeSeconds - 1)),
  'a request from just beyond the window to come': withTimestamp((now) => String(now + maxAgeSeconds + 1)),
  'a replay of last year': withTimestamp((now) => String(now - 365 * 86_400)),
  'milliseconds for seconds': withTimestamp((now) => String(now * 1_000)),
  'a timestamp in words': withTimestamp(() => 'abc'),
  'an empty timestamp': withTimestamp(() => ''),
  'a timestamp with a fraction': withTimestamp((now) => `${now}.0`),
  'a timestamp with an exponent': withTimestamp(() => '1e9'),
  'a hexadecimal timestamp': withTimestamp((now) => `0x${now.toString(16)}`),
  'a negative timestamp': withTimestamp((now) => `-${now}`),
  'a timestamp with a sign': withTimestamp((now) => `+${now}`),
  'a timestamp with a space': withTimestamp((now) => `${now} `),
  'a timestamp in other digits': withTimestamp((now) => String(now).replaceAll('1', '١')),
  'a huge timestamp': withTimestamp(() => '9'.repeat(400)),
  'an infinite timestamp': withTimestamp(() => 'Infinity'),
  'no timestamp': withHeaders(({ [timestamp]: _, ...rest }) => rest),
  'two timestamps': withHeaders((headers) => ({ ...headers, [timestamp]: [headers[timestamp], '1'] })),
  'the same timestamp twice': withHeaders((headers) => ({
    ...headers,
    [timestamp]: [headers[timestamp], headers[timestamp]],
  })),
  'another timestamp than the signed one': withHeaders((headers) => ({
    ...headers,
    [timestamp]: String(Number(headers[timestamp]) + 1),
  })),
  'no signature': withHeaders(({ [signature]: _, ...rest }) => rest),
  'two signatures, one of them right': withHeaders((headers) => ({
    ...headers,
    [signature]: [headers[signature], `v0=${'0'.repeat(64)}`],
  })),
  'the same signature twice': withHeaders((headers) => ({
    ...headers,
    [signature]: [headers[signature], headers[signature]],
  })),
  'neither header': withHeaders(() => ({})),
  'another secret': (app, body) => ({
    headers: headersAt('another secret', String(epochSeconds(app.clock)), body),
    body,
  }),
  'the empty secret': (app, body) => ({ headers: headersAt('', String(epochSeconds(app.clock)), body), body }),
  'version 1': withSignature((right) => right.replace('v0=', 'v1=')),
  'version 0 in capitals': withSignature((right) => right.replace('v0=', 'V0=')),
  'no version': withSignature(hex),
  'a signature in capitals': withSignature((right) => `v0=${hex(right).toUpperCase()}`),
  'a signature cut by a digit': withSignature((right) => right.slice(0, -1)),
  'a signature cut by a byte': withSignature((right) => right.slice(0, -2)),
  'a signature with a digit more': withSignature((right) => `${right}0`),
  'a signature padded with spaces': withSignature((right) => ` ${right} `),
  'two signatures in one header': withSignature((right) => `v0=${'0'.repeat(64)}, ${right}`),
  'a signature in base64': withSignature((right) => `v0=${Buffer.from(hex(right), 'hex').toString('base64')}`),
  'a signature of letters': withSignature((right) => `v0=${'é'.repeat(hex(right).length)}`),
  'a signature of half as many letters of two bytes': withSignature(
    (right) => `v0=${'é'.repeat(hex(right).length / 2)}`,
  ),
  'an empty signature': withSignature(() => ''),
  'a version alone': withSignature(() => 'v0='),
  'an enormous signature': withSignature(() => `v0=${'a'.repeat(100_000)}`),
  'the signature of the body without its timestamp': (app, body) => ({
    headers: { ...signedHeaders(app, body), [signature]: slackSignature(app.signingSecret, '', body) },
    body,
  }),
  'a body with a byte more': (app, body) => ({
    headers: signedHeaders(app, body),
    body: Buffer.concat([body, Buffer.from(' ')]),
  }),
  'a body with a byte less': (app, body) => ({ headers: signedHeaders(app, body), body: body.subarray(0, -1) }),
  'no body at all': (app, body) => ({ headers: signedHeaders(app, body), body: Buffer.alloc(0) }),
};
