import type { App } from '../platform/app.ts';
import { findIssueIds } from './find-issue.ts';
import { readStandingIssues, type StandingIssue } from './issue-record-store.ts';
import { type IssueLink, linkInTurns, markOf } from './link-in-turns.ts';

/** A commit by the name of its repository and its ID there. */
export interface LinkedCommit {
  readonly repository: string;
  readonly id: string;
}

/** A commit that says it fixes an issue. */
export interface CommitReference {
  readonly shortId: string;
  readonly commit: LinkedCommit;
  /** ID of the user whose commit it is, if that is known. */
  readonly actor?: string | undefined;
  /** Whether that user takes issues that they fix and that nobody has. */
  readonly selfAssign?: boolean | undefined;
}

/** What commits of an organization say. */
export interface LinksToMake {
  readonly organization: string;
  readonly links: readonly CommitReference[];
  /** ID of the release in which the issues are to be resolved next, if in one. */
  readonly releaseId?: string | undefined;
}

/** What became of a reference; without an issue when there is none with that short ID. */
export interface LinkOutcome {
  readonly issueId?: string;
  readonly isNew: boolean;
  /** How the issue stands to the release that was named; to be handed to `resolveIssuesInRelease`. */
  readonly standing?: StandingIssue;
}

/**
 * Links many commits with the issues that they say they fix, and resolves the issues; what is linked already changes
 * nothing. The new commits of an issue are one change, told with the first of them. Outcomes come in the order of the
 * references. Asks DynamoDB for the short IDs, then for the issues and their marks (a hundred a request), then once per ten
 * issues that have a new link, or once per ninety new links of an issue that has many.
 */
export async function linkCommits(
  app: Pick<App, 'table' | 'clock'>,
  { organization, links: references, releaseId }: LinksToMake,
): Promise<LinkOutcome[]> {
  const ids = await findIssueIds(app, organization, [...new Set(references.map(({ shortId }) => shortId))]);
  const links = distinctLinks(references, ids);
  const questions = [...links.values()].map((link) => ({ issueId: link.issueId, once: markOf(link) }));
  const issueIds = releaseId === undefined ? [] : [...new Set(questions.map(({ issueId }) => issueId))];
  const answers = await readStandingIssues(app.table, [
    ...questions,
    ...issueIds.map((issueId) => ({ issueId, once: { releaseId: releaseId ?? '' } })),
  ]);
  const open = [...links.values()].filter((_, index) => answers[index]?.marked === false);
  const latest = new Map(answers.flatMap((answer) => (answer ? [[answer.issue.id, answer.issue] as const] : [])));
  const isNew = await linkInTurns(app, organization, open, latest);
  const resolved = markedAmong(issueIds, answers.slice(questions.length));
  // A commit that names an issue twice links it once.
  const isNewYet = (name: string): boolean => {
    const link = links.get(name);
    return link !== undefined && isNew.delete(link);
  };
  return references.map((link) => {
    const issueId = ids.get(link.shortId);
    const issue = latest.get(issueId ?? '');
    if (issueId === undefined || issue === undefined) return { isNew: false };
    const marked = resolved.get(issueId);
    return {
      issueId,
      isNew: isNewYet(nameOf(link, issueId)),
      ...(marked !== undefined && { standing: { issue, marked } }),
    };
  });
}

/** Which of these issues have the mark that was asked for; their answers are in the same order. */
function markedAmong(
  issueIds: readonly string[],
  answers: readonly (StandingIssue | undefined)[],
): ReadonlyMap<string, boolean> {
  return new Map(issueIds.map((issueId, index) => [issueId, answers[index]?.marked ?? false]));
}

/** What is to be linked, by its name: a commit that names an issue twice is linked with it once. */
function distinctLinks(
  references: readonly CommitReference[],
  ids: ReadonlyMap<string, string>,
): ReadonlyMap<string, IssueLink> {
  const links = new Map<string, IssueLink>();
  for (const reference of references) {
    const { commit, actor, selfAssign } = reference;
    const issueId = ids.get(reference.shortId);
    const name = nameOf(reference, issueId);
    if (issueId === undefined || links.has(name)) continue;
    links.set(name, { issueId, repository: commit.repository, commit: commit.id, actor, selfAssign });
  }
  return links;
}

function nameOf({ commit }: CommitReference, issueId: string | undefined): string {
  return JSON.stringify([issueId, commit.repository, commit.id]);
}
