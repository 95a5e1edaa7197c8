export { type AfterRelease, afterRelease, afterReleaseSchema } from './after-release.ts';
export { configuredProviders } from './commit-provider.ts';
export { createDeploy } from './create-deploy.ts';
export { type CreateReleaseApp, createRelease } from './create-release.ts';
export { deleteRelease } from './delete-release.ts';
export { deleteRepository } from './delete-repository.ts';
export { type DeployBody, organizationDeployBody, projectDeployBody } from './deploy-body.ts';
export { finishNotice, loadNotice, readNoticesBefore } from './deploy-notice-store.ts';
export { eraseProjectReleases } from './erase-project-releases.ts';
export { type FetchCommitsApp, fetchCommits } from './fetch-commits.ts';
export { type FetchMessage, fetchMessageSchema } from './fetch-message.ts';
export { githubCommits } from './github-commits.ts';
export { listCommitFiles } from './list-commit-files.ts';
export { listDeploys } from './list-deploys.ts';
export { listProjectReleases } from './list-project-releases.ts';
export { type CommitListRequest, listReleaseCommits } from './list-release-commits.ts';
export { listReleases } from './list-releases.ts';
export { markHealthData } from './mark-health-data.ts';
export { type DeployNoticeJob, notifyIfReady, type TellDeployApp } from './notify-deploy.ts';
export { pageRepositories } from './page-repositories.ts';
export { readRelease } from './read-release.ts';
export {
  organizationReleaseBody,
  projectReleaseBody,
  type ReleaseBody,
  type ReleaseUpdateBody,
  releaseUpdateBody,
} from './release-body.ts';
export type { ContentsApp } from './release-contents.ts';
export {
  commitFileJson,
  commitJson,
  deployJson,
  type ReleaseJson,
  releaseJson,
  repositoryJson,
} from './release-json.ts';
export type { Repository } from './release-record.ts';
export { addRepository, createRepository, listRepositories, repositoryBody, repositoryInput } from './repositories.ts';
export { showPreviousRelease } from './show-previous-release.ts';
export { updateRelease } from './update-release.ts';
