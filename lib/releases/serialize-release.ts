import { type MemberProfile, serializeUser } from '../organizations/index.ts';
import type { Project } from '../projects/index.ts';
import type { ReleaseJson, ReleaseProjectJson } from './release-json.ts';
import type { Release } from './release-store.ts';
import { versionInfo } from './version-info.ts';

/** Shows a release with its projects, in the order of their slugs, and its owner. */
export function serializeRelease(
  release: Release,
  projects: readonly Project[],
  owner: MemberProfile | undefined,
): ReleaseJson {
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
    commitCount: 0,
    lastCommit: null,
    deployCount: 0,
    lastDeploy: null,
    authors: [],
    refs: [],
    projects: projects.toSorted((one, other) => (one.slug < other.slug ? -1 : 1)).map(serializeProject),
    firstEvent: null,
    lastEvent: null,
    currentProjectMeta: {},
    userAgent: release.userAgent ?? null,
  };
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
