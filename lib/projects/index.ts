export { authenticateProjectKey, type SentKey } from './authenticate-project-key.ts';
export { createProject, projectInput } from './create-project.ts';
export { deleteProject } from './delete-project.ts';
export {
  type FoundProjects,
  findProject,
  findProjectsBySlugOrId,
  listProjects,
  projectsLookup,
} from './find-projects.ts';
export {
  eraseProjectActivities,
  listProjectActivities,
  type ProjectActivity,
  projectActivityTypes,
  tellActivity,
} from './project-activity-store.ts';
export { findProjectKey, projectDsn } from './project-key.ts';
export type { ProjectKey } from './project-key-store.ts';
export type { Project } from './project-store.ts';
