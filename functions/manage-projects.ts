import * as z from 'zod';
import { allowProjectCreation } from '../lib/organizations/index.ts';
import type { App } from '../lib/platform/app.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { createProject, type DeletionApp, type DeletionMessage, deleteProject } from '../lib/projects/index.ts';
import * as endpoints from './api-endpoints/projects.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import { changeProject } from './middleware/change-project.ts';
import { idParts, idSettings } from './middleware/id-parts.ts';
import { reachOf } from './middleware/reach.ts';
import { showProject } from './middleware/show-projects.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = idSettings.extend({ DELETIONS_QUEUE_URL: z.url() });

type ManageProjectsApp = ApiApp & DeletionApp & Pick<App, 'ids'>;

/** Everything that makes, changes and deletes projects. */
export const served = [
  serve(
    endpoints.createProject,
    async (app: ManageProjectsApp, { caller, path: { org, team }, body }) => {
      const { slug } = await allowProjectCreation(app, caller, { organization: org, team });
      const project = await createProject(app, {
        organization: org,
        team: slug,
        name: body.name,
        ...(body.slug != null && { slug: body.slug }),
        ...(body.platform && { platform: body.platform }),
      });
      return { status: 201, body: await showProject(app, caller, project) };
    },
    { notesUse: true },
  ),

  serve(
    endpoints.updateProject,
    async (app: ManageProjectsApp, { caller, path, body }) => {
      const project = await changeProject(app, caller, path, body);
      return { status: 200, body: await showProject(app, caller, project) };
    },
    { notesUse: true },
  ),

  serve(
    endpoints.deleteProject,
    async (app: ManageProjectsApp, { caller, path: { org, project } }) => {
      await deleteProject(app, { organization: org, project, reaches: await reachOf(app, caller) });
      return { status: 204 };
    },
    { notesUse: true },
  ),
];

export const handler = apiDoor(
  'manage-projects',
  served,
  appSource(settings, async (config, { clock }) => {
    const { parts } = await idParts(config, clock);
    return {
      ...parts,
      deletions: sqsQueue<DeletionMessage>(config.DELETIONS_QUEUE_URL),
      randomText,
    };
  }),
);
