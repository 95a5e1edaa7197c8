import * as z from 'zod';
import { readAuthors } from '../../../lib/releases/author-store.ts';
import { readCommits } from '../../../lib/releases/commit-store.ts';
import { listRepositories } from '../../../lib/releases/index.ts';
import { type Checks, check, forms } from './checks.ts';
import { holds, same, sameMembers } from './compare.ts';
import { type Judged, releasesPath } from './happening.ts';
import { releaseCommits, showCommits, showRelease, storedRelease } from './look.ts';

const bySha = z.record(
  z.string(),
  z.strictObject({
    message: z.string().nullish(),
    author: z.string().nullish(),
    date_added: z.string().optional(),
    repository: z.string().optional(),
  }),
);

const headsForm = z.union([forms.count, forms.texts, z.record(z.string(), z.string())]);

const listOfCommits = check(forms.texts, async ({ world, version }, expected) =>
  same(await releaseCommits(world, version), expected),
);
const countOfCommits = check(forms.count, async (judged, expected) =>
  same((await shown(judged)).commitCount, expected),
);
const commitsAsTold = check(bySha, judgeCommits);

/** What commits the release has, and what is known of them. */
export const commitChecks: Checks = {
  release_commits: listOfCommits,
  /** Those that are known at all, of those that the case names. */
  commits: check(forms.texts, async (judged, expected) => {
    const named = JSON.stringify(judged.sent).match(/[\w-]+/g) ?? [];
    sameMembers(await knownOf(judged, [...new Set([...named, ...expected])]), expected);
  }),
  commitCount: countOfCommits,
  commit_count: countOfCommits,
  last_commit: check(z.union([forms.text, z.null()]), async (judged, expected) =>
    same((await shown(judged)).lastCommit?.id ?? null, expected),
  ),
  backfilled: commitsAsTold,
  kept: commitsAsTold,
  new: commitsAsTold,
  updated: commitsAsTold,
  commits_created: check(forms.texts, async (judged, expected) =>
    sameMembers(await knownOf(judged, expected), expected),
  ),
  head_commit: check(z.record(z.string(), z.string()), async ({ world, version }, expected) =>
    holds((await storedRelease(world, version))?.heads, expected),
  ),
  head_commits: check(headsForm, async ({ world, version }, expected) => {
    const heads = (await storedRelease(world, version))?.heads ?? {};
    if (typeof expected === 'number') same(Object.keys(heads).length, expected);
    else if (Array.isArray(expected)) sameMembers(Object.values(heads), expected);
    else same(heads, expected);
  }),
  authors: check(forms.texts, async (judged, expected) => same(await addresses(judged), expected)),
  authors_count: check(forms.count, async (judged, expected) => same((await addresses(judged)).length, expected)),
  author_email: check(forms.text, async (judged, expected) => same(await addresses(judged), [expected])),
  author: check(forms.record, async (judged, expected) => holds((await shown(judged)).authors[0], expected)),
  author_created: check(z.looseObject({ email: z.string() }), async ({ world }, expected) => {
    const authors = await readAuthors(world.app.table, world.organization.slug, [expected.email]);
    holds(authors.get(expected.email), expected);
  }),
  repository_created: check(
    z.union([forms.text.transform((name) => ({ name })), forms.record]),
    async ({ world }, expected) => {
      const { slug: organization, id } = world.organization;
      const repositories = await listRepositories(world.app, { organization });
      const wanted = { ...expected, name: String(expected['name']).replace('<org id>', id) };
      holds(
        repositories.find(({ name }) => name === wanted.name),
        wanted,
      );
    },
  ),
  file_changes: check(z.array(forms.texts), async ({ world, version }, expected) => {
    const { body } = await world.operator.get(`${releasesPath(world, version)}commitfiles/`);
    const files = (body as { filename: string; type: string }[]).map(({ filename, type }) => [filename, type]);
    same(files, expected);
  }),
};

async function knownOf({ world }: Judged, ids: readonly string[]): Promise<string[]> {
  const { slug: organization } = world.organization;
  const repositories = await listRepositories(world.app, { organization });
  const addresses = repositories.flatMap(({ id: repositoryId }) =>
    ids.map((id) => ({ organization, repositoryId, id })),
  );
  return [...(await readCommits(world.app.table, addresses)).values()].map(({ id }) => id);
}

async function shown({ world, version }: Judged) {
  return showRelease(world, version);
}

async function addresses(judged: Judged): Promise<string[]> {
  return (await shown(judged)).authors.map(({ email }: { email: string }) => email);
}

async function judgeCommits({ world, version }: Judged, expected: z.output<typeof bySha>): Promise<void> {
  const commits = await showCommits(world, version);
  for (const [sha, wanted] of Object.entries(expected)) {
    const found = commits.find(({ id }) => id === sha);
    const { message, author, date_added: date, repository } = wanted;
    holds(found, {
      id: sha,
      ...('message' in wanted && { message }),
      ...(author !== undefined && { 'author.email': author }),
      ...(repository !== undefined && { 'repository.name': repository }),
    });
    if (date !== undefined) same(Date.parse(found?.dateCreated), Date.parse(date));
  }
}
