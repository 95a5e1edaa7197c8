import type { LinkableTeam, LinkedTeam } from '../../lib/slack/index.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import { choiceField, confirmPage, hiddenFields } from '../pages/link-pages.ts';
import { pageMessages } from '../pages/messages.ts';
import type { Visit } from './visit-link.ts';

const texts = pageMessages.linkPages;

/** A visit of somebody who links a team. */
export type TeamVisit = Visit<'link-team'>;

/** What comes of linking a team that another channel has. */
export type MoveNeeded = Extract<LinkedTeam, { readonly outcome: 'move-needed' }>;

/** Asks which of these teams shall be linked to the channel. */
export function askForTeam(teams: readonly LinkableTeam[], { link, workspace, form, signedIn }: TeamVisit): HttpAnswer {
  const { channelId, channelName } = link.parameters;
  const html = confirmPage({
    title: texts.linkTeamTitle(channelName),
    text: texts.linkTeam,
    facts: [{ name: texts.workspace, value: workspace.name }],
    fields: choiceField(
      'team',
      texts.chooseTeam,
      teams.map((one) => choiceOf(one, channelId)),
    ),
    button: texts.linkTeamButton,
    form,
    signedIn,
  });
  return { status: 200, html };
}

function choiceOf({ team, channel }: LinkableTeam, here: string) {
  const organization = texts.inOrganization(team.organization);
  const elsewhere = channel !== undefined && channel.channelId !== here;
  return {
    value: `${team.organization}/${team.slug}`,
    label: team.name,
    small: elsewhere ? `${organization}, ${texts.nowIn(channel.name)}` : organization,
  };
}

/** Asks whether the team shall really leave the channel that it is in. */
export function askForMove(
  { link, workspace, form, signedIn }: TeamVisit,
  chosen: string,
  { team, from }: MoveNeeded,
): HttpAnswer {
  const to = link.parameters.channelName;
  const html = confirmPage({
    title: texts.moveTitle(team.name, to),
    text: texts.move(team.name, from.name, to),
    facts: [
      { name: texts.team, value: team.name, small: texts.inOrganization(team.organization) },
      { name: texts.movesFrom, value: texts.channelElsewhere(from.name), small: workspace.name },
      { name: texts.movesTo, value: texts.channelHere(to), small: workspace.name },
    ],
    fields: hiddenFields({ team: chosen, from: from.channelId }),
    button: texts.moveButton,
    form,
    signedIn,
  });
  return { status: 200, html };
}
