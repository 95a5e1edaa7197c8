import type { App } from '../platform/app.ts';
import { ForbiddenError } from '../platform/errors.ts';
import { answerFor, type CommandDecision, dependsOnMembership, type LinkCommand } from './answer-for.ts';
import { answerText } from './answer-text.ts';
import { messages } from './messages.ts';
import { readSituation } from './read-situation.ts';
import { refreshMemberships } from './refresh-memberships.ts';
import type { CommandPlace, Situation } from './situation.ts';
import { type LinkApp, slackLink } from './slack-link.ts';

/** What is said to the one who typed a linking command, and what it was decided from. */
export interface LinkCommandAnswer {
  readonly decision: CommandDecision;
  /** In Slack's mrkdwn. */
  readonly text: string;
}

/** A linking command with where it was typed and where Slack takes more to say about it. */
export interface TypedLinkCommand {
  readonly command: LinkCommand;
  readonly place: CommandPlace;
  readonly responseUrl?: string | undefined;
}

/**
 * Answers a command that links or unlinks, with one batched read; only a refusal for want of a role or a membership is
 * checked against what the organizations say now before it is spoken.
 * @throws ForbiddenError when the workspace is unknown or switched off
 */
export async function answerLinkCommand(
  app: Pick<App, 'table' | 'metrics'> & LinkApp & { readonly surroundings: { readonly command: string } },
  { command, place, responseUrl }: TypedLinkCommand,
): Promise<LinkCommandAnswer> {
  const situation = await requireSituation(app, place);
  const first = answerFor(command, situation);
  const decision = dependsOnMembership(first, situation) ? await decideAgain(app, command, situation, first) : first;
  const counter = counterOf(decision);
  if (counter !== undefined) app.metrics.count(counter);
  const text = answerText(decision, app.surroundings.command, (organization) =>
    linkFor(app, decision, { responseUrl, organization }),
  );
  return { decision, text };
}

async function decideAgain(
  app: Pick<App, 'table'>,
  command: LinkCommand,
  { place }: Situation,
  first: CommandDecision,
): Promise<CommandDecision> {
  const { teamId, slackUserId } = place;
  if (slackUserId === undefined || !(await refreshMemberships(app, { teamId, slackUserId }))) return first;
  return answerFor(command, await requireSituation(app, place));
}

async function requireSituation(app: Pick<App, 'table'>, place: CommandPlace): Promise<Situation> {
  const situation = await readSituation(app, place);
  if (situation === undefined) throw new ForbiddenError(messages.workspaceGone);
  return situation;
}

/** Slack's are about a hundred characters; what is far longer is none, and would make a link too long to be opened. */
const longestResponseUrl = 1_000;

/** @throws TypeError for a decision that offers nothing (a defect of ours) */
function linkFor(
  app: LinkApp,
  decision: CommandDecision,
  { responseUrl, organization = '' }: { responseUrl: string | undefined; organization: string | undefined },
): string {
  if (!('place' in decision)) throw new TypeError(`Nothing is offered by "${decision.outcome}".`);
  const { channelName, ...person } = decision.place;
  const answersTo = responseUrl !== undefined && responseUrl.length <= longestResponseUrl && { responseUrl };
  const place = { ...person, ...answersTo };
  switch (decision.outcome) {
    case 'offer-link-user':
      return slackLink(app, 'link-identity', place);
    case 'offer-unlink-user':
      return slackLink(app, 'unlink-identity', place);
    case 'offer-link-team':
      return slackLink(app, 'link-team', { ...place, channelName });
    case 'offer-unlink-team':
      return slackLink(app, 'unlink-team', { ...place, channelName, organization });
  }
}

const succeeded = 'integrations.slack.commands_endpoint.success';
const failed = 'integrations.slack.commands_endpoint.failure';

/** What is offered is a success; what is refused for a reason that somebody may want to look into, a failure. */
function counterOf(decision: CommandDecision): string | undefined {
  switch (decision.outcome) {
    case 'offer-link-user':
      return `${succeeded}.link_user`;
    case 'offer-unlink-user':
      return `${succeeded}.unlink_user`;
    case 'offer-link-team':
      return `${succeeded}.link_team`;
    case 'offer-unlink-team':
      return `${succeeded}.unlink_team`;
    case 'not-linked':
      return `${failed}.unlink_user.no_identity`;
    case 'incomplete':
      return `${failed}.${decision.command}.bad_request`;
    case 'insufficient-role':
      return `${failed}.${decision.command}.insufficient_role`;
    default:
      return undefined;
  }
}
