import type { IssueChange } from './issue-record-store.ts';
import type { Issue } from './issue-store.ts';
import { activityTypes } from './issue-words.ts';
import { planResolveInCommit } from './plan-change.ts';

/** A commit that says it fixes an issue, whose it is, and whether that user takes issues that they fix and that nobody has. */
export interface FixingCommit {
  readonly commit: string;
  readonly actor?: string | undefined;
  readonly selfAssign?: boolean | undefined;
}

/**
 * Resolved by commits that say so, as one change. Everybody whose commits they are hears of the issue from now on, the
 * first who wants it and finds nobody has it takes it. Of the commits the first alone is told, because a list may have
 * thousands that name one issue; and not even that (`isTold`) where commits before these were told, and it stays resolved.
 */
export function planResolveInCommits(
  issue: Issue,
  commits: readonly FixingCommit[],
  { at, isTold }: { readonly at: string; readonly isTold: boolean },
): IssueChange {
  let after = issue;
  let told: Pick<IssueChange, 'activities' | 'history'> = { activities: [], history: [] };
  for (const [index, { commit, actor, selfAssign }] of commits.entries()) {
    const change = planResolveInCommit(after, commit, { at, actor }, selfAssign);
    const isQuiet = index > 0 || (isTold && issue.status === 'resolved');
    const assigned = change.activities
      .filter(({ type }) => type === activityTypes.assigned)
      .map((one) => ({ ...one, actor }));
    const others = isQuiet ? [] : change.activities.filter(({ type }) => type !== activityTypes.assigned);
    after = change.issue;
    told = {
      activities: [...told.activities, ...others, ...assigned],
      history: isQuiet ? told.history : change.history,
    };
  }
  return { issue: { ...after, revision: issue.revision + 1 }, ...told };
}
