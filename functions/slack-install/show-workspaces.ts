import { listManagedOrganizations } from '../../lib/organizations/index.ts';
import { mapLimited } from '../../lib/platform/map-limited.ts';
import { ForeignWorkspaceError, isKnownWorkspace, listWorkspaces } from '../../lib/slack/index.ts';
import { signInAddress } from '../middleware/addresses.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import type { HttpRequest } from '../middleware/http-request.ts';
import { formsMayLeadTo } from '../middleware/page-door.ts';
import { csrfToken, requireSession } from '../middleware/session.ts';
import { installPage } from '../pages/install-pages.ts';
import { installMessages } from '../pages/messages.ts';
import { PageRefusal } from '../pages/page-refusal.ts';
import type { SlackInstallApp } from '../slack-install.ts';

/** What the proof in our forms is about. */
export const installForm = 'slack-install';

/** Below our address. */
export const installPath = '/extensions/slack/install/';

/** Organizations are few; this many are asked for their workspaces at the same time. */
const concurrentLists = 5;

/** Shows somebody the Slack workspaces of the organizations that they look after, with the way to add one. */
export async function showWorkspaces(app: SlackInstallApp, request: HttpRequest): Promise<HttpAnswer> {
  const session = requireSession(app, request);
  const anotherAccountUrl = signInAddress(app, installPath, { anotherAccount: true });
  const managed = await listManagedOrganizations(app, session.userId);
  if (managed.length === 0) {
    throw new PageRefusal({
      code: 'forbidden',
      status: 403,
      title: installMessages.noRoleTitle,
      texts: installMessages.noRole(session.email),
      wayOn: { text: installMessages.anotherAccount, url: anotherAccountUrl },
    });
  }
  const all = await mapLimited(managed, concurrentLists, async ({ organization: { slug, name } }) => ({
    slug,
    name,
    workspaces: await listWorkspaces(app, slug),
  }));
  // Of what belongs to others, who signed in elsewhere is not even shown the names.
  const organizations = all.filter(({ workspaces }) => isKnownWorkspace(workspaces, session.slack?.teamId));
  if (organizations.length === 0) throw foreignWorkspace(anotherAccountUrl);
  const { clientId, clientSecret, apiUrl } = app.slackOauth;
  const html = installPage({
    organizations,
    hidden: all.length - organizations.length,
    isSetUp: clientId !== '' && clientSecret !== '',
    form: { action: `${app.publicUrl}${installPath}`, csrf: csrfToken(app, session, installForm) },
    visitor: { email: session.email, anotherAccountUrl },
  });
  return { status: 200, html, headers: formsMayLeadTo(...slackPages(apiUrl)) };
}

/** Where Slack asks people what they allow: its own host, and the workspace's below that. */
function slackPages(apiUrl: string): string[] {
  const { origin, protocol, host } = new URL(apiUrl);
  return protocol === 'https:' ? [origin, `${protocol}//*.${host}`] : [origin];
}

function foreignWorkspace(url: string): PageRefusal {
  const { code, status, message } = new ForeignWorkspaceError();
  const wayOn = { text: installMessages.anotherAccount, url };
  return new PageRefusal({ code, status, title: installMessages.foreignWorkspaceTitle, texts: [message], wayOn });
}
