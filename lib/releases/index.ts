export { createDeploy } from './create-deploy.ts';
export { createRelease, type ReleaseRequest } from './create-release.ts';
export { deleteRelease } from './delete-release.ts';
export { type DeployBody, organizationDeployBody, projectDeployBody } from './deploy-body.ts';
export { eraseProjectReleases } from './erase-project-releases.ts';
export type { ReleaseAddressed } from './find-release.ts';
export { listCommitFiles } from './list-commit-files.ts';
export { listDeploys } from './list-deploys.ts';
export { listProjectReleases, type ProjectReleaseListRequest } from './list-project-releases.ts';
export { type CommitListRequest, listReleaseCommits } from './list-release-commits.ts';
export { listReleases, type ReleaseListRequest } from './list-releases.ts';
export { markHealthData } from './mark-health-data.ts';
export { notifyIfReady, notifyPendingDeploys } from './notify-deploy.ts';
export { type ReleaseReadRequest, readRelease } from './read-release.ts';
export {
  organizationReleaseBody,
  projectReleaseBody,
  type ReleaseBody,
  type ReleaseUpdateBody,
  releaseUpdateBody,
} from './release-body.ts';
export type { ContentsApp } from './release-contents.ts';
export { commitFileJson, commitJson, deployJson, type ReleaseJson, releaseJson } from './release-json.ts';
export type { Repository } from './release-record.ts';
export { createRepository, listRepositories, repositoryInput } from './repositories.ts';
export { updateRelease } from './update-release.ts';
