import { createRepository } from '../../../lib/releases/index.ts';
import type { GivenDeploy, GivenRelease } from './given.ts';
import { releasesPath } from './happening.ts';
import { settle } from './queues.ts';
import type { World } from './world.ts';

/** Repositories that GitHub hosts, as those of the cases are hosted somewhere from where commits can be fetched. */
export async function giveRepositories(world: World, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await createRepository(world.app, { organization: world.organization.slug, name, provider: 'github' });
  }
}

/** Makes a release through the API, at the moment at which the case says that it was made. */
export async function giveRelease(world: World, release: GivenRelease): Promise<void> {
  const {
    version,
    projects = firstProject(world),
    date_added,
    date_released,
    status,
    ref,
    url,
    envs,
    commits,
  } = release;
  if (date_added !== undefined) world.app.clock.set(date_added);
  const body = {
    version,
    projects,
    ...(date_released != null && { dateReleased: withTime(date_released) }),
    ...(status != null && { status }),
    ...(ref != null && { ref }),
    ...(url != null && { url }),
    ...(commits !== undefined && { commits }),
  };
  must(await world.operator.post(releasesPath(world), body), 201);
  for (const environment of envs ?? []) {
    const slash = environment.lastIndexOf('/');
    const deploy = { environment: environment.slice(0, slash), projects: [environment.slice(slash + 1)] };
    await giveDeploy(world, version, deploy);
  }
  await settle(world);
}

/** Deploys the release, which may be of another name than the case's first. */
export async function giveDeploy(world: World, version: string, deploy: GivenDeploy): Promise<void> {
  const { environment, projects, name, url, date_started: dateStarted, date_finished: dateFinished } = deploy;
  const body = { environment, projects, name, url, dateStarted, dateFinished };
  must(await world.operator.post(`${releasesPath(world, version)}deploys/`, body), 201);
}

/** What prepares the world has to work; otherwise the case says nothing. */
export function must(answer: { readonly status: number; readonly body: unknown }, status: number): void {
  // No AssertionError: nothing that a case expects has been looked at yet.
  if (answer.status !== status) {
    throw new Error(`the world cannot be prepared: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}

function firstProject(world: World): string[] {
  return [...world.projects.keys()].slice(0, 1);
}

/** Days as the cases write them. */
function withTime(date: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? `${date}T00:00:00Z` : date;
}
