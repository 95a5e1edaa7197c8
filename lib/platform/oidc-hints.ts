import { slackIssuer } from './oidc-person.ts';

/** How a sign-in is to begin. */
export interface SignInWishes {
  /** Has the provider ask who it is, although it may know. */
  readonly askAgain?: boolean;
  /** The Slack workspace that is meant; without it Slack proposes the one that a browser used last. */
  readonly slackTeamId?: string | undefined;
}

/**
 * What a provider is told of that besides what every sign-in says. The workspace is a word of Slack's alone, and only proposed:
 * who comes back is checked all the same. https://docs.slack.dev/authentication/sign-in-with-slack
 */
export function signInHints(issuer: string, { askAgain = false, slackTeamId }: SignInWishes): Record<string, string> {
  return {
    ...(askAgain && { prompt: 'login' }),
    ...(issuer === slackIssuer && slackTeamId !== undefined && { team: slackTeamId }),
  };
}
