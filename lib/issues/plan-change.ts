import type { IssueChange } from './issue-record-store.ts';
import type { Issue } from './issue-store.ts';
import { activityTypes } from './issue-words.ts';

/** When a change happens and who makes it. */
export interface Occasion {
  readonly at: string;
  /** ID of a user; absent when nobody in particular. */
  readonly actor?: string | undefined;
}

/** Resolved by hand. Nothing when it is resolved already: what is known of how stays. */
export function planResolve(issue: Issue, occasion: Occasion): IssueChange | undefined {
  if (issue.status === 'resolved') return undefined;
  return {
    issue: resolved(issue, occasion.at, undefined),
    activities: [{ type: activityTypes.setResolved }],
    history: [{ status: 'resolved' }],
  };
}

/** Resolved as of whichever release comes after the newest one in which it was seen. */
export function planResolveInNextRelease(issue: Issue, { at, actor }: Occasion): IssueChange | undefined {
  if (issue.status === 'resolved' && issue.resolution?.type === 'in_next_release') return undefined;
  const release = issue.lastRelease;
  return {
    issue: resolved(issue, at, { type: 'in_next_release', status: 'pending', release, actor, at }),
    activities: [{ type: activityTypes.setResolvedInRelease, data: { inNextRelease: 'true' } }],
    history: [{ status: 'resolved' }],
  };
}

/** Resolved in a release that has the fix. That this happens once for a release is the caller's business. */
export function planResolveInRelease(issue: Issue, release: string, { at, actor }: Occasion): IssueChange {
  return {
    issue: resolved(issue, at, { type: 'in_release', status: 'resolved', release, actor, at }),
    activities: [{ type: activityTypes.setResolvedInRelease, data: { version: release } }],
    history: [{ status: 'resolved', release }],
  };
}

/** Resolved by hand in a release that is named. Nothing when that is known already. */
export function planNameRelease(issue: Issue, release: string, occasion: Occasion): IssueChange | undefined {
  const { status, resolution } = issue;
  const known = status === 'resolved' && resolution?.type === 'in_release' && resolution.release === release;
  return known ? undefined : planResolveInRelease(issue, release, occasion);
}

/**
 * Resolved as of the next release, which is there now: the resolution has its release. Nothing when the issue is in
 * another state by now, was resolved after that release came, or was last seen in that very release.
 */
export function planSettle(
  issue: Issue,
  { release, addedAt }: { readonly release: string; readonly addedAt?: string | undefined },
): IssueChange | undefined {
  const { status, resolution } = issue;
  if (status !== 'resolved' || resolution?.status !== 'pending' || resolution.release === release) return undefined;
  if (addedAt !== undefined && resolution.at > addedAt) return undefined;
  return {
    issue: next(issue, { resolution: { ...resolution, type: 'in_release', status: 'resolved', release } }),
    activities: [{ type: activityTypes.setResolvedInRelease, data: { version: release } }],
    history: [],
  };
}

/**
 * Resolved by a commit that says so. What is known of a release stays, when it is resolved in one already. Whose commit it
 * is hears of the issue from now on, and takes it when they want that and nobody has it.
 */
export function planResolveInCommit(
  issue: Issue,
  commit: string,
  { at, actor }: Occasion,
  selfAssign = false,
): IssueChange {
  const known = issue.status === 'resolved' ? issue.resolution : undefined;
  const taken = selfAssign && actor !== undefined && issue.assignee === undefined ? actor : undefined;
  return {
    issue: {
      ...resolved(issue, at, known),
      subscribers: withSubscriber(issue, actor),
      assignee: taken ?? issue.assignee,
    },
    activities: [
      { type: activityTypes.setResolvedInCommit, data: { commit } },
      ...(taken === undefined ? [] : [{ type: activityTypes.assigned, data: { assignee: taken } }]),
    ],
    history: [{ status: 'set_resolved_in_commit' }],
  };
}

/** Somebody looks after it from now on, or (`null`) nobody does. */
export function planAssign(issue: Issue, assignee: string | null): IssueChange | undefined {
  if ((issue.assignee ?? null) === assignee) return undefined;
  return {
    issue: next(issue, {
      assignee: assignee ?? undefined,
      ...(assignee !== null && { subscribers: withSubscriber(issue, assignee) }),
    }),
    activities: [
      assignee === null ? { type: activityTypes.unassigned } : { type: activityTypes.assigned, data: { assignee } },
    ],
    history: [],
  };
}

/** A commit does not say any more that it fixes the issue: if it is resolved, it is open again. */
export function planUnlink(issue: Issue): IssueChange {
  return planUnresolve(issue, 'resolved') ?? { issue: next(issue, {}), activities: [], history: [] };
}

/** Open again, by hand. Nothing when it is open, or when it is not in the state that is named. */
export function planUnresolve(issue: Issue, only?: Issue['status']): IssueChange | undefined {
  if (issue.status === 'unresolved' || (only !== undefined && issue.status !== only)) return undefined;
  return {
    issue: next(issue, {
      status: 'unresolved',
      substatus: 'ongoing',
      resolution: undefined,
      resolvedAt: undefined,
    }),
    activities: [{ type: activityTypes.setUnresolved }],
    history: [{ status: 'unresolved' }],
  };
}

/** Put aside for good. */
export function planIgnore(issue: Issue): IssueChange | undefined {
  if (issue.status === 'ignored') return undefined;
  return {
    issue: next(issue, {
      status: 'ignored',
      substatus: 'archived_forever',
      inbox: undefined,
      resolution: undefined,
      resolvedAt: undefined,
    }),
    activities: [{ type: activityTypes.setIgnored }],
    history: [{ status: 'ignored' }],
  };
}

/** Out of the inbox because somebody looked at it. Without a person there is nobody to tell of. */
export function planMarkReviewed(issue: Issue, { actor }: Occasion): IssueChange | undefined {
  if (issue.inbox === undefined) return undefined;
  return {
    issue: next(issue, { inbox: undefined }),
    activities: actor === undefined ? [] : [{ type: activityTypes.markReviewed }],
    history: actor === undefined ? [] : [{ status: 'reviewed' }],
  };
}

/** Seen again although it was resolved. */
export function planRegress(issue: Issue, release: string | undefined, { at }: Occasion): IssueChange | undefined {
  if (issue.status !== 'resolved') return undefined;
  return {
    issue: next(issue, {
      status: 'unresolved',
      substatus: 'regressed',
      resolution: undefined,
      resolvedAt: undefined,
      inbox: { reason: 'regression', addedAt: at },
      // The list is in the order of this time: it never goes back.
      lastSeen: at > issue.lastSeen ? at : issue.lastSeen,
      lastRelease: release ?? issue.lastRelease,
    }),
    activities: [{ type: activityTypes.setRegression, ...(release !== undefined && { data: { version: release } }) }],
    history: [{ status: 'regressed', release }],
  };
}

/** Several changes as one; each is planned on what those before it make of the issue. */
export function planAll(
  issue: Issue,
  plans: readonly ((issue: Issue) => IssueChange | undefined)[],
): IssueChange | undefined {
  let whole: IssueChange | undefined;
  for (const plan of plans) {
    const change = plan(whole?.issue ?? issue);
    if (change === undefined) continue;
    whole = {
      issue: { ...change.issue, revision: issue.revision + 1 },
      activities: [...(whole?.activities ?? []), ...change.activities],
      history: [...(whole?.history ?? []), ...change.history],
    };
  }
  return whole;
}

function withSubscriber({ subscribers }: Issue, userId: string | undefined): Issue['subscribers'] {
  return userId === undefined || subscribers?.includes(userId) ? subscribers : [...(subscribers ?? []), userId];
}

function resolved(issue: Issue, at: string, resolution: Issue['resolution']): Issue {
  return next(issue, {
    status: 'resolved',
    substatus: null,
    inbox: undefined,
    resolution,
    resolvedAt: (issue.status === 'resolved' ? issue.resolvedAt : undefined) ?? at,
  });
}

function next(issue: Issue, changes: Partial<Issue>): Issue {
  return { ...issue, ...changes, revision: issue.revision + 1 };
}
