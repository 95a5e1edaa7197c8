import { hasNotificationSettings } from '../../lib/projects/index.ts';
import { type LinkedIdentity, linkIdentity, previewLinkIdentity } from '../../lib/slack/index.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import { confirmPage } from '../pages/link-pages.ts';
import { pageMessages } from '../pages/messages.ts';
import type { SlackLinkApp } from '../slack-link.ts';
import { deedPage } from './deed-page.ts';
import { identityFacts } from './identity-facts.ts';
import { sendNews } from './send-news.ts';
import { linkPage, type Visit } from './visit-link.ts';

const texts = pageMessages.linkPages;

type IdentityVisit = Visit<'link-identity'>;

/** `/extensions/slack/link-identity/{token}/`: makes the Slack user who typed the command the user who has signed in. */
export const linkIdentityPage = linkPage('link-identity', async (app, visit) => {
  const preview = await previewLinkIdentity(app, visit.visitor);
  return visit.sent === undefined ? confirm(visit, preview) : act(app, visit, preview);
});

function confirm({ visitor, session, workspace, form, signedIn }: IdentityVisit, preview: LinkedIdentity): HttpAnswer {
  const { replacedUserId, replacedSlackUserId } = preview;
  const html = confirmPage({
    title: texts.linkUserTitle,
    text: texts.linkUser,
    facts: identityFacts({ workspace, slackUserId: visitor.slackUserId, name: session.name, email: session.email }),
    warnings: [
      // Whoever signed in with Slack is known to be that Slack user; here only they themselves know.
      ...(session.slack === undefined ? [texts.onlyIfYou] : []),
      ...(replacedUserId === undefined ? [] : [texts.replacesUser]),
      ...(replacedSlackUserId === undefined ? [] : [texts.replacesSlackUser(replacedSlackUserId)]),
    ],
    button: texts.linkUserButton,
    form,
    signedIn,
  });
  return { status: 200, html };
}

async function act(app: SlackLinkApp, visit: IdentityVisit, preview: LinkedIdentity): Promise<HttpAnswer> {
  const { link, visitor } = visit;
  const said = await hasNotificationSettings(app, { userId: visitor.userId, organizations: preview.organizations });
  const { responseUrl } = link.parameters;
  const { identity, told } = await linkIdentity(app, { ...visitor, link, responseUrl, isNewHere: !said });
  app.metrics.count('integrations.slack.link_identity_view.success.post.link_identity');
  const news = await sendNews(app, told);
  return deedPage({ what: 'identity-linked', email: identity.email }, visit, news);
}
