/**
 * Every permission that the bot asks for, with what it is for. docs/slack-app-manifest.yaml says the same, which a test compares;
 * a permission that is added here takes effect in a workspace when the app is installed there again.
 */
export const botScopes = {
  commands: 'To receive the slash command.',
  'chat:write':
    'To write into channels that the app was invited to, and to people who wrote to it or linked themselves.',
  'channels:read': 'To know a public channel by its name, and to be told when it is renamed or archived.',
  'groups:read': 'The same for private channels that the app was invited to.',
  'channels:history':
    'To look, after a crash in the middle of posting, whether a message is in its channel already. Only where the app was invited.',
  'groups:history': 'The same in private channels that the app was invited to.',
  'im:history': 'To be told what people write to the app itself.',
  'im:write': 'To open the conversation in which the app answers somebody directly.',
  'links:read': 'To be told of links to postflow that people post.',
  'links:write': 'To show beside such a link what it leads to.',
  'files:write': 'To post the picture of a chart.',
} as const satisfies Readonly<Record<string, string>>;

/** What people are asked for when they sign in with Slack: who they are, and nothing else. */
export const signInScopes = ['openid', 'email', 'profile'] as const;

/** Which of the permissions that the bot needs are not among those that Slack granted, as Slack names them: `a,b,c`. */
export function missingScopes(granted: string): string[] {
  const has = new Set(granted.split(','));
  return Object.keys(botScopes).filter((scope) => !has.has(scope));
}
