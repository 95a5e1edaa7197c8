import { describe, expect, it } from 'vitest';
import { OidcFailedError } from './oidc-errors.ts';
import { personOf } from './oidc-person.ts';

const slack = 'https://slack.com';
const claims = { sub: 'U1', email: 'ada@acme.example', email_verified: true, name: 'Ada' };
const inSlack = { 'https://slack.com/team_id': 'T1', 'https://slack.com/user_id': 'U1' };

describe('who has signed in', () => {
  it('is told by the claims', () => {
    const person = { email: 'ada@acme.example', emailVerified: true, name: 'Ada' };
    expect(personOf(claims, 'https://login.example')).toEqual(person);
    expect(personOf({ ...claims, ...inSlack }, slack)).toEqual({
      ...person,
      slack: { teamId: 'T1', slackUserId: 'U1' },
    });
  });

  it('has no verified address unless the provider says so', () => {
    expect(personOf({ email: 'ada@acme.example' }, 'https://login.example').emailVerified).toBe(false);
  });

  it.each([
    ['Slack, without who it is there', claims, slack],
    ['Slack, without the workspace', { ...claims, 'https://slack.com/user_id': 'U1' }, slack],
    ['a provider that tells no address', { sub: 'U1' }, 'https://login.example'],
    ['a provider that says "verified" as a text', { ...claims, email_verified: 'true' }, 'https://login.example'],
    ['no claims', undefined, 'https://login.example'],
  ])('is not known from %s', (_, given, issuer) => {
    expect(() => personOf(given, issuer)).toThrow(OidcFailedError);
  });
});
