export { createRelease, type ReleaseRequest } from './create-release.ts';
export { listProjectReleases, type ProjectReleaseListRequest } from './list-project-releases.ts';
export { listReleases, type ReleaseListRequest } from './list-releases.ts';
export { organizationReleaseBody, projectReleaseBody, type ReleaseBody } from './release-body.ts';
export { type ReleaseJson, releaseJson } from './release-json.ts';
export type { Repository } from './release-record.ts';
export { createRepository, listRepositories, repositoryInput } from './repositories.ts';
