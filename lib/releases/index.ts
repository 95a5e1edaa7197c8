export { createDeploy } from './create-deploy.ts';
export { createRelease, type ReleaseRequest } from './create-release.ts';
export { type DeployBody, organizationDeployBody, projectDeployBody } from './deploy-body.ts';
export { listDeploys } from './list-deploys.ts';
export { markHealthData } from './mark-health-data.ts';
export { notifyIfReady, notifyPendingDeploys } from './notify-deploy.ts';
export {
  organizationReleaseBody,
  projectReleaseBody,
  type ReleaseBody,
  type ReleaseUpdateBody,
  releaseUpdateBody,
} from './release-body.ts';
export type { ContentsApp } from './release-contents.ts';
export { deployJson, type ReleaseJson, releaseJson } from './release-json.ts';
export type { Repository } from './release-record.ts';
export { createRepository, listRepositories, repositoryInput } from './repositories.ts';
export { updateRelease } from './update-release.ts';
