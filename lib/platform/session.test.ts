import { describe, expect, it } from 'vitest';
import { type Session, sessionLifetimeSeconds, signSession, verifySession } from './session.ts';
import { signText } from './signed-text.ts';

const key = 'a signing key for tests';
const session: Session = {
  id: 'one',
  userId: 'u1',
  email: 'ada@acme.example',
  name: 'Ada 🦀',
  slack: { teamId: 'T0ACME001', slackUserId: 'U0ADA00001' },
  signedInAtSeconds: 1_000_000,
};
const issuer = 'https://slack.example';
const seal = { key, issuer };
const at = (seconds: number) => ({ ...seal, nowSeconds: session.signedInAtSeconds + seconds });

describe('a session', () => {
  it.each([0, sessionLifetimeSeconds])('holds %i seconds after the sign-in', (seconds) => {
    expect(verifySession(signSession(session, seal), at(seconds))).toEqual(session);
  });

  it('ends after a week', () => {
    expect(verifySession(signSession(session, seal), at(sessionLifetimeSeconds + 1))).toBeUndefined();
  });

  it('is refused with any one character changed', () => {
    const text = signSession(session, seal);
    for (let index = 0; index < text.length; index += 1) {
      const changed = text.slice(0, index) + (text[index] === 'A' ? 'B' : 'A') + text.slice(index + 1);
      // The last character of base64 carries bits that count for nothing; the code is compared as text all the same.
      expect(verifySession(changed, at(0)), `character ${index}`).toBeUndefined();
    }
  });

  it.each([
    ['nothing', ''],
    ['a dot', '.'],
    ['another key', signSession(session, { ...seal, key: 'another key for tests' })],
    [
      'what was signed for another purpose',
      signText(JSON.stringify({ ...session, issuer }), { key, purpose: 'signed link' }),
    ],
    ['of another provider', signSession(session, { key, issuer: 'https://elsewhere.example' })],
    ['of a provider that is not named', signText(JSON.stringify(session), { key, purpose: 'session' })],
    ['something that is no session', signText('{}', { key, purpose: 'session' })],
    ['a text that never ends', `${'A'.repeat(10_000)}.${'A'.repeat(43)}`],
  ])('is not %s', (_, text) => {
    expect(verifySession(text, at(0))).toBeUndefined();
  });

  it('needs a key', () => {
    expect(() => signSession(session, { ...seal, key: '' })).toThrow('linkSigningKey');
  });
});
