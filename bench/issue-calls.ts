import { createIssue, resolveIssuesInRelease } from '../lib/issues/index.ts';
import type { Stage } from './stage.ts';

/** Creates so many issues of the project `web`, WEB-1 first, and gives their IDs. */
export async function createIssues({ acme }: Stage, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const issue = await createIssue(acme.app, {
      organization: 'acme',
      project: 'web',
      title: `Issue number ${number}`,
    });
    ids.push(issue.id);
  }
  return ids;
}

/** Resolves issues in a release of this version. */
export async function resolveIssues({ acme }: Stage, ids: readonly string[], version: string): Promise<void> {
  await resolveIssuesInRelease(acme.app, {
    organization: 'acme',
    release: version,
    releaseId: version,
    issues: ids.map((issueId) => ({ issueId })),
  });
}
