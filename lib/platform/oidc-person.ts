import * as z from 'zod';
import { OidcFailedError } from './oidc-errors.ts';

/** Who somebody is, as the provider says. */
export interface OidcPerson {
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name?: string;
  /** Who they are in Slack, where Slack is the provider. */
  readonly slack?: { readonly teamId: string; readonly slackUserId: string };
}

/** The issuer of "Sign in with Slack". */
export const slackIssuer = 'https://slack.com';

const claimsSchema = z.object({
  email: z.string().max(254),
  email_verified: z.boolean().optional(),
  name: z.string().optional(),
  'https://slack.com/team_id': z.string().optional(),
  'https://slack.com/user_id': z.string().optional(),
});

/**
 * Who the claims of an ID token speak of; that the token holds has been checked.
 * @throws OidcFailedError when something is missing, or Slack does not say who this is there
 */
export function personOf(given: unknown, issuer: string): OidcPerson {
  const claims = claimsSchema.safeParse(given).data;
  if (claims === undefined) throw new OidcFailedError('The provider told no e-mail address.');
  const { email, email_verified: emailVerified = false, name } = claims;
  const teamId = claims['https://slack.com/team_id'];
  const slackUserId = claims['https://slack.com/user_id'];
  const isSlackUser = teamId !== undefined && slackUserId !== undefined;
  if (issuer === slackIssuer && !isSlackUser) throw new OidcFailedError('Slack did not say who this is there.');
  return {
    email,
    emailVerified,
    ...(name !== undefined && { name }),
    ...(isSlackUser && { slack: { teamId, slackUserId } }),
  };
}
