import type { CommandDecision } from './answer-for.ts';
import { messages } from './messages.ts';
import { outside } from './outside-text.ts';
import type { TeamHere } from './situation.ts';

/** Makes the link of the page that does what is offered; for a team, of the organization that it belongs to. */
export type MakeLink = (organization?: string) => string;

/** Longer names are cut; a message holds several of them. */
const longestName = 80;

/** So many teams are named at most: each link may have two thousand characters, and a message has a limit. */
const namedTeams = 4;

/** What a decision reads like, in Slack's mrkdwn. `command` is the slash command with its slash. */
export function answerText(decision: CommandDecision, command: string, linkTo: MakeLink): string {
  switch (decision.outcome) {
    case 'already-linked':
      return messages.alreadyLinked(shown(decision.email), command);
    case 'not-linked':
      return messages.nothingToUnlink(command);
    case 'incomplete':
      return messages.placeMissing(command);
    case 'direct-message':
      return messages.notInDirectMessages;
    case 'link-yourself-first':
      return messages.linkYourselfFirst(command);
    case 'channel-has-team':
      return messages.channelHasTeam(listed(decision.teams, teamName, ', '), command);
    case 'no-team-here':
      return messages.noTeamHere(command);
    case 'insufficient-role':
      return messages.insufficientRole;
    case 'offer-link-user':
      return messages.offerLinkUser(linkTo());
    case 'offer-unlink-user':
      return messages.offerUnlinkUser(linkTo(), shown(decision.email), command);
    case 'offer-link-team':
      return messages.offerLinkTeam(linkTo());
    case 'offer-unlink-team':
      return listed(
        decision.teams,
        (team) => messages.offerUnlinkTeam(linkTo(team.organization), teamName(team), command),
        '\n',
      );
  }
}

function listed(teams: readonly TeamHere[], show: (team: TeamHere) => string, separator: string): string {
  const further = teams.length - namedTeams;
  const shownTeams = teams.slice(0, namedTeams).map(show);
  return [...shownTeams, ...(further > 0 ? [messages.furtherTeams(further)] : [])].join(separator);
}

function teamName({ team, organization }: TeamHere): string {
  return messages.teamOf(shown(team), shown(organization));
}

function shown(text: string): string {
  return outside(text, longestName);
}
