import { updateMember, updateOrganization } from '../../../lib/organizations/index.ts';
import { createProject, updateProject } from '../../../lib/projects/index.ts';
import type { Engines } from '../../support/app-over-engines.ts';
import { giveCommits, giveHeads } from './give-commits.ts';
import { giveIssues } from './give-issues.ts';
import { giveDeploy, giveRelease, giveRepositories, must } from './give-releases.ts';
import type { Given, GivenRelease } from './given.ts';
import { releasesPath } from './happening.ts';
import { openTeams, openWorld, otherOrganization, people, teamOf, type World } from './world.ts';

/** The one that cases mean when they name none. */
const defaultProject = 'foo';
const minute = 60_000;

/** What else a case needs beside what it says. */
export interface Needs {
  /** Projects that what happens names, besides those that are given. */
  readonly projects: readonly string[];
  /** Teams that what happens names. */
  readonly teams: readonly string[];
  /** Whether there is a project anyway. */
  readonly anyProject: boolean;
}

/** Builds the world that a case begins with. Ends at the moment at which things happen. */
export async function buildWorld(engines: Engines, given: Given, needs: Needs): Promise<World> {
  const world = await openWorld(engines, given.org);
  const start = world.app.clock.now();
  const slugs = projectsOf(given, needs);
  const isJoined = membershipOf(given.user);
  await openTeams(world, [...slugs.map(teamOf), ...needs.teams], isJoined);
  for (const slug of slugs) {
    const input = { organization: given.org, name: slug, slug, team: teamOf(slug) };
    world.projects.set(slug, await createProject(world.app, input));
    if (given.internal_project === true) {
      await updateProject(world.app, { organization: given.org, project: slug, changes: { isInternal: true } });
    }
  }
  world.user = await userOf(world, given.user);
  await giveRepositories(world, given.repositories);
  const releases = allReleases(given);
  for (const [index, release] of releases.entries()) {
    world.app.clock.set(start - (releases.length - index) * minute);
    await giveRelease(world, release);
  }
  if (given.other_org_releases.length > 0) await giveOtherReleases(world, given.other_org_releases);
  world.app.clock.set(start);
  await giveContents(world, given);
  if (given.disable_member_project_creation === true) {
    await updateOrganization(world.app, { slug: given.org, membersCreateProjects: false });
  }
  const selfAssignIssues = given.user_option?.self_assign_issue === '1' ? 'on' : 'off';
  await updateMember(world.app, { organization: given.org, email: people.member, selfAssignIssues });
  await giveIssues(world, given);
  await giveCommits(world, given);
  await giveHeads(world, given);
  return world;
}

/** What the first release has, unless a deploy says of which it is. */
async function giveContents(world: World, given: Given): Promise<void> {
  const version = given.releases[0]?.version ?? '';
  if (given.release_commits.length > 0) {
    const commits = given.release_commits.map((id) => ({ id }));
    must(await world.operator.put(releasesPath(world, version), { commits }), 200);
  }
  for (const deploy of given.deploys) await giveDeploy(world, deploy.release ?? version, deploy);
}

function projectsOf(given: Given, needs: Needs): string[] {
  const named = [
    ...given.projects,
    ...(given.project === undefined ? [] : [given.project]),
    ...given.releases.flatMap(({ projects = [], envs = [] }) => [...projects, ...envs.map(projectOfEnvironment)]),
    ...Object.values(given.envs),
    ...given.groups.map(({ short_id }) => short_id.slice(0, short_id.lastIndexOf('-')).toLowerCase()),
    ...needs.projects,
  ];
  return [...new Set(named.length === 0 && needs.anyProject ? [defaultProject] : named)];
}

function projectOfEnvironment(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1);
}

/** Releases in the order in which they are made. */
function allReleases(given: Given): GivenRelease[] {
  return [...given.earlier_releases, ...given.releases, ...given.releases_in_creation_order].map((release) =>
    typeof release === 'string' ? { version: release } : release,
  );
}

/** Which teams the user of a case is in. */
function membershipOf(user: string | undefined): (team: string) => boolean {
  const only = /^member of (\S+)'s team only$/.exec(user ?? '')?.[1];
  if (only !== undefined) return (team) => team === teamOf(only);
  return () => !/\bno team\b|not (a )?member/i.test(user ?? '');
}

/** Cases speak of members of teams, of an owner, or of nobody in particular, which is a member too. */
async function userOf(world: World, user = 'member'): Promise<World['user']> {
  const email = /\b(owner|manager|superuser|admin)\b/i.test(user) ? people.owner : people.member;
  if (!/member|owner|manager|superuser|admin/i.test(user)) throw new Error(`there is no user such as "${user}"`);
  const scopes = ['org:read', 'project:read', 'project:write', 'project:admin', 'project:releases'] as const;
  return world.clientWith({ scopes, email });
}

async function giveOtherReleases(world: World, versions: readonly string[]): Promise<void> {
  await createProject(world.app, { organization: otherOrganization, name: 'Other', slug: 'elsewhere' });
  const client = await world.clientWith({ scopes: ['project:releases'], organization: otherOrganization });
  for (const version of versions) {
    await client.post(`/api/0/projects/${otherOrganization}/elsewhere/releases/`, { version });
  }
}
