import type { Command } from './parse-command.ts';
import { isDirectMessage, type Situation, shownChannelName, type TeamHere } from './situation.ts';
import { mayLinkTeams, mayUnlinkTeam } from './team-rights.ts';

/** A command that links or unlinks. */
export type LinkCommand = Extract<Command, { readonly name: 'link' | 'unlink' }>;

/** A person and a channel that Slack has named, without which there is nothing to make a link for. */
export interface NamedPlace {
  readonly teamId: string;
  readonly slackUserId: string;
  readonly channelId: string;
  readonly channelName: string;
}

/** A linking command by its name in counters. */
export type LinkCommandName = 'link_user' | 'unlink_user' | 'link_team' | 'unlink_team';

/** What a linking command comes to. Those that offer something need a link made for each thing that is offered. */
export type CommandDecision =
  | { readonly outcome: 'already-linked'; readonly email: string }
  | { readonly outcome: 'not-linked' }
  /** Slack did not say who typed, or where. */
  | { readonly outcome: 'incomplete'; readonly command: LinkCommandName }
  | { readonly outcome: 'direct-message' }
  | { readonly outcome: 'link-yourself-first' }
  | { readonly outcome: 'channel-has-team'; readonly teams: readonly TeamHere[] }
  | { readonly outcome: 'no-team-here' }
  | { readonly outcome: 'insufficient-role'; readonly command: LinkCommandName }
  | { readonly outcome: 'offer-link-user' | 'offer-link-team'; readonly place: NamedPlace }
  | { readonly outcome: 'offer-unlink-user'; readonly place: NamedPlace; readonly email: string }
  | { readonly outcome: 'offer-unlink-team'; readonly place: NamedPlace; readonly teams: readonly TeamHere[] };

/** Decides what a linking command comes to. The order of the conditions is part of what people rely on. */
export function answerFor(command: LinkCommand, situation: Situation): CommandDecision {
  if (command.subject === 'user') return command.name === 'link' ? linkUser(situation) : unlinkUser(situation);
  if (isDirectMessage(situation.place)) return { outcome: 'direct-message' };
  if (situation.identity === undefined) return { outcome: 'link-yourself-first' };
  return command.name === 'link' ? linkTeam(situation) : unlinkTeam(situation);
}

/** Whether another role or membership could have led to another answer: then it is worth a look whether the copies are old. */
export function dependsOnMembership(decision: CommandDecision, { teamsHere }: Situation): boolean {
  if (decision.outcome === 'insufficient-role') return true;
  return decision.outcome === 'no-team-here' && teamsHere.length > 0;
}

function linkUser({ identity, place }: Situation): CommandDecision {
  if (identity !== undefined) return { outcome: 'already-linked', email: identity.email };
  return ifNamed('link_user', place, (named) => ({ outcome: 'offer-link-user', place: named }));
}

function unlinkUser({ identity, place }: Situation): CommandDecision {
  if (identity === undefined) return { outcome: 'not-linked' };
  return ifNamed('unlink_user', place, (named) => ({
    outcome: 'offer-unlink-user',
    place: named,
    email: identity.email,
  }));
}

function linkTeam(situation: Situation): CommandDecision {
  const teams = teamsOfPerson(situation);
  if (teams.length > 0) return { outcome: 'channel-has-team', teams };
  if (!situation.memberships.some(mayLinkTeams)) return { outcome: 'insufficient-role', command: 'link_team' };
  return ifNamed('link_team', situation.place, (place) => ({ outcome: 'offer-link-team', place }));
}

function unlinkTeam(situation: Situation): CommandDecision {
  const teams = teamsOfPerson(situation);
  if (teams.length === 0) return { outcome: 'no-team-here' };
  const theirs = teams.filter(({ organization, team }) =>
    situation.memberships.some((one) => one.organization === organization && mayUnlinkTeam(one, team)),
  );
  if (theirs.length === 0) return { outcome: 'insufficient-role', command: 'unlink_team' };
  return ifNamed('unlink_team', situation.place, (place) => ({ outcome: 'offer-unlink-team', place, teams: theirs }));
}

/** The teams here of organizations that the person is in; of the others they need not know. */
function teamsOfPerson({ teamsHere, memberships }: Situation): TeamHere[] {
  const organizations = new Set(memberships.map(({ organization }) => organization));
  return teamsHere.filter(({ organization }) => organizations.has(organization));
}

function ifNamed(
  command: LinkCommandName,
  place: Situation['place'],
  offer: (named: NamedPlace) => CommandDecision,
): CommandDecision {
  const { teamId, slackUserId, channelId, channelName = '' } = place;
  if (slackUserId === undefined || channelId === undefined) return { outcome: 'incomplete', command };
  return offer({ teamId, slackUserId, channelId, channelName: shownChannelName(channelName) });
}
