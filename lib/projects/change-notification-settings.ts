import type { App } from '../platform/app.ts';
import { ConflictError, InvalidFieldsError } from '../platform/errors.ts';
import { orRefuse } from '../platform/or-refuse.ts';
import { findProjectsBySlugOrId } from './find-projects.ts';
import { messages } from './messages.ts';
import type { NotificationWish } from './notification-setting-body.ts';
import { deleteSetting, putSetting, type SettingAddress, type SettingOwner } from './notification-setting-store.ts';
import { checkActive, type Project } from './project-store.ts';
import type { ReachesTeam } from './reached-project.ts';

/**
 * Changes settings of a person or a team, all of them or none; of two about the same the later counts.
 * @throws InvalidFieldsError naming projects that do not exist or that the caller does not reach, ConflictError when one
 * is deleted at the same moment
 */
export async function changeNotificationSettings(
  app: Pick<App, 'table'>,
  { owner, wishes, reaches }: { owner: SettingOwner; wishes: readonly NotificationWish[]; reaches: ReachesTeam },
): Promise<void> {
  const projects = await reachedProjects(app, owner.organization, wishes, reaches);
  const wanted = new Map<string, { at: SettingAddress; value: NotificationWish['value'] }>();
  for (const { project, kind, value } of wishes) {
    const projectId = projects.get(project ?? '')?.id;
    const at = { ...owner, kind, ...(projectId !== undefined && { projectId }) };
    wanted.set(`${projectId} ${kind}`, { at, value });
  }
  // Nothing may be stored about a project after its deletion began: its settings are erased then.
  const checks = new Map([...projects.values()].map((project) => [project.id, checkActive(project)]));
  await orRefuse(
    app.table.write([
      ...checks.values(),
      ...[...wanted.values()].map(({ at, value }) =>
        value === 'default' ? deleteSetting(at) : putSetting({ ...at, value }),
      ),
    ]),
    (why) => new ConflictError(messages.projectJustDeleted, why),
  );
}

/** The projects that wishes name, by the name that they use. */
async function reachedProjects(
  app: Pick<App, 'table'>,
  organization: string,
  wishes: readonly NotificationWish[],
  reaches: ReachesTeam,
): Promise<Map<string, Project>> {
  const named = [...new Set(wishes.flatMap(({ project }) => project ?? []))];
  if (named.length === 0) return new Map();
  const { found } = await findProjectsBySlugOrId(app, organization, named);
  const reached = found.filter(({ team }) => reaches(team));
  const byName = new Map(
    reached.flatMap((project) => [[project.slug, project] as const, [project.id, project] as const]),
  );
  const refused = named.filter((name) => !byName.has(name));
  if (refused.length > 0) throw new InvalidFieldsError({ project: [messages.projectsUnknown(refused)] });
  return new Map(
    named.flatMap((name) => {
      const project = byName.get(name);
      return project === undefined ? [] : [[name, project] as const];
    }),
  );
}
