import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ConfigurationError } from './config.ts';
import { randomText } from './random-text.ts';
import { linkLifetimeSeconds, signLink, verifyLink } from './signed-link.ts';

const key = 'a signing key of this installation';
const now = 1_800_000_000;
const parameters = { teamId: 'T0ACME001', channelName: 'büro & <co>' };
const expected = { purpose: 'link-team', schema: z.object({ teamId: z.string(), channelName: z.string() }) };
const sign = (purpose = 'link-team', at = now): string =>
  signLink({ purpose, parameters }, { key, nowSeconds: at, randomText });
const refusalOf = (token: string, nowSeconds = now, withKey = key) => {
  const verdict = verifyLink(token, expected, { key: withKey, nowSeconds });
  return 'refusal' in verdict ? verdict.refusal : 'none';
};

describe('a signed link', () => {
  it('gives back what it carries, under an id that no other link has', () => {
    const verdict = verifyLink(sign(), expected, { key, nowSeconds: now });
    expect(verdict).toEqual({
      link: { id: expect.stringMatching(/^[A-Za-z0-9]{22}$/), parameters, expiresAtSeconds: now + 1_800 },
    });
    expect(verifyLink(sign(), expected, { key, nowSeconds: now })).not.toEqual(verdict);
  });

  it('needs no escaping in a path', () => {
    expect(sign()).toMatch(/^[\w.-]+$/);
  });

  it.each([
    ['at once', 0, 'none'],
    ['in its last second', linkLifetimeSeconds, 'none'],
    ['a second later', linkLifetimeSeconds + 1, 'expired'],
    ['on a machine whose clock is a minute behind', -60, 'none'],
    ['long before it was issued', -61, 'forged'],
  ])('opened %s gives %s', (_, seconds, refusal) => {
    expect(refusalOf(sign(), now + seconds)).toBe(refusal);
  });

  it('does not open for another purpose', () => {
    expect(refusalOf(sign('unlink-team'))).toBe('other-purpose');
  });

  it('has expired when it carries what an earlier version wanted', () => {
    const token = signLink({ purpose: 'link-team', parameters: { team: 1 } }, { key, nowSeconds: now, randomText });
    expect(refusalOf(token)).toBe('expired');
  });

  it('is forged when a single character of it differs', () => {
    const token = sign();
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(refusalOf(`${token.slice(0, at)}${other}${token.slice(at + 1)}`)).toBe('forged');
    }
  });

  it.each([
    ['nothing', ''],
    ['a dot', '.'],
    ['no signature', sign().split('.')[0] ?? ''],
    ['a part too many', `${sign()}.x`],
    ['padding', `${sign()}=`],
    ['a very long text', 'A'.repeat(1_000_000)],
    ['lone surrogates and NUL', '\uD800\u0000.\uDC00'],
  ])('is forged when it is %s', (_, token) => {
    expect(refusalOf(token)).toBe('forged');
  });

  it('is forged when another key signed it, or the same key without our purpose for it', () => {
    expect(refusalOf(sign(), now, 'a signing key of another one')).toBe('forged');
    const text = sign().split('.')[0] ?? '';
    expect(refusalOf(`${text}.${createHmac('sha256', key).update(text).digest('base64url')}`)).toBe('forged');
  });

  it('is neither made nor read without a key', () => {
    expect(() => signLink({ purpose: 'x', parameters }, { key: '', nowSeconds: now, randomText })).toThrow(
      ConfigurationError,
    );
    expect(() => refusalOf(sign(), now, 'short')).toThrow(ConfigurationError);
  });
});
