import { html } from 'hono/html';
import type * as z from 'zod';
import type { IssueJson, issueActivityJson } from '../../lib/issues/index.ts';
import type { commitJson, deployJson, ReleaseJson } from '../../lib/releases/index.ts';
import { type Fact, facts, paragraphs } from './components.ts';
import { detailMessages as say } from './detail-messages.ts';
import { type Html, page } from './layout.ts';

type Commit = z.infer<typeof commitJson>;

interface Seen {
  readonly footer: Html;
}

/** An issue, how it stands, and what was done about it. */
export function issuePage({
  issue,
  activities,
  footer,
}: Seen & { readonly issue: IssueJson; readonly activities: readonly z.infer<typeof issueActivityJson>[] }): string {
  const { inRelease, inNextRelease } = issue.statusDetails;
  const resolvedIn = inRelease ?? (inNextRelease === true ? say.nextRelease : undefined);
  const release = (one: IssueJson['firstRelease']) => (one === null ? undefined : say.inRelease(one.version));
  const lines = facts([
    { name: say.status, value: say.issueStatuses[issue.status], small: since(issue.dateResolved) },
    ...(resolvedIn === undefined ? [] : [{ name: say.resolvedIn, value: resolvedIn }]),
    { name: say.project, value: issue.project.name, small: issue.project.slug },
    ...(issue.culprit === null ? [] : [{ name: say.where, value: issue.culprit }]),
    { name: say.level, value: issue.level },
    { name: say.firstSeen, value: say.time(issue.firstSeen), small: release(issue.firstRelease) },
    { name: say.lastSeen, value: say.time(issue.lastSeen), small: release(issue.lastRelease) },
    { name: say.assignee, value: issue.assignedTo?.name ?? say.nobody, small: issue.assignedTo?.email },
  ]);
  const done = activities.map(({ type, user, data, dateCreated }) => ({
    name: say.time(dateCreated),
    value: say.issueActivities[type] ?? type,
    small: [data['version'], data['commit'], user && say.by(user.name)].filter(Boolean).join(' · ') || undefined,
  }));
  const content = html`${paragraphs(issue.title)}${lines}${section(say.activities, done, say.noActivities)}`;
  return page({ title: issue.shortId, tone: issue.status === 'resolved' ? 'done' : 'ask', footer }, content);
}

/** A release with its newest commits and where it was deployed. */
export function releasePage(
  seen: Seen & {
    readonly release: ReleaseJson;
    readonly commits: readonly Commit[];
    readonly deploys: readonly z.infer<typeof deployJson>[];
  },
): string {
  const { release, commits, deploys, footer } = seen;
  const { version, commitCount, authors, dateReleased, ref, url } = release;
  const lines = facts([
    { name: say.status, value: release.status === 'archived' ? say.archived : say.open },
    { name: say.projects, value: release.projects.map(({ slug }) => slug).join(', ') },
    { name: say.created, value: say.time(release.dateCreated) },
    { name: say.released, value: dateReleased === null ? say.notReleased : say.time(dateReleased) },
    ...(ref === null ? [] : [{ name: say.ref, value: ref }]),
    ...(url === null ? [] : [{ name: say.link, value: url }]),
    ...(authors.length === 0 ? [] : [{ name: say.authors, value: authors.map(nameOf).join(', ') }]),
  ]);
  const deployed = deploys.map((deploy) => ({
    name: say.time(deploy.dateFinished),
    value: deploy.environment,
    small: [deploy.name, deploy.url].filter(Boolean).join(' · ') || undefined,
  }));
  const isCut = commitCount > commits.length && commits.length > 0;
  const heading = isCut ? say.commitsShown(commits.length, commitCount) : say.commits(commitCount);
  const content = html`${lines}${section(say.deploys, deployed, say.noDeploys)}${section(heading, commits.map(commitFact), say.noCommits)}`;
  return page({ title: say.releaseTitle(version), tone: 'ask', footer }, content);
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

function section(heading: string, all: readonly Fact[], none: string): Html {
  return html`<h2>${heading}</h2>${all.length === 0 ? paragraphs(none) : facts(all)}`;
}

function since(iso: string | null): string | undefined {
  return iso === null ? undefined : say.time(iso);
}
