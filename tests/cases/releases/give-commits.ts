import { itemOfAuthor } from '../../../lib/releases/author-store.ts';
import { commitWrite, writeCommits } from '../../../lib/releases/commit-store.ts';
import { createRepository, listRepositories } from '../../../lib/releases/index.ts';
import { must } from './give-releases.ts';
import type { Given } from './given.ts';
import { people, type World } from './world.ts';

/** Where commits come from when a case does not say. */
export const defaultRepository = 'test/repo';

/** Stores commits that are known, although no release has them: as a release leaves them that is deleted later. */
export async function giveCommits(world: World, { commits, repositories }: Given): Promise<void> {
  const { slug: organization } = world.organization;
  if (commits === undefined || typeof commits === 'number') return;
  for (const { key, repository = repositories[0] ?? defaultRepository, author, date_added, message } of commits) {
    const email = author == null ? undefined : addressOf(author);
    if (email !== undefined) await giveAuthor(world, email);
    const stored = {
      organization,
      repositoryId: await repositoryId(world, repository),
      id: key,
      message: message ?? null,
      dateCreated: new Date(date_added ?? world.app.clock.now()).toISOString(),
      ...(email !== undefined && { authorEmail: email }),
      revision: 1,
    };
    await writeCommits(world.app.table, [commitWrite(undefined, stored)]);
  }
}

/** Gives the release of a case its heads; it gets its commits, if any, afterwards. */
export async function giveHeads(world: World, { head_commits: heads = [], releases }: Given): Promise<void> {
  const version = releases[0]?.version;
  if (version === undefined || typeof heads === 'number' || heads.length === 0) return;
  for (const name of heads) await repositoryId(world, name);
  await setHeads(world, version, heads);
}

/** Names a commit of each repository. */
export async function setHeads(world: World, version: string, repositories: readonly string[]): Promise<void> {
  const refs = repositories.map((repository, index) => ({ repository, commit: `${index}`.repeat(40) }));
  const path = `/api/0/organizations/${world.organization.slug}/releases/${encodeURIComponent(version)}/`;
  must(await world.operator.put(path, { refs }), 200);
  world.app.fetches.takeAll();
}

/** Makes the repository unless it is there. */
export async function repositoryId(world: World, name: string): Promise<string> {
  const { slug: organization } = world.organization;
  const known = (await listRepositories(world.app, { organization })).find((one) => one.name === name);
  return (known ?? (await createRepository(world.app, { organization, name }))).id;
}

/** The address of an author as the cases speak of them. */
export function addressOf(author: string): string {
  if (author.includes('@')) return author.toLowerCase();
  if (/unverified|not a member|stranger|unknown/i.test(author)) return 'stranger@example.com';
  if (/member|user/i.test(author)) return people.member;
  throw new Error(`there is no author such as "${author}"`);
}

async function giveAuthor(world: World, email: string): Promise<void> {
  const isMember = email === people.member;
  const author = { email, name: null, ...(isMember && { userId: world.memberId }) };
  await world.app.table.put(itemOfAuthor(world.organization.slug, author));
}
