import { previewUnlinkIdentity, type UnlinkedIdentity, unlinkIdentity } from '../../lib/slack/index.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import { confirmPage } from '../pages/link-pages.ts';
import { pageMessages } from '../pages/messages.ts';
import type { SlackLinkApp } from '../slack-link.ts';
import { deedPage } from './deed-page.ts';
import { identityFacts } from './identity-facts.ts';
import { sendNews } from './send-news.ts';
import { linkPage, type Visit } from './visit-link.ts';

const texts = pageMessages.linkPages;

type IdentityVisit = Visit<'unlink-identity'>;
type Linked = Extract<UnlinkedIdentity, { readonly outcome: 'unlinked' }>;

/** `/extensions/slack/unlink-identity/{token}/`: forgets who the Slack user is; for them, and for who manages them. */
export const unlinkIdentityPage = linkPage('unlink-identity', async (app, visit) => {
  if (visit.sent !== undefined) return act(app, visit);
  const preview = await previewUnlinkIdentity(app, visit.visitor);
  return preview.outcome === 'unlinked' ? confirm(visit, preview) : deedPage({ what: 'identity-not-linked' }, visit);
});

function confirm(
  { visitor, session, workspace, form, signedIn }: IdentityVisit,
  { identity: { slackUserId, userId, email } }: Linked,
): HttpAnswer {
  const isSelf = userId === visitor.userId;
  const html = confirmPage({
    title: isSelf ? texts.unlinkUserTitle : texts.unlinkOtherTitle,
    text: texts.unlinkUser,
    facts: identityFacts({ workspace, slackUserId, email, name: isSelf ? session.name : undefined }),
    button: texts.unlinkUserButton,
    form,
    signedIn,
  });
  return { status: 200, html };
}

async function act(app: SlackLinkApp, visit: IdentityVisit): Promise<HttpAnswer> {
  const { link, visitor } = visit;
  const { responseUrl } = link.parameters;
  const done = await unlinkIdentity(app, { ...visitor, link, responseUrl });
  if (done.outcome === 'not-linked') return deedPage({ what: 'identity-not-linked' }, visit);
  app.metrics.count('integrations.slack.unlink_identity_view.success.post.unlink_identity');
  const news = await sendNews(app, done.told);
  return deedPage({ what: 'identity-unlinked', email: done.identity.email }, visit, news);
}
