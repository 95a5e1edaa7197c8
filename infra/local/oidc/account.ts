/** Somebody who can sign in with the provider. */
export interface OidcAccount {
  /** Chosen with it on the sign-in page; the provider's `sub`. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  /** Who the person is in which Slack workspace: any of them can be told at a sign-in, as Slack tells it. */
  readonly slack: readonly SlackIdentity[];
  /** What stands beside the name on the sign-in page. */
  readonly note: string;
}

/** A person of a Slack workspace. */
export interface SlackIdentity {
  readonly teamId: string;
  readonly teamName: string;
  readonly userId: string;
}

/** The claims of "Sign in with Slack" that say who somebody is there. */
export const slackClaims = { userId: 'https://slack.com/user_id', teamId: 'https://slack.com/team_id' } as const;

/** An account as it was chosen on the sign-in page: with a Slack identity or without. */
export interface Choice {
  readonly account: OidcAccount;
  readonly slack: SlackIdentity | undefined;
}

/** Names a choice by one text; `readChoice` reads it again. */
export function subjectOf({ account, slack }: Choice): string {
  return slack === undefined ? account.id : `${account.id} ${slack.teamId}`;
}

/** The choice that a subject names, undefined for one that nobody has. */
export function readChoice(accounts: readonly OidcAccount[], subject: string): Choice | undefined {
  const [id = '', teamId] = subject.split(' ');
  const account = accounts.find((one) => one.id === id);
  const slack = account?.slack.find((identity) => identity.teamId === teamId);
  if (account === undefined || (teamId !== undefined && slack === undefined)) return undefined;
  return { account, slack };
}

/** What the provider says about somebody who has signed in. */
export function claimsOf(choice: Choice) {
  const { account, slack } = choice;
  const [given_name, ...family] = account.name.split(' ');
  return {
    sub: subjectOf(choice),
    email: account.email,
    email_verified: account.emailVerified,
    name: account.name,
    given_name,
    family_name: family.join(' '),
    ...(slack !== undefined && { [slackClaims.userId]: slack.userId, [slackClaims.teamId]: slack.teamId }),
  };
}
