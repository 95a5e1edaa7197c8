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

/** Issues that one list may name: they are looked up before anything else is done about them. */
const maxIssues = 2_000;
/** Times that commits of one list may name issues: each is an item of its own. */
const maxLinks = 10_000;

/**
 * Links the commits of a release with the issues that their messages say are fixed, and resolves those issues in the
 * release, each once for it: an issue that has come back since stays open. Of a list that names more than any list of people
 * would, the oldest commits link nothing beyond the first 2,000 issues and 10,000 links, so that the request ends in time.
 */
export async function resolveFixedIssues(
  app: Pick<App, 'table' | 'clock' | 'log'>,
  release: Release,
  commits: readonly Commit[],
  names: readonly NamedCommit[],
  authors: ReadonlyMap<string, Author>,
): Promise<void> {
  const { organization, version, id: releaseId } = release;
  const named = commits.flatMap(({ message, authorEmail }, index) => {
    const name = names[index];
    if (!message || name === undefined) return [];
    const actor = authors.get(authorEmail ?? '')?.userId;
    const commit = { repository: name.repository, id: name.id };
    return referencedIssues(message).map((shortId) => ({ shortId, commit, actor }));
  });
  const shortIds = new Set([...new Set(named.map(({ shortId }) => shortId))].slice(0, maxIssues));
  const links = named.filter(({ shortId }) => shortIds.has(shortId)).slice(0, maxLinks);
  if (links.length < named.length) {
    const left = named.length - links.length;
    app.log.warn('commits name too many issues, and some are not linked', { organization, releaseId, left });
  }
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
