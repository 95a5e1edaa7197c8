import type { App } from '../platform/app.ts';
import { changeIssues, type PlannedChange } from './change-issues.ts';
import { findIssueIds } from './find-issue.ts';
import { type Once, readStandingIssues, type StandingIssue } from './issue-record-store.ts';
import type { Issue } from './issue-store.ts';
import type { LinkedCommit } from './link-commit.ts';
import { planResolveInCommit } from './plan-change.ts';

/** A commit that says it fixes an issue. */
export interface CommitReference {
  readonly shortId: string;
  readonly commit: LinkedCommit;
  /** ID of the user whose commit it is, if that is known. */
  readonly actor?: string | undefined;
  /** Whether that user takes issues that they fix and that nobody has. */
  readonly selfAssign?: boolean | undefined;
}

/** What became of a reference; without an issue when there is none with that short ID. */
export interface LinkOutcome {
  readonly issueId?: string;
  readonly isNew: boolean;
  /** How the issue stands to the release that was named; to be handed to `resolveIssuesInRelease`. */
  readonly standing?: StandingIssue;
}

type Link = CommitReference & { readonly issueId: string };

/**
 * Links many commits with the issues that they say they fix, and resolves the issues; what is linked already changes
 * nothing. Outcomes come in the order of the references. Asks DynamoDB for the short IDs, then for the issues and their
 * marks (a hundred a request), then once per ten issues that have a new link.
 */
export async function linkCommits(
  app: Pick<App, 'table' | 'clock'>,
  input: {
    readonly organization: string;
    readonly links: readonly CommitReference[];
    /** ID of the release in which the issues are to be resolved next, if in one. */
    readonly releaseId?: string | undefined;
  },
): Promise<LinkOutcome[]> {
  const { organization, releaseId } = input;
  const ids = await findIssueIds(app, organization, [...new Set(input.links.map(({ shortId }) => shortId))]);
  const links = new Map<string, Link>();
  for (const link of input.links) {
    const issueId = ids.get(link.shortId);
    const name = nameOf(link, issueId);
    if (issueId !== undefined && !links.has(name)) links.set(name, { ...link, issueId });
  }
  const questions = [...links.values()].map((link) => ({ issueId: link.issueId, once: markOf(link) }));
  const issueIds = releaseId === undefined ? [] : [...new Set(questions.map(({ issueId }) => issueId))];
  const answers = await readStandingIssues(app.table, [
    ...questions,
    ...issueIds.map((issueId) => ({ issueId, once: { releaseId: releaseId ?? '' } })),
  ]);
  const open = [...links].filter((_, index) => answers[index]?.marked === false);
  const latest = new Map(answers.flatMap((answer) => (answer ? [[answer.issue.id, answer.issue] as const] : [])));
  const isNew = await linkInTurns(app, organization, open, latest);
  const resolved = new Map(
    issueIds.map((issueId, index) => [issueId, answers[questions.length + index]?.marked ?? false]),
  );
  return input.links.map((link) => {
    const issueId = ids.get(link.shortId);
    const issue = latest.get(issueId ?? '');
    if (issueId === undefined || issue === undefined) return { isNew: false };
    const marked = resolved.get(issueId);
    return {
      issueId,
      isNew: isNew.delete(nameOf(link, issueId)),
      ...(marked !== undefined && { standing: { issue, marked } }),
    };
  });
}

/** Links in turns, in each of them one commit an issue. Gives the names of the links that are new; `latest` is kept up to date. */
async function linkInTurns(
  app: Pick<App, 'table' | 'clock'>,
  organization: string,
  links: readonly (readonly [string, Link])[],
  latest: Map<string, Issue>,
): Promise<Set<string>> {
  const isNew = new Set<string>();
  let open = links;
  while (open.length > 0) {
    const turn = [...new Map(open.toReversed().map((entry) => [entry[1].issueId, entry])).values()];
    const changes = turn.map(([, link]): PlannedChange => {
      const issue = latest.get(link.issueId);
      return {
        request: { organization, issueId: link.issueId, actor: link.actor, once: markOf(link) },
        standing: issue && { issue, marked: false },
        plan: (standing, occasion) => planResolveInCommit(standing, link.commit.id, occasion, link.selfAssign),
      };
    });
    const outcomes = await changeIssues(app, changes);
    for (const [index, [name]] of turn.entries()) {
      const { issue, changed = false } = outcomes[index] ?? {};
      if (issue !== undefined) latest.set(issue.id, issue);
      if (changed) isNew.add(name);
    }
    const done = new Set(turn);
    open = open.filter((entry) => !done.has(entry));
  }
  return isNew;
}

function markOf({ commit }: CommitReference): Once {
  return { repository: commit.repository, commit: commit.id };
}

function nameOf({ commit }: CommitReference, issueId: string | undefined): string {
  return JSON.stringify([issueId, commit.repository, commit.id]);
}
