import * as z from 'zod';
import { findIssue } from '../../../lib/issues/index.ts';
import { commitsField } from '../../../lib/releases/commit-body.ts';
import { setCommits } from '../../../lib/releases/set-commits.ts';
import { addressOf, defaultRepository } from './give-commits.ts';
import { must } from './give-releases.ts';
import { releasesPath, type Stage } from './happening.ts';
import { storedRelease } from './look.ts';
import { settle } from './queues.ts';

const record = z.record(z.string(), z.unknown());

/** What becomes of commits and refs. */
export const commitForm = z.union([
  z.strictObject({ release: z.string().optional(), set_commits: z.array(record) }),
  z.strictObject({ release: z.string().optional(), set_refs: z.array(record), fetch: z.boolean().optional() }),
  z.strictObject({
    create_commit: z.strictObject({
      key: z.string().optional(),
      repository: z.string().optional(),
      message: z.string().nullish(),
      author: z.string().nullish(),
    }),
    then_set_message: z.union([z.string(), z.array(z.string())]).optional(),
  }),
]);

/** What is done with commits. */
export type CommitDeed = z.infer<typeof commitForm>;

const newVersion = 'abcabcabc';

/** Gives a release commits or refs through the API. A commit on its own is there as soon as a release has it. */
export async function doWithCommits(stage: Stage, deed: CommitDeed): Promise<void> {
  const { world, given, happening } = stage;
  const named = 'create_commit' in deed ? undefined : deed.release;
  const version = named ?? given.releases[0]?.version ?? newVersion;
  happening.version = version;
  if ((await storedRelease(world, version)) === undefined) {
    const projects = [...world.projects.keys()];
    must(await world.operator.post(releasesPath(world), { version, projects }), 201);
    await settle(world);
  }
  if ('set_refs' in deed) await setRefs(stage, deed.set_refs);
  else if ('set_commits' in deed) await putCommits(stage, deed.set_commits);
  else await createCommit(stage, deed);
}

async function setRefs({ world, happening }: Stage, refs: readonly unknown[]): Promise<void> {
  const answer = await world.user.put(releasesPath(world, happening.version), { refs });
  happening.answers.push(answer);
  happening.sent.push(refs);
  const isRefused = answer.status === 400 && 'refs' in answer.body;
  happening.facts['error'] = isRefused ? 'InvalidRepository' : null;
}

async function putCommits({ world, happening }: Stage, commits: readonly unknown[]): Promise<void> {
  happening.sent.push(commits);
  const release = await storedRelease(world, happening.version);
  // What a provider tells passes no door: texts that a request may not have are cut.
  const parsed = commitsField.safeParse(commits);
  if (!parsed.success && release !== undefined) {
    await setCommits(world.app, { release, commits: commits as Parameters<typeof setCommits>[1]['commits'] });
    return;
  }
  happening.answers.push(await world.user.put(releasesPath(world, happening.version), { commits }));
}

async function createCommit(stage: Stage, deed: Extract<CommitDeed, { create_commit: unknown }>): Promise<void> {
  const { key: id = 'a'.repeat(40), repository, message, author } = deed.create_commit;
  const commit = {
    id,
    repository: repository ?? stage.given.repositories[0] ?? defaultRepository,
    message,
    ...(author != null && { author_email: addressOf(author) }),
  };
  const resolved: boolean[] = [];
  for (const text of [message, ...[deed.then_set_message ?? []].flat()]) {
    await putCommits(stage, [{ ...commit, message: text }]);
    must(stage.happening.answers.at(-1) ?? { status: 0, body: 'no answer' }, 200);
    resolved.push(await isResolved(stage));
  }
  stage.happening.facts['resolved_after_each'] = resolved;
}

async function isResolved({ world }: Stage): Promise<boolean> {
  const [shortId = ''] = world.issues.keys();
  return (await findIssue(world.app, { organization: world.organization.slug, issue: shortId })).status === 'resolved';
}
