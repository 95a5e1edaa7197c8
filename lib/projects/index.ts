export { authenticateProjectKey } from './authenticate-project-key.ts';
export { changeNotificationSettings } from './change-notification-settings.ts';
export { createProject, projectInput } from './create-project.ts';
export { type DeletionApp, type DeletionMessage, deleteProject, deletionMessageSchema } from './delete-project.ts';
export { type EraseApp, eraseProject, type ProjectEraser } from './erase-project.ts';
export { type FoundProjects, findProject, listProjects, projectsLookup } from './find-projects.ts';
export { listNotificationSettings, notificationSettingJson } from './list-notification-settings.ts';
export { notificationSettingsBody } from './notification-setting-body.ts';
export type { SettingOwner } from './notification-setting-store.ts';
export { notificationSettingsFor } from './notification-settings-for.ts';
export { pageOfProjects } from './page-of-projects.ts';
export {
  eraseProjectActivities,
  listProjectActivities,
  type ProjectActivity,
  projectActivityTypes,
  readActivitiesBetween,
  tellActivity,
} from './project-activity-store.ts';
export { newProjectBody, projectChangesBody } from './project-body.ts';
export { nameField, platformField, slugField } from './project-fields.ts';
export { type ProjectJson, projectJson, serializeProject } from './project-json.ts';
export { findProjectKey, projectDsn } from './project-key.ts';
export type { ProjectKey } from './project-key-store.ts';
export type { Project } from './project-store.ts';
export { allReached, type ReachesTeam, reachedProject, requireKnownTeam } from './reached-project.ts';
export { hasNotificationSettings, teamSettingsWrites } from './team-settings-writes.ts';
export { updateProject } from './update-project.ts';
