import { expect, it } from 'vitest';
import { signInHints } from './oidc-hints.ts';

it.each([
  ['https://slack.com', { slackTeamId: 'T0ACME001' }, { team: 'T0ACME001' }],
  ['https://slack.com', { slackTeamId: 'T0ACME001', askAgain: true }, { team: 'T0ACME001', prompt: 'login' }],
  ['https://slack.com', {}, {}],
  ['https://login.example', { slackTeamId: 'T0ACME001' }, {}],
])('%s is told of %j: %j', (issuer, wishes, hints) => {
  expect(signInHints(issuer, wishes)).toEqual(hints);
});
