import { linkCommits, resolveIssuesInRelease } from '../issues/index.ts';
import { memberProfileLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import type { Commit } from './commit-store.ts';
import { referencedIssues } from './referenced-issues.ts';
import type { Author, Release } from './release-record.ts';

/** A commit's name for people, beside the commit as it is known. */
interface NamedCommit {
  readonly repository: string;
  readonly id: string;
}

/**
 * Links the commits of a release with the issues that their messages say are fixed, and resolves those issues in the
 * release, each once for it: an issue that has come back since stays open.
 */
export async function resolveFixedIssues(
  app: Pick<App, 'table' | 'clock'>,
  release: Release,
  commits: readonly Commit[],
  names: readonly NamedCommit[],
  authors: ReadonlyMap<string, Author>,
): Promise<void> {
  const { organization, version, id: releaseId } = release;
  const links = commits.flatMap(({ message, authorEmail }, index) => {
    const name = names[index];
    if (!message || name === undefined) return [];
    const actor = authors.get(authorEmail ?? '')?.userId;
    const commit = { repository: name.repository, id: name.id };
    return referencedIssues(message).map((shortId) => ({ shortId, commit, actor }));
  });
  if (links.length === 0) return;
  const takers = await whoTakesIssues(app, organization, new Set(links.flatMap(({ actor }) => actor ?? [])));
  const outcomes = await linkCommits(app, {
    organization,
    links: links.map((link) => ({ ...link, selfAssign: takers.has(link.actor ?? '') })),
    releaseId,
  });
  const issues = outcomes.flatMap(({ issueId, standing }, index) =>
    issueId === undefined ? [] : [{ issueId, actor: links[index]?.actor, standing }],
  );
  await resolveIssuesInRelease(app, { organization, release: version, releaseId, issues });
}

/** Those of the users who want issues that they fix to be theirs; a hundred items a request. */
async function whoTakesIssues(
  app: Pick<App, 'table'>,
  organization: string,
  userIds: ReadonlySet<string>,
): Promise<Set<string>> {
  const profiles = await lookUp(
    app.table,
    [...userIds].map((userId) => memberProfileLookup(organization, userId)),
  );
  return new Set(profiles.flatMap((profile) => (profile?.selfAssignIssues ? profile.userId : [])));
}
