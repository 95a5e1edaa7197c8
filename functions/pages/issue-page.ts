import { html } from 'hono/html';
import type * as z from 'zod';
import type { IssueJson, issueActivityJson } from '../../lib/issues/index.ts';
import { factSection, facts, paragraphs } from './components.ts';
import { detailMessages as say } from './detail-messages.ts';
import { type Html, page } from './layout.ts';

/** All that the page of an issue is made of. */
export interface IssuePage {
  readonly issue: IssueJson;
  readonly activities: readonly z.infer<typeof issueActivityJson>[];
  readonly footer: Html;
}

/** An issue, how it stands, and what was done about it. */
export function issuePage({ issue, activities, footer }: IssuePage): string {
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
  const content = html`${paragraphs(issue.title)}${lines}${factSection(say.activities, done, say.noActivities)}`;
  return page({ title: issue.shortId, tone: issue.status === 'resolved' ? 'done' : 'ask', footer }, content);
}

function since(iso: string | null): string | undefined {
  return iso === null ? undefined : say.time(iso);
}
