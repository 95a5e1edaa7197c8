import { html } from 'hono/html';
import type { DisconnectedWorkspace, WorkspaceDescription } from '../../lib/slack/index.ts';
import {
  actions,
  facts,
  form,
  hiddenField,
  linkButton,
  note,
  paragraphs,
  signedInFooter,
  submitButton,
} from './components.ts';
import { type Html, page } from './layout.ts';
import { installMessages as say } from './messages.ts';

/** An organization with the workspaces that it uses. */
export interface InstallableOrganization {
  readonly slug: string;
  readonly name: string;
  readonly workspaces: readonly WorkspaceDescription[];
}

interface Visited {
  readonly form: { readonly action: string; readonly csrf: string };
  readonly visitor: { readonly email: string; readonly anotherAccountUrl: string };
}

const footerOf = ({ visitor }: Visited): Html => signedInFooter(visitor.email, visitor.anotherAccountUrl);

/** The workspaces of somebody's organizations, with the way to add one. */
export function installPage(
  given: Visited & {
    readonly organizations: readonly InstallableOrganization[];
    /** How many organizations are not shown, because the sign-in does not count for them. */
    readonly hidden?: number;
    readonly isSetUp: boolean;
  },
): string {
  const { organizations, hidden = 0, isSetUp } = given;
  const add = isSetUp ? addForm(given) : html`<div class="note">${paragraphs(say.notSetUp)}</div>`;
  const used = organizations.filter(({ workspaces }) => workspaces.length > 0);
  const lists = used.map(({ slug, name, workspaces }) =>
    workspaces.map((workspace) => workspaceEntry(given, { slug, name, workspace, isSetUp })),
  );
  const more = hidden === 0 ? '' : note(say.notShown(hidden));
  const content = html`${paragraphs(say.intro)}${more}${add}${used.length === 0 ? '' : html`<h2>${say.connectedHeading}</h2>${lists}`}`;
  return page({ title: say.title, tone: 'ask', footer: footerOf(given) }, content);
}

function addForm(given: Visited & { readonly organizations: readonly InstallableOrganization[] }): Html {
  const choices = given.organizations.map(
    ({ slug, name }) =>
      html`<label class="choice"><input type="radio" name="organization" value="${slug}" required${
        given.organizations.length === 1 ? ' checked' : ''
      }><span>${name}<small>${slug}</small></span></label>`,
  );
  return form(
    given.form,
    html`${hiddenField('action', 'install')}<fieldset><legend>${say.chooseOrganization}</legend>${choices}</fieldset>${actions(submitButton(say.toSlack))}`,
  );
}

interface Entry {
  readonly slug: string;
  readonly name: string;
  readonly workspace: WorkspaceDescription;
  readonly isSetUp: boolean;
}

function workspaceEntry(given: Visited, { slug, name, workspace, isSetUp }: Entry): Html {
  const { teamId, status } = workspace;
  const at = html`${hiddenField('organization', slug)}${hiddenField('workspace', teamId)}`;
  const again = form(given.form, html`${hiddenField('action', 'install')}${at}${submitButton(say.installAgain)}`);
  const label = say.disconnectThis(workspace.name, name);
  const leave = form(
    given.form,
    html`${hiddenField('action', 'ask-disconnect')}${at}<button class="button second" type="submit" aria-label="${label}">${say.disconnect}</button>`,
  );
  const lines = facts([
    { name: say.workspace, value: workspace.name, small: teamId },
    { name: say.organization, value: name, small: slug },
    { name: say.status, value: say.statuses[workspace.switchedOff?.reason ?? status], small: sinceOf(workspace) },
  ]);
  return html`${lines}${actions(...(status === 'disabled' && isSetUp ? [again] : []), leave)}`;
}

function sinceOf({ installedAt, switchedOff }: WorkspaceDescription): string {
  return say.since((switchedOff?.at ?? installedAt).slice(0, 16).replace('T', ' '));
}

/** Asks once more, and says what it means. */
export function confirmDisconnectPage(
  given: Visited & { readonly workspace: WorkspaceDescription; readonly organization: string },
): string {
  const { workspace, organization } = given;
  const lines = facts([
    { name: say.workspace, value: workspace.name, small: workspace.teamId },
    { name: say.organization, value: organization },
  ]);
  const sure = form(
    given.form,
    html`${hiddenField('action', 'disconnect')}${hiddenField('organization', organization)}${hiddenField('workspace', workspace.teamId)}${submitButton(say.disconnectSure)}`,
  );
  const keep = linkButton(say.keepConnected, given.form.action, 'second');
  const content = html`${paragraphs(...say.disconnectMeans)}${lines}${actions(sure, keep)}`;
  return page({ title: say.confirmDisconnectTitle, tone: 'stop', footer: footerOf(given) }, content);
}

/** What became of a workspace that was disconnected. */
export function disconnectedPage(
  done: DisconnectedWorkspace & { readonly organization: string; readonly backUrl: string },
): string {
  const content = html`${paragraphs(say.disconnected(done.name, done.organization), say.botAfterwards[done.bot])}${actions(linkButton(say.toWorkspaces, done.backUrl, 'second'))}`;
  return page({ title: say.disconnectedTitle, tone: 'done' }, content);
}

/** What was connected, and what to do now. */
export function installedPage(done: {
  readonly workspace: WorkspaceDescription;
  readonly organization: string;
  readonly command: string;
  readonly listUrl: string;
}): string {
  const { workspace, organization, command, listUrl } = done;
  const lines = facts([
    { name: say.workspace, value: workspace.name, small: workspace.teamId },
    { name: say.organization, value: organization },
  ]);
  const steps = say.nextSteps(command).map(({ type, what }) => html`<li><code>${type}</code> ${what}</li>`);
  const openSlack = `slack://open?${new URLSearchParams({ team: workspace.teamId }).toString()}`;
  const links = actions(linkButton(say.openSlack, openSlack), linkButton(say.toWorkspaces, listUrl, 'second'));
  const content = html`${paragraphs(say.installed)}${lines}<p>${say.nextHeading}</p><ol>${steps}</ol>${links}`;
  return page({ title: say.installedTitle(workspace.name), tone: 'done' }, content);
}
