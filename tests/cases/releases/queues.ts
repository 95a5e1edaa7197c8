import { door as followUps } from '../../../functions/after-release.ts';
import { door as fetches } from '../../../functions/fetch-commits.ts';
import type { CommitProvider, FetchedCommit } from '../../../lib/releases/commit-provider.ts';
import type { World } from './world.ts';

/** Does what the queue of fetches asks for, with a provider that finds these commits, newest first. */
export async function fetchedFromProvider(world: World, found: readonly string[]): Promise<void> {
  const github: CommitProvider = { compare: async () => found.map(commit) };
  for (const message of world.app.fetches.takeAll()) {
    await fetches.handle({ ...world.app, commitProviders: { github } }, fetches.message.parse(message));
  }
}

/** Does what requests have left to be done after their answers. */
export async function settle(world: World): Promise<void> {
  for (const message of world.app.followUps.takeAll()) {
    await followUps.handle(world.app, followUps.message.parse(message));
  }
}

function commit(id: string): FetchedCommit {
  return { id, message: null, author_name: null, author_email: null, timestamp: null, patch_set: null };
}
