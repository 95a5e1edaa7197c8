export { createRelease, type ReleaseRequest } from './create-release.ts';
export { organizationReleaseBody, projectReleaseBody, type ReleaseBody } from './release-body.ts';
export { createRepository, listRepositories, repositoryInput } from './repositories.ts';
export type { Repository } from './repository-store.ts';
export type { ReleaseJson } from './serialize-release.ts';
