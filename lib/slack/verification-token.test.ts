import { describe, expect, it } from 'vitest';
import { UnauthenticatedError } from '../platform/errors.ts';
import { verifySlackToken } from './verification-token.ts';

const token = 'Jhj5dZrVaK7ZwHHjRyZWjbDl';

describe('the verification token', () => {
  it.each([
    ['a form', `team_id=T1&token=${token}`],
    ['a form that encodes it', `token=%4A${token.slice(1)}&team_id=T1`],
    ['JSON', JSON.stringify({ team_id: 'T1', token })],
    ['JSON in a form', `payload=${encodeURIComponent(JSON.stringify({ token }))}`],
  ])('is found in %s', (_, body) => {
    expect(() => verifySlackToken(Buffer.from(body), token)).not.toThrow();
  });

  it.each([
    ['another token', 'token=another'],
    ['a part of it', `token=${token.slice(0, -1)}`],
    ['more than it', `token=${token}0`],
    ['another case', `token=${token.toLowerCase()}`],
    ['no token', 'team_id=T1'],
    ['an empty token', 'token=&team_id=T1'],
    ['a token of another kind', JSON.stringify({ token: [token] })],
    ['a second token', `token=another&token=${token}`],
    ['a form without =', token],
    ['broken JSON', `{"token":"${token}"`],
    ['broken JSON in a form', 'payload=%7B'],
    ['null in a form', 'payload=null'],
    ['nothing', ''],
  ])('is missed in a body with %s', (_, body) => {
    expect(() => verifySlackToken(Buffer.from(body), token)).toThrow(UnauthenticatedError);
  });

  it.each(['token=', '', '{"token":""}'])('that is not configured fits nothing, not even %j', (body) => {
    expect(() => verifySlackToken(Buffer.from(body), '')).toThrow(UnauthenticatedError);
  });
});
