import * as z from 'zod';
import { notifyIfReady } from '../../../lib/releases/index.ts';
import { setHeads } from './give-commits.ts';
import { giveRelease, giveRepositories, must } from './give-releases.ts';
import { releasesPath, type Stage } from './happening.ts';

/** Whether people are told of a deploy yet. */
export const deployForm = z.strictObject({
  notify_if_ready: z.strictObject({ fetch_complete: z.boolean().optional() }),
});

/** What is known when people are to be told of a deploy. */
export type Notifying = z.infer<typeof deployForm>;

/** Deploys a release that has so many commits and heads, and asks once more whether people are told. */
export async function notify({ world, given, happening }: Stage, { notify_if_ready: wish }: Notifying): Promise<void> {
  const version = given.releases[0]?.version ?? '1';
  happening.version = version;
  if (given.releases.length === 0) await giveRelease(world, { version });
  const heads = count(given.head_commits);
  const commits = count(given.commits);
  const names = Array.from({ length: heads }, (_, index) => `test/repo-${index}`);
  await giveRepositories(world, names);
  if (heads > 0) await setHeads(world, version, names);
  if (commits > 0) {
    const list = Array.from({ length: commits }, (_, index) => ({ id: `${index}`.repeat(40) }));
    must(await world.operator.put(releasesPath(world, version), { commits: list }), 200);
  }
  const deployed = await world.operator.post(`${releasesPath(world, version)}deploys/`, { environment: 'production' });
  must(deployed, 201);
  const deployId = deployed.body.id as string;
  happening.facts['deploy_id'] = deployId;
  const { fetch_complete: fetchComplete } = wish;
  await notifyIfReady(world.app, {
    organization: world.organization.slug,
    version,
    deployId,
    ...(fetchComplete !== undefined && { fetchComplete }),
  });
}

function count(given: readonly unknown[] | number | undefined): number {
  return typeof given === 'number' ? given : (given?.length ?? 0);
}
