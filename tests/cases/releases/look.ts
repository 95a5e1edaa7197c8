import { lookUp } from '../../../lib/platform/lookup.ts';
import type { Release } from '../../../lib/releases/release-record.ts';
import { releaseLookup } from '../../../lib/releases/release-store.ts';
import type { ApiAnswer } from '../../support/api.ts';
import { releasesPath } from './happening.ts';
import type { World } from './world.ts';

/** The release as the API shows it; undefined when it shows none. */
export async function showRelease(world: World, version: string | undefined): Promise<ApiAnswer['body']> {
  if (version === undefined) throw new Error('the case names no release');
  const { status, body } = await world.operator.get(releasesPath(world, version));
  return status === 200 ? body : undefined;
}

/** The commits of the release as the API shows them, newest first. */
export async function showCommits(world: World, version: string | undefined): Promise<ApiAnswer['body'][]> {
  if (version === undefined) throw new Error('the case names no release');
  const { status, body } = await world.operator.get(`${releasesPath(world, version)}commits/`);
  return status === 200 ? body : [];
}

/** IDs of the commits of the release, newest first. */
export async function releaseCommits(world: World, version: string | undefined): Promise<string[]> {
  return (await showCommits(world, version)).map(({ id }) => id as string);
}

/** The release with what the API does not show of it. */
export async function storedRelease(world: World, version = ''): Promise<Release | undefined> {
  const [release] = await lookUp(world.app.table, [releaseLookup(world.organization.slug, version)]);
  return release;
}
