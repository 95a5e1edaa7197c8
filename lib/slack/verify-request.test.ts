import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnauthenticatedError } from '../platform/errors.ts';
import { type SignedRequest, slackSignature, verifySlackRequest } from './verify-request.ts';

const secret = '8f742231b10e8888abcd99yyyzzz85a5';
const now = 1_531_420_618;
const timestamp = String(now);
const body = Buffer.from('token=xyzz&team_id=T1DC2JH3J&text=94070');

function verify(changes: Partial<Parameters<typeof verifySlackRequest>[0]> = {}, at = now, key = secret): () => void {
  const request = { timestamp, body, signature: slackSignature(secret, timestamp, body), ...changes };
  return () => verifySlackRequest(request, key, at);
}

describe("verifying Slack's signature", () => {
  it('is HMAC-SHA256 over version, timestamp and raw body', () => {
    const base = `v0:${timestamp}:${body.toString()}`;
    expect(slackSignature(secret, timestamp, body)).toBe(
      `v0=${createHmac('sha256', secret).update(base).digest('hex')}`,
    );
  });

  it.each([0, 1, -1, 299, -299, 300, -300])('accepts a request that is %i seconds away', (age) => {
    expect(verify({}, now + age)).not.toThrow();
  });

  it.each([301, -301, 86_400])('refuses a request that is %i seconds away', (age) => {
    expect(verify({}, now + age)).toThrow(UnauthenticatedError);
  });

  const refused: [string, Partial<SignedRequest>][] = [
    ['a changed byte', { body: Buffer.from('token=xyzz&team_id=T1DC2JH3J&text=94071') }],
    ['a missing signature', { signature: undefined }],
    ['a missing timestamp', { timestamp: undefined }],
    ['another version', { signature: slackSignature(secret, timestamp, body).replace('v0=', 'v1=') }],
    ['no version', { signature: slackSignature(secret, timestamp, body).slice(3) }],
    ['an upper-case signature', { signature: slackSignature(secret, timestamp, body).toUpperCase() }],
    ['a short signature', { signature: 'v0=' }],
    ['a signature of other bytes', { signature: `v0=${'é'.repeat(32)}` }],
    ["somebody else's signature", { signature: slackSignature('another secret', timestamp, body) }],
    ...[
      'abc',
      '',
      ' ',
      `${timestamp}.0`,
      '1e9',
      `+${timestamp}`,
      `-${timestamp}`,
      `${timestamp} `,
      'NaN',
      '9'.repeat(20),
    ].map((odd): [string, Partial<SignedRequest>] => [
      `the timestamp ${JSON.stringify(odd)}`,
      { timestamp: odd, signature: slackSignature(secret, odd, body) },
    ]),
  ];

  it.each(refused)('refuses %s', (_, changes) => {
    expect(verify(changes)).toThrow(UnauthenticatedError);
  });

  it('refuses everything while no secret is configured', () => {
    expect(verify({ signature: slackSignature('', timestamp, body) }, now, '')).toThrow(UnauthenticatedError);
  });

  it('accepts any bytes that were signed, and no others', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(bytes, fc.nat(), (sent, position) => {
        const signed = Buffer.from(sent);
        const signature = slackSignature(secret, timestamp, signed);
        expect(verify({ body: signed, signature })).not.toThrow();
        const changed = Buffer.from(signed);
        const index = position % changed.length;
        changed[index] = (changed[index] ?? 0) ^ 1;
        expect(verify({ body: changed, signature })).toThrow(UnauthenticatedError);
      }),
    );
  });
});
