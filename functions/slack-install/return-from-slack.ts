import { RefusalError } from '../../lib/platform/errors.ts';
import {
  finishInstall,
  InstallGoneError,
  openInstallState,
  SlackRefusedError,
  SlackUncertainError,
} from '../../lib/slack/index.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import type { HttpRequest } from '../middleware/http-request.ts';
import { readSession } from '../middleware/session.ts';
import { installedPage } from '../pages/install-pages.ts';
import { installMessages } from '../pages/messages.ts';
import { PageRefusal } from '../pages/page-refusal.ts';
import type { SlackInstallApp } from '../slack-install.ts';
import { installVisitor } from './install-visitor.ts';
import { installPath } from './show-workspaces.ts';

/** Longer than what we sent and what Slack adds. */
const longest = 4_096;

/** Connects the workspace with whose consent Slack sends somebody back, or says why that did not come to be. */
export async function returnFromSlack(app: SlackInstallApp, request: HttpRequest): Promise<HttpAnswer> {
  const again = { text: installMessages.toWorkspaces, url: `${app.publicUrl}${installPath}` };
  try {
    // Whoever is not signed in here did not begin here; the address with its code is not to travel through a sign-in.
    const session = readSession(app, request);
    if (session === undefined) throw new InstallGoneError('other-session');
    const visitor = installVisitor(session);
    const state = parameter(request, 'state');
    openInstallState(app, state, visitor);
    const refusal = parameter(request, 'error');
    if (refusal !== '') throw refusedBySlack(refusal);
    const done = await finishInstall(app, { ...visitor, state, code: parameter(request, 'code') });
    const { workspace, organization } = done;
    return { status: 200, html: installedPage({ workspace, organization, command: app.command, listUrl: again.url }) };
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    const { code, message } = error;
    const words = error instanceof PageRefusal ? error.words : { code, status: statusOf(error), texts: [message] };
    const title = error instanceof PageRefusal ? error.words.title : installMessages.notInstalledTitle;
    throw new PageRefusal({ ...words, title, wayOn: again }, { cause: error });
  }
}

/**
 * Anybody who comes with a code of their own making has Slack refuse it: that is no fault of ours, and rings no alarm. An
 * answer that is missing or unclear may come another time.
 */
function statusOf(error: RefusalError): number {
  if (error instanceof SlackRefusedError) return 409;
  return error instanceof SlackUncertainError ? 503 : error.status;
}

/** What Slack says instead of giving a code: nearly always that the person pressed "Cancel". */
function refusedBySlack(error: string): PageRefusal {
  const isCancelled = error === 'access_denied';
  return new PageRefusal({
    code: isCancelled ? 'install_cancelled' : 'install_refused',
    status: isCancelled ? 200 : 409,
    title: isCancelled ? installMessages.cancelledTitle : installMessages.notInstalledTitle,
    texts: isCancelled ? [installMessages.cancelled] : [installMessages.refused(error.slice(0, 60))],
  });
}

/** Once, or it counts for nothing. */
function parameter(request: HttpRequest, name: string): string {
  const values = request.query[name] ?? [];
  const [value = ''] = values;
  return values.length === 1 && value.length <= longest ? value : '';
}
