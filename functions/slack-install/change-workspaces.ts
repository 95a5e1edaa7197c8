import * as z from 'zod';
import { BadRequestError, NotFoundError } from '../../lib/platform/errors.ts';
import { beginInstall, disconnectWorkspace, listWorkspaces, requireManager } from '../../lib/slack/index.ts';
import { signInAddress } from '../middleware/addresses.ts';
import { formOf } from '../middleware/form.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import type { HttpRequest } from '../middleware/http-request.ts';
import { redirect } from '../middleware/page-door.ts';
import { csrfField, csrfToken, requireCsrf, requireSession } from '../middleware/session.ts';
import { confirmDisconnectPage, disconnectedPage } from '../pages/install-pages.ts';
import { installMessages } from '../pages/messages.ts';
import type { SlackInstallApp } from '../slack-install.ts';
import { installVisitor } from './install-visitor.ts';
import { installForm, installPath } from './show-workspaces.ts';

const organization = z.string().min(1).max(100);
const workspace = z.string().regex(/^[TE][A-Z0-9]{2,20}$/);

/** What the buttons of our pages send. */
const fields = z.discriminatedUnion('action', [
  z.object({ action: z.literal('install'), organization, workspace: workspace.optional() }),
  z.object({ action: z.enum(['ask-disconnect', 'disconnect']), organization, workspace }),
]);

/** Does what somebody pressed: leads to Slack to add a workspace, or takes one away once that is confirmed. */
export async function changeWorkspaces(app: SlackInstallApp, request: HttpRequest): Promise<HttpAnswer> {
  const session = requireSession(app, request);
  const sent = Object.fromEntries(formOf(request));
  requireCsrf(app, request, { session, about: installForm, given: sent[csrfField] });
  const parsed = fields.safeParse(sent);
  if (!parsed.success) throw new BadRequestError(installMessages.chooseFirst, { cause: parsed.error });
  const { data } = parsed;
  const visitor = installVisitor(session);
  if (data.action === 'install') {
    const address = await beginInstall(app, { ...data, ...visitor, teamId: data.workspace });
    return redirect(address.href);
  }
  const at = { organization: data.organization, teamId: data.workspace };
  const membership = await requireManager(app, { ...at, ...visitor });
  const backUrl = `${app.publicUrl}${installPath}`;
  if (data.action === 'disconnect') {
    const done = await disconnectWorkspace(app, { ...at, manager: { userId: visitor.userId, membership } });
    return { status: 200, html: disconnectedPage({ ...done, organization: at.organization, backUrl }) };
  }
  const asked = (await listWorkspaces(app, at.organization)).find(({ teamId }) => teamId === at.teamId);
  if (asked === undefined) throw new NotFoundError(installMessages.workspaceGone);
  const html = confirmDisconnectPage({
    workspace: asked,
    organization: at.organization,
    form: { action: backUrl, csrf: csrfToken(app, session, installForm) },
    visitor: {
      email: session.email,
      anotherAccountUrl: signInAddress(app, installPath, { anotherAccount: true }),
    },
  });
  return { status: 200, html };
}
