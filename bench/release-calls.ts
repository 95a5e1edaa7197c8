import { type CommitListOptions, commitsOf } from '../tests/support/commits-of.ts';
import type { StageRequest } from './stage.ts';

const releases = '/api/0/organizations/{org}/releases';

/** Creates a release of the projects `web` and `api`. */
export function createRelease(version: string): StageRequest {
  return { resource: releases, pathParameters: { org: 'acme' }, body: { version, projects: ['web', 'api'] } };
}

/** Gives a release its commits. */
export function setCommits(version: string, list: CommitListOptions): StageRequest {
  return {
    method: 'PUT',
    resource: `${releases}/{version}`,
    pathParameters: { org: 'acme', version },
    body: { commits: commitsOf(list) },
  };
}

/** Lists the newest hundred releases of the organization. */
export function listReleases(query: Record<string, string> = {}): StageRequest {
  return { method: 'GET', resource: releases, pathParameters: { org: 'acme' }, query: { per_page: '100', ...query } };
}

/** Lists a hundred releases of the project `web`. */
export function listProjectReleases(): StageRequest {
  return {
    method: 'GET',
    resource: '/api/0/projects/{org}/{project}/releases',
    pathParameters: { org: 'acme', project: 'web' },
    query: { per_page: '100' },
  };
}

/** What can be read under a release. */
type ReleasePart = '' | '/commits' | '/commitfiles' | '/deploys' | '/previous-with-commits';

/** Reads a release, or what is listed under it. */
export function readRelease(version: string, part: ReleasePart = ''): StageRequest {
  return { method: 'GET', resource: `${releases}/{version}${part}`, pathParameters: { org: 'acme', version } };
}

/** Records a deploy of a release to production. */
export function createDeploy(version: string): StageRequest {
  return {
    resource: `${releases}/{version}/deploys`,
    pathParameters: { org: 'acme', version },
    body: { environment: 'production' },
  };
}
