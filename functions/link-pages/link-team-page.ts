import { BadRequestError } from '../../lib/platform/errors.ts';
import { teamSettingsWrites } from '../../lib/projects/index.ts';
import { type LinkedTeam, linkTeam, listLinkableTeams } from '../../lib/slack/index.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import { pageMessages } from '../pages/messages.ts';
import { PageRefusal } from '../pages/page-refusal.ts';
import type { SlackLinkApp } from '../slack-link.ts';
import { deedPage } from './deed-page.ts';
import { sendNews } from './send-news.ts';
import { askForMove, askForTeam, type MoveNeeded, type TeamVisit } from './team-questions.ts';
import { linkPage } from './visit-link.ts';

const texts = pageMessages.linkPages;

/** `/extensions/slack/link-team/{token}/`: has the alerts of a team come to the channel in which the command was typed. */
export const linkTeamPage = linkPage('link-team', async (app, visit) =>
  visit.sent === undefined ? choose(app, visit) : act(app, visit, visit.sent),
);

async function choose(app: SlackLinkApp, visit: TeamVisit): Promise<HttpAnswer> {
  const teams = await listLinkableTeams(app, visit.visitor);
  if (teams.length === 0) throw noRole();
  return askForTeam(teams, visit);
}

async function act(app: SlackLinkApp, visit: TeamVisit, sent: URLSearchParams): Promise<HttpAnswer> {
  const { link, visitor } = visit;
  const { channelId, channelName } = link.parameters;
  const [organization = '', team = '', ...rest] = (sent.get('team') ?? '').split('/');
  if (organization === '' || team === '' || rest.length > 0) throw new BadRequestError(texts.nothingChosen);
  const linked = await linkTeam(app, {
    ...visitor,
    link,
    channelId,
    channelName,
    organization,
    team,
    moveFromChannelId: sent.get('from') ?? undefined,
    also: (intent) => teamSettingsWrites(app, intent),
  });
  if (linked.outcome === 'move-needed') return askForMove(visit, `${organization}/${team}`, linked);
  return done(app, visit, linked);
}

async function done(app: SlackLinkApp, visit: TeamVisit, linked: Exclude<LinkedTeam, MoveNeeded>): Promise<HttpAnswer> {
  const at = { team: linked.team.name, channel: linked.channel.name };
  if (linked.outcome === 'already-linked') return deedPage({ what: 'team-already-linked', ...at }, visit);
  app.metrics.count('integrations.slack.link_team.success.link_team');
  const news = await sendNews(app, linked.told);
  const { from } = linked;
  return from === undefined
    ? deedPage({ what: 'team-linked', ...at }, visit, news)
    : deedPage({ what: 'team-moved', ...at, from: from.name }, visit, news);
}

function noRole(): PageRefusal {
  const title = pageMessages.titlesByReason['no-role'] ?? pageMessages.otherTitle;
  return new PageRefusal({ code: 'no_role', status: 403, title, texts: texts.noRole });
}
