import * as z from 'zod';
import { findIssue, listHistory, listIssuesOfCommit } from '../../../lib/issues/index.ts';
import { type Checks, check, forms } from './checks.ts';
import { holds, same } from './compare.ts';
import { defaultRepository } from './give-commits.ts';
import type { Judged } from './happening.ts';
import { showCommits } from './look.ts';

const group = z.strictObject({
  status: z.enum(['resolved', 'unresolved', 'ignored']).optional(),
  substatus: z.string().nullish(),
  in_inbox: z.boolean().optional(),
  resolved_at: z.union([z.literal('set'), z.null()]).optional(),
});

const resolution = z.strictObject({
  group: z.string().optional(),
  release: z.string().optional(),
  type: z.string().optional(),
  status: z.string().optional(),
  actor: z
    .string()
    .regex(/member|user/i)
    .nullish(),
});

const link = z.strictObject({ type: z.literal('commit'), relationship: z.literal('resolves') });
const who = z.union([z.literal('the member'), z.null()]);

/** What became of the issues. */
export const issueChecks: Checks = {
  group: check(group, async (judged, { in_inbox: inInbox, resolved_at: resolvedAt, ...expected }) => {
    const issue = await theIssue(judged);
    holds(issue, { ...expected, ...(resolvedAt !== undefined && { resolvedAt }) });
    if (inInbox !== undefined) same(issue.inbox !== undefined, inInbox);
  }),
  resolved: check(forms.flag, async (judged, expected) =>
    same((await theIssue(judged)).status === 'resolved', expected),
  ),
  in_inbox: check(forms.flag, async (judged, expected) => same((await theIssue(judged)).inbox !== undefined, expected)),
  resolution: check(z.union([resolution, z.null()]), async (judged, expected) => {
    if (expected === null) return same((await theIssue(judged)).resolution, undefined);
    const { group: shortId, actor, ...parts } = expected;
    const issue = await theIssue(judged, shortId);
    holds(issue.resolution, { ...parts, ...(actor !== undefined && { actor: idOf(judged, actor) }) });
  }),
  history: check(forms.text, async (judged, expected) => {
    const { id: issue } = await theIssue(judged);
    const entries = await listHistory(judged.world.app, { organization: judged.world.organization.slug, issue });
    same(entries.map(({ status }) => status as string).includes(expected) ? expected : entries, expected);
  }),
  assignee: check(who, async (judged, expected) =>
    same((await theIssue(judged)).assignee ?? null, idOf(judged, expected)),
  ),
  subscribed: check(z.array(who), async (judged, expected) =>
    same(
      (await theIssue(judged)).subscribers ?? [],
      expected.map((one) => idOf(judged, one)),
    ),
  ),
  group_link: check(link, async (judged) => {
    const { id } = await theIssue(judged);
    same((await linkedIssues(judged)).includes(id), true);
  }),
  group_links: check(forms.count, async (judged, expected) => same((await linkedIssues(judged)).length, expected)),
};

async function theIssue({ world }: Judged, shortId?: string) {
  const issue = shortId ?? [...world.issues.keys()][0];
  if (issue === undefined) throw new Error('the case gives no issue');
  return findIssue(world.app, { organization: world.organization.slug, issue });
}

function idOf({ world }: Judged, person: string | null): string | null {
  return person === null ? null : world.memberId;
}

async function linkedIssues({ world, version }: Judged): Promise<string[]> {
  const commits = await showCommits(world, version);
  const { slug: organization } = world.organization;
  const links = commits.map(({ id, repository }) =>
    listIssuesOfCommit(world.app, {
      organization,
      commit: { repository: repository.name ?? defaultRepository, id },
    }),
  );
  return (await Promise.all(links)).flat();
}
