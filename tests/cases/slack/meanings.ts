import { AssertionError } from 'node:assert/strict';
import { messages } from '../../../lib/slack/messages.ts';

/** Stands in our messages for whatever is put there. */
const any = '\0';

/** What they say, and which sentence of ours says the same: our words are our own. */
const meanings: readonly (readonly [theirs: RegExp, ours: readonly string[]])[] = [
  [/^Unknown command/, [messages.unknownCommand(any)]],
  [/^Here are the commands you can use/, [messages.helpHeader(any)]],
  [/^\*Direct Message Commands/, [messages.anywhere]],
  [/^\*Channel Commands/, [messages.inChannels]],
  [/^\*Help Commands/, [messages.forHelp]],
  [/^\*Contact/, [messages.contactHeader]],
  [/^Need support|support resources/i, [messages.support(any), messages.contact(any)]],
  [/documentation|check out our docs|want to learn more/i, [messages.docs(any)]],
  [
    /disconnected|re-?install|not (?:currently )?installed|no longer installed|isn't (?:currently )?(?:installed|linked)/i,
    [messages.disconnected(any)],
  ],
  [/already (?:been )?linked as|are already linked/i, [messages.alreadyLinked(any, any)]],
  [/Link your Slack identity/i, [messages.offerLinkUser(any)]],
  [/unlink your identity/i, [messages.offerUnlinkUser(any, any, any)]],
  [/linked identity to unlink/i, [messages.nothingToUnlink(any)]],
  [/in a channel, not a DM/i, [messages.notInDirectMessages]],
  [/must first link your identity/i, [messages.linkYourselfFirst(any)]],
  [/channel already has a team/i, [messages.channelHasTeam(any, any)]],
  [/^You must be a Sentry organization admin/i, [messages.insufficientRole, messages.teamNotYoursToUnlink(any)]],
  [/Link your Sentry team to this Slack channel/i, [messages.offerLinkTeam(any)]],
  [/No team is linked to this channel/i, [messages.noTeamHere(any)]],
  [/identity has been linked/i, [messages.linked(any, any, true), messages.linked(any, any, false)]],
  [/identity has been unlinked/i, [messages.unlinked(any, any)]],
  [/team will now receive/i, [messages.teamLinked(any, any, any)]],
  [/will no longer receive/i, [messages.teamUnlinked(any, any, any)]],
  [/unlink your team from this channel/i, [messages.offerUnlinkTeam(any, any, any)]],
];

/** Whether a text of ours says what theirs says, and names whom theirs names. */
export function says(ours: string, theirs: string): boolean {
  const known = meanings.filter(([text]) => text.test(theirs)).flatMap(([, sentences]) => sentences);
  const isSaid = known.length === 0 ? ours.trim() !== '' : known.some((sentence) => like(sentence).test(ours));
  return isSaid && namedIn(theirs).every((name) => ours.includes(name));
}

/** @throws AssertionError unless one of our texts says what theirs says */
export function oneSays(ours: readonly string[], theirs: string): void {
  if (!ours.some((text) => says(text, theirs))) {
    throw new AssertionError({ actual: ours, expected: theirs, message: 'not said' });
  }
}

/** What a text names that is not its own words: what somebody typed, a team, an address, `{email}` in a template. */
function namedIn(theirs: string): string[] {
  const typed = [.../`([^`{]+)`/g[Symbol.matchAll](theirs)].map(([, text = '']) => text);
  const addresses = theirs.match(/[\w.+-]+@[\w.-]+\w/g) ?? [];
  const team = / the (\S+) team\b/i.exec(` ${theirs}`)?.[1] ?? [];
  return [
    ...[team].flat(),
    ...typed,
    ...addresses, // A template does not say which.
    ...(theirs.includes('{email}') ? ['@example.com'] : []),
  ];
}

function like(sentence: string): RegExp {
  const parts = sentence.split(any).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]+?')}$`);
}
