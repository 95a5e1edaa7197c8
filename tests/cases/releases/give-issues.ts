import { createIssue, updateIssues } from '../../../lib/issues/index.ts';
import { markHealthData } from '../../../lib/releases/index.ts';
import { giveRelease } from './give-releases.ts';
import type { Given, GivenGroup } from './given.ts';
import type { World } from './world.ts';

/** Makes the issues of a case, and what else holds on to its release. */
export async function giveIssues(world: World, given: Given): Promise<void> {
  for (const group of given.groups) await giveIssue(world, group);
  const { slug: organization } = world.organization;
  const [project] = world.projects.values();
  const version = given.releases[0]?.version;
  if (given.resolution !== undefined) {
    await giveRelease(world, { version: given.resolution.release });
    const issueIds = [...world.issues.values()];
    await updateIssues(world.app, { organization, issueIds, status: 'resolvedInNextRelease' });
  }
  if (project === undefined || version === undefined) return;
  if (given.group_first_seen_in_release === true) {
    await createIssue(world.app, { organization, project: project.slug, title: 'It fails', release: version });
  }
  if (given.release_has_health_data === true) {
    await markHealthData(world.app, { organization, version, projectId: project.id });
  }
}

/** Numbers are given out one after the other, so that some may have to be made on the way. */
async function giveIssue(world: World, group: GivenGroup): Promise<void> {
  const { short_id: shortId, in_inbox: inInbox, status, assignee } = group;
  const { slug: organization } = world.organization;
  const project = shortId.slice(0, shortId.lastIndexOf('-')).toLowerCase();
  let id = world.issues.get(shortId);
  while (id === undefined) {
    const made = await createIssue(world.app, { organization, project, title: 'It fails' });
    world.issues.set(made.shortId, made.id);
    if (made.shortId.length > shortId.length) throw new Error(`no issue can be ${shortId}`);
    id = world.issues.get(shortId);
  }
  const about = { organization, issueIds: [id] };
  if (status !== undefined) await updateIssues(world.app, { ...about, status });
  if (inInbox === false) await updateIssues(world.app, { ...about, inbox: false });
  if (assignee != null) await updateIssues(world.app, { ...about, assignee: world.memberId });
}
