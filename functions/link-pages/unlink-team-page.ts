import { teamSettingsWrites } from '../../lib/projects/index.ts';
import { previewUnlinkTeam, type UnlinkedTeam, unlinkTeam } from '../../lib/slack/index.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import { confirmPage } from '../pages/link-pages.ts';
import { pageMessages } from '../pages/messages.ts';
import type { SlackLinkApp } from '../slack-link.ts';
import { deedPage } from './deed-page.ts';
import { sendNews } from './send-news.ts';
import { linkPage, type Visit } from './visit-link.ts';

const texts = pageMessages.linkPages;

type TeamVisit = Visit<'unlink-team'>;
type Linked = Extract<UnlinkedTeam, { readonly outcome: 'unlinked' }>;

/** `/extensions/slack/unlink-team/{token}/`: has the alerts of an organization's team come to the channel no more. */
export const unlinkTeamPage = linkPage('unlink-team', async (app, visit) => {
  if (visit.sent !== undefined) return act(app, visit);
  const preview = await previewUnlinkTeam(app, { ...visit.visitor, ...channelOf(visit) });
  return preview.outcome === 'unlinked' ? confirm(visit, preview) : deedPage({ what: 'team-not-linked' }, visit);
});

function channelOf({ link }: TeamVisit) {
  const { channelId, organization } = link.parameters;
  return { channelId, organization };
}

function confirm({ link, workspace, form, signedIn }: TeamVisit, { team, channel }: Linked): HttpAnswer {
  const html = confirmPage({
    title: texts.unlinkTeamTitle(team, channel.name),
    text: texts.unlinkTeam,
    facts: [
      { name: texts.team, value: team, small: texts.inOrganization(link.parameters.organization) },
      { name: texts.channel, value: texts.channelHere(channel.name), small: workspace.name },
    ],
    button: texts.unlinkTeamButton,
    form,
    signedIn,
  });
  return { status: 200, html };
}

async function act(app: SlackLinkApp, visit: TeamVisit): Promise<HttpAnswer> {
  const { link, visitor } = visit;
  const also = (intent: Parameters<typeof teamSettingsWrites>[1]) => teamSettingsWrites(app, intent);
  const done = await unlinkTeam(app, { ...visitor, ...channelOf(visit), link, also });
  if (done.outcome === 'not-linked') return deedPage({ what: 'team-not-linked' }, visit);
  app.metrics.count('integrations.slack.unlink_team.success.unlink_team');
  const news = await sendNews(app, done.told);
  return deedPage({ what: 'team-unlinked', team: done.team, channel: done.channel.name }, visit, news);
}
