import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import type { Project } from '../projects/index.ts';
import type { IssueJson, PersonJson } from './issue-json.ts';
import type { Issue } from './issue-store.ts';
import type { IssueViewer } from './issue-viewer.ts';

/** The people who are shown beside issues, by user ID; who has left the organization is missing. */
export type People = ReadonlyMap<string, PersonJson>;

/** Shows issues with the people that they name, who are read at once. */
export async function serializeIssues(
  app: Pick<App, 'table'>,
  issues: readonly Issue[],
  projects: ReadonlyMap<string, Project>,
  viewer: IssueViewer,
): Promise<IssueJson[]> {
  const people = await readPeople(
    app,
    viewer,
    issues.flatMap(({ assignee, resolution, subscribers = [] }) => [assignee, resolution?.actor, ...subscribers]),
  );
  return issues.flatMap((issue) => {
    const project = projects.get(issue.projectId);
    return project === undefined ? [] : [serializeIssue(issue, project, people, viewer)];
  });
}

/** The people with these user IDs, each asked for once; without any, nothing is asked. */
export async function readPeople(
  app: Pick<App, 'table'>,
  viewer: IssueViewer,
  userIds: readonly (string | undefined)[],
): Promise<People> {
  const ids = [...new Set(userIds.filter((id) => id !== undefined))];
  if (ids.length === 0) return new Map();
  const found = await lookUp(
    app.table,
    ids.map((id) => viewer.person(id)),
  );
  return new Map(
    found.flatMap((person) => {
      if (person === undefined) return [];
      return [[person.userId, { id: person.userId, name: person.name, email: person.email }] as const];
    }),
  );
}

function serializeIssue(issue: Issue, project: Project, people: People, viewer: IssueViewer): IssueJson {
  const { assignee, subscribers = [], inbox } = issue;
  const assignedTo = assignee === undefined ? undefined : people.get(assignee);
  return {
    id: issue.id,
    shortId: issue.shortId,
    title: issue.title,
    culprit: issue.culprit ?? null,
    permalink: null,
    type: 'default',
    metadata: { title: issue.title },
    level: issue.level,
    status: issue.status,
    substatus: issue.substatus,
    statusDetails: statusDetails(issue, people),
    dateResolved: issue.resolvedAt ?? null,
    firstSeen: issue.firstSeen,
    lastSeen: issue.lastSeen,
    firstRelease: releaseOf(issue.firstRelease),
    lastRelease: releaseOf(issue.lastRelease),
    project: { id: project.id, slug: project.slug, name: project.name },
    inbox: inbox === undefined ? null : { reason: inbox.reason, dateAdded: inbox.addedAt },
    assignedTo: assignedTo === undefined ? null : { type: 'user', ...assignedTo },
    isSubscribed: viewer.userId !== undefined && subscribers.includes(viewer.userId),
    subscribers: subscribers.flatMap((id) => people.get(id) ?? []),
  };
}

function statusDetails({ status, resolution }: Issue, people: People): IssueJson['statusDetails'] {
  if (status !== 'resolved' || resolution === undefined) return {};
  const actor = resolution.actor === undefined ? undefined : people.get(resolution.actor);
  return {
    ...(resolution.status === 'pending' && { inNextRelease: true }),
    ...(resolution.status === 'resolved' && resolution.release !== undefined && { inRelease: resolution.release }),
    ...(actor && { actor }),
  };
}

function releaseOf(version: string | undefined): { readonly version: string } | null {
  return version === undefined ? null : { version };
}
