import { html } from 'hono/html';
import type * as z from 'zod';
import { type IncidentJson, incidentLink, incidentStatusOf } from '../../lib/alerts/index.ts';
import { type IssueJson, issueLink } from '../../lib/issues/index.ts';
import type { commitJson, deployJson, ReleaseJson } from '../../lib/releases/index.ts';
import { alertMessages } from './alert-messages.ts';
import { badge } from './alert-parts.ts';
import { type Fact, factSection, facts, paragraphs } from './components.ts';
import { detailMessages as say } from './detail-messages.ts';
import { type Html, page } from './layout.ts';

type Commit = z.infer<typeof commitJson>;

/** All that the page of a release is made of. */
export interface ReleasePage {
  readonly release: ReleaseJson;
  readonly commits: readonly Commit[];
  readonly deploys: readonly z.infer<typeof deployJson>[];
  readonly resolvedIssues: readonly IssueJson[];
  /** What has begun in its projects since it was released. */
  readonly incidents: readonly IncidentJson[];
  readonly footer: Html;
  /** Where our pages are, for links to others. */
  readonly site: { readonly publicUrl: string; readonly organization: string };
}

/** A release: where it was deployed, what it fixed, what went wrong since, and its newest commits. */
export function releasePage(given: ReleasePage): string {
  const { release, commits, deploys, footer } = given;
  const deployed = deploys.map((deploy) => ({
    name: say.time(deploy.dateFinished),
    value: deploy.environment,
    small: [deploy.name, deploy.url].filter(Boolean).join(' · ') || undefined,
  }));
  const isCut = release.commitCount > commits.length && commits.length > 0;
  const heading = isCut ? say.commitsShown(commits.length, release.commitCount) : say.commits(release.commitCount);
  const content = html`${releaseFacts(release)}${factSection(say.deploys, deployed, say.noDeploys)}
${listSection(say.alertsSince, given.incidents.map(incidentLine(given)), say.noAlertsSince)}
${listSection(say.resolvedIssues, given.resolvedIssues.map(issueLine(given)), say.noResolvedIssues)}
${factSection(heading, commits.map(commitFact), say.noCommits)}`;
  return page({ title: say.releaseTitle(release.version), tone: 'ask', footer }, content);
}

function releaseFacts({ status, projects, dateCreated, dateReleased, ref, url, authors }: ReleaseJson): Html {
  return facts([
    { name: say.status, value: status === 'archived' ? say.archived : say.open },
    { name: say.projects, value: projects.map(({ slug }) => slug).join(', ') },
    { name: say.created, value: say.time(dateCreated) },
    { name: say.released, value: dateReleased === null ? say.notReleased : say.time(dateReleased) },
    ...(ref === null ? [] : [{ name: say.ref, value: ref }]),
    ...(url === null ? [] : [{ name: say.link, value: url }]),
    ...(authors.length === 0 ? [] : [{ name: say.authors, value: authors.map(nameOf).join(', ') }]),
  ]);
}

function listSection(heading: string, lines: readonly Html[], none: string): Html {
  return html`<h2>${heading}</h2>${lines.length === 0 ? paragraphs(none) : html`<ul class="lines">${lines}</ul>`}`;
}

function issueLine({ site }: ReleasePage): (issue: IssueJson) => Html {
  return ({ shortId, title, status, substatus }) => {
    const isBack = status === 'unresolved' && substatus === 'regressed';
    const word = isBack ? say.cameBack : say.issueStatuses[status];
    const kind = status === 'resolved' ? 'closed' : 'open';
    return html`<li><a href="${issueLink({ ...site, issue: shortId })}">${shortId}</a> ${badge(kind, word)} ${title}</li>`;
  };
}

function incidentLine({ site }: ReleasePage): (incident: IncidentJson) => Html {
  return ({ identifier, alertRule, title, status, dateStarted }) => {
    const kind = incidentStatusOf(status);
    const name =
      alertRule === null
        ? html`<b>${title}</b>`
        : html`<a href="${incidentLink({ ...site, ruleId: alertRule.id, incident: Number(identifier) })}">${title}</a>`;
    return html`<li>${name} ${badge(kind, alertMessages.statuses[kind])} <span class="quiet">${say.time(dateStarted)}</span></li>`;
  };
}

function commitFact({ id, message, author, repository, dateCreated }: Commit): Fact {
  const [firstLine = ''] = (message ?? '').trim().split(/\r?\n/u, 1);
  const from = 'name' in repository ? [repository.name] : [];
  return {
    name: id.slice(0, 12),
    value: firstLine || say.none,
    small: [nameOf(author), say.time(dateCreated), ...from].join(' · '),
  };
}

function nameOf({ name, email }: { readonly name?: string | null; readonly email?: string }): string {
  return name || email || say.unknownAuthor;
}
