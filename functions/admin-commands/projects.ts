import * as z from 'zod';
import { requireTeam } from '../../lib/organizations/index.ts';
import { NotFoundError } from '../../lib/platform/errors.ts';
import {
  createProject,
  deleteProject,
  findProject,
  listProjectActivities,
  listProjects,
  nameField,
  type Project,
  platformField,
  projectDsn,
  projectInput,
  slugField,
  updateProject,
} from '../../lib/projects/index.ts';
import { type AdminApp, type Commands, command, inOrganization } from './command.ts';

const changesInput = inOrganization.extend({
  project: z.string(),
  name: nameField.optional(),
  slug: slugField.optional(),
  platform: platformField.optional(),
  team: z.string().optional(),
  isInternal: z.boolean().optional(),
});

/** Projects, each with the address that its clients are configured with, and what happened in them. */
export const projectCommands: Commands = {
  'project.create': command(projectInput, async (app, input) => {
    if (input.team !== undefined) await requireTeam(app, input.organization, input.team);
    return withDsn(app, await createProject(app, input));
  }),
  'project.list': command(inOrganization, async (app, input) =>
    (await listProjects(app, input)).map((project) => withDsn(app, project)),
  ),
  'activity.list': command(inOrganization.extend({ project: z.string() }), async (app, input) => {
    const project = await findProject(app, input.organization, input.project);
    if (project === undefined) {
      throw new NotFoundError(`There is no project "${input.project}" in this organization.`);
    }
    return listProjectActivities(app, project.id);
  }),
  'project.update': command(changesInput, async (app, { organization, project, ...changes }) => {
    if (changes.team !== undefined) await requireTeam(app, organization, changes.team);
    return withDsn(app, await updateProject(app, { organization, project, changes }));
  }),
  'project.delete': command(inOrganization.extend({ project: z.string() }), deleteProject),
};

function withDsn(app: AdminApp, project: Project): Project & { readonly dsn: string } {
  return { ...project, dsn: projectDsn(app.publicUrl, project) };
}
