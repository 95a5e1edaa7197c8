import { type MemberProfile, serializeUser } from '../organizations/index.ts';
import type { Project } from '../projects/index.ts';
import type { DeployJson, ReleaseJson, ReleaseProjectJson } from './release-json.ts';
import type { DeployRecord, Release } from './release-record.ts';
import { serializeAuthor, serializeCommit } from './serialize-commit.ts';
import { versionInfo } from './version-info.ts';

/** Shows a release with its projects, in the order of their slugs, and its owner. */
export function serializeRelease(
  release: Release,
  projects: readonly Project[],
  owner: MemberProfile | undefined,
): ReleaseJson {
  const lastCommit = release.commitList?.lastCommit;
  return {
    id: Number(release.id),
    version: release.version,
    status: release.status,
    shortVersion: release.version,
    versionInfo: versionInfo(release.version),
    ref: release.ref ?? null,
    url: release.url ?? null,
    dateReleased: release.dateReleased ?? null,
    dateCreated: release.dateAdded,
    data: {},
    newGroups: 0,
    owner: owner === undefined ? null : serializeUser(owner),
    commitCount: release.commitList?.count ?? 0,
    lastCommit: lastCommit === undefined ? null : serializeCommit(lastCommit, [release]),
    deployCount: release.deployCount ?? 0,
    lastDeploy: release.lastDeploy === undefined ? null : serializeDeploy(release.lastDeploy),
    authors: (release.commitList?.authors ?? []).map(serializeAuthor),
    refs: release.refs ?? [],
    projects: projects.toSorted((one, other) => (one.slug < other.slug ? -1 : 1)).map(serializeProject),
    firstEvent: null,
    lastEvent: null,
    currentProjectMeta: {},
    userAgent: release.userAgent ?? null,
  };
}

/** Shows a deploy. */
export function serializeDeploy({ id, environment, name, url, dateStarted, dateFinished }: DeployRecord): DeployJson {
  return { id, environment, name: name ?? null, url: url ?? null, dateStarted: dateStarted ?? null, dateFinished };
}

function serializeProject({ id, slug, name, platform }: Project): ReleaseProjectJson {
  return {
    id: Number(id),
    slug,
    name,
    newGroups: 0,
    platform: platform ?? null,
    platforms: platform === undefined ? [] : [platform],
    hasHealthData: false,
  };
}
