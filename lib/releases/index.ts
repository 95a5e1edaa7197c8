export { createRelease, type ReleaseRequest } from './create-release.ts';
export {
  organizationReleaseBody,
  projectReleaseBody,
  type ReleaseBody,
  type ReleaseUpdateBody,
  releaseUpdateBody,
} from './release-body.ts';
export type { ContentsApp } from './release-contents.ts';
export { type ReleaseJson, releaseJson } from './release-json.ts';
export type { Repository } from './release-record.ts';
export { createRepository, listRepositories, repositoryInput } from './repositories.ts';
export { updateRelease } from './update-release.ts';
