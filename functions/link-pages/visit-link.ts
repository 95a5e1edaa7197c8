import { RefusalError } from '../../lib/platform/errors.ts';
import type { Session } from '../../lib/platform/session.ts';
import type { VerifiedLink } from '../../lib/platform/signed-link.ts';
import {
  findWorkspace,
  LinkForbiddenError,
  LinkGoneError,
  type LinkParameters,
  type LinkPurpose,
  LinkTargetGoneError,
  openSlackLink,
  requireUnusedLink,
  type WorkspaceDescription,
} from '../../lib/slack/index.ts';
import { addressOf, pathOf, signInAddress } from '../middleware/addresses.ts';
import { formOf } from '../middleware/form.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import type { HttpRequest } from '../middleware/http-request.ts';
import { csrfField, csrfToken, readSession, requireCsrf, requireSession } from '../middleware/session.ts';
import type { SlackPlace } from '../pages/link-pages.ts';
import { pageMessages } from '../pages/messages.ts';
import { PageRefusal } from '../pages/page-refusal.ts';
import { titleOf } from '../pages/refusal-pages.ts';
import type { SlackLinkApp } from '../slack-link.ts';
import { refusalCounter } from './count-refusal.ts';
import { deedPageAgain } from './deed-page.ts';
import { sendNews } from './send-news.ts';

/** Somebody who has signed in and opened a link that works for them. */
export interface Visit<P extends LinkPurpose> {
  readonly link: VerifiedLink<LinkParameters<P>>;
  readonly session: Session;
  readonly workspace: Pick<WorkspaceDescription, 'name'>;
  /** Who they are for the use cases: the Slack user of the link, and the user who has signed in. */
  readonly visitor: { readonly teamId: string; readonly slackUserId: string; readonly userId: string };
  /** Where in Slack the command was typed. */
  readonly place: SlackPlace;
  /** What a form of the page needs. */
  readonly form: { readonly action: string; readonly csrf: string };
  readonly signedIn: { readonly email: string; readonly anotherAccountUrl: string };
  /** What the form was sent with; absent as long as it was not. @throws ForbiddenError for a form that is not ours */
  readonly sent: URLSearchParams | undefined;
}

/**
 * Answers a page that a link opens: the link first, which costs a stranger nothing, then who is at the browser, then
 * whether both belong together, and for a form whether it is ours. Whoever has used the link is shown what it did.
 * @throws LinkGoneError, SignInNeededError, ForbiddenError, PageRefusal
 */
export function linkPage<P extends LinkPurpose>(
  purpose: P,
  answer: (app: SlackLinkApp, visit: Visit<P>) => Promise<HttpAnswer>,
): (app: SlackLinkApp, request: HttpRequest) => Promise<HttpAnswer> {
  return async (app, request) => {
    let team: string | undefined;
    const signInUrl = () => signInAddress(app, pathOf(request), { anotherAccount: true, team });
    try {
      const link = openSlackLink(app, purpose, request.pathParameters['token'] ?? '');
      team = link.parameters.teamId;
      return await unlessDone(app, request, link, async () => {
        await requireUnusedLink(app, link);
        const session = requireSession(app, request, team);
        return answer(app, await visit(app, request, { purpose, link, session, anotherAccountUrl: signInUrl() }));
      });
    } catch (error) {
      const counter = refusalCounter(purpose, error);
      if (counter !== undefined) app.metrics.count(counter);
      throw withWayOn(error, signInUrl());
    }
  };
}

/**
 * A page that is loaded again, or whose button was pressed twice, says once more what the link did; nothing is done again.
 * Anybody else is told that the link was used.
 */
async function unlessDone(
  app: SlackLinkApp,
  request: HttpRequest,
  { parameters: { teamId, channelId } }: VerifiedLink<LinkParameters<LinkPurpose>>,
  act: () => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  try {
    return await act();
  } catch (error) {
    const use = error instanceof LinkGoneError ? error.use : undefined;
    if (use === undefined || readSession(app, request)?.userId !== use.userId) throw error;
    const workspace = await nameOf(app, teamId);
    return deedPageAgain(use.deed, { workspace, place: { teamId, channelId } }, await sendNews(app, use.told));
  }
}

async function visit<P extends LinkPurpose>(
  app: SlackLinkApp,
  request: HttpRequest,
  known: {
    readonly purpose: P;
    readonly link: VerifiedLink<LinkParameters<P>>;
    readonly session: Session;
    readonly anotherAccountUrl: string;
  },
): Promise<Visit<P>> {
  const { purpose, link, session, anotherAccountUrl } = known;
  const { teamId, slackUserId, channelId } = link.parameters;
  requireSameSlackUser(session, { teamId, slackUserId }, anotherAccountUrl);
  const about = `${purpose} ${link.id}`;
  const sent = request.method === 'POST' ? formOf(request) : undefined;
  if (sent !== undefined) requireCsrf(app, request, { session, about, given: sent.get(csrfField) ?? undefined });
  return {
    link,
    session,
    workspace: await nameOf(app, teamId),
    visitor: { teamId, slackUserId, userId: session.userId },
    place: { teamId, channelId },
    form: { action: addressOf(app, request.path), csrf: csrfToken(app, session, about) },
    signedIn: { email: session.email, anotherAccountUrl },
    sent,
  };
}

/** What is done checks that the workspace is still connected; here it only lends its name. */
async function nameOf(app: SlackLinkApp, teamId: string): Promise<{ readonly name: string }> {
  return { name: (await findWorkspace(app, teamId))?.name ?? teamId };
}

/** Who signed in with Slack is known to be a Slack user, and must be the one whom the link names. */
function requireSameSlackUser(
  { slack, email }: Session,
  named: { readonly teamId: string; readonly slackUserId: string },
  anotherAccountUrl: string,
): void {
  if (slack === undefined) return;
  if (slack.teamId === named.teamId && slack.slackUserId === named.slackUserId) return;
  throw new PageRefusal({
    code: 'wrong_account',
    status: 403,
    title: pageMessages.titlesByReason['wrong-person'] ?? pageMessages.otherTitle,
    texts: pageMessages.linkPages.wrongSlackUser(email),
    wayOn: { text: pageMessages.useAnotherAccount, url: anotherAccountUrl },
  });
}

/** Where another account would help, its sign-in is a button away. */
function withWayOn(error: unknown, url: string): unknown {
  if (!(error instanceof RefusalError) || !anotherAccountHelps(error)) return error;
  const words = { code: error.code, status: error.status, title: titleOf(error), texts: [error.message] };
  return new PageRefusal({ ...words, wayOn: { text: pageMessages.useAnotherAccount, url } }, { cause: error });
}

function anotherAccountHelps(error: RefusalError): boolean {
  if (error instanceof LinkForbiddenError) return error.reason === 'wrong-person';
  return error instanceof LinkTargetGoneError && error.reason === 'not-member';
}
