import type { MemberProfile } from '../organizations/index.ts';
import type { Project } from '../projects/index.ts';
import type { Release } from './release-store.ts';
import { type VersionInfo, versionInfo } from './version-info.ts';

/** A release as our API shows it. Clients read `id` and the IDs of projects as numbers. */
export interface ReleaseJson {
  readonly id: number;
  readonly version: string;
  readonly status: 'open' | 'archived';
  readonly shortVersion: string;
  readonly versionInfo: VersionInfo | null;
  readonly ref: string | null;
  readonly url: string | null;
  readonly dateReleased: string | null;
  readonly dateCreated: string;
  readonly data: Readonly<Record<string, never>>;
  readonly newGroups: number;
  readonly owner: UserJson | null;
  readonly commitCount: number;
  readonly lastCommit: null;
  readonly deployCount: number;
  readonly lastDeploy: null;
  readonly authors: readonly [];
  readonly projects: readonly ReleaseProjectJson[];
  readonly firstEvent: null;
  readonly lastEvent: null;
  readonly currentProjectMeta: Readonly<Record<string, never>>;
  readonly userAgent: string | null;
}

interface UserJson {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly email: string;
}

interface ReleaseProjectJson {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly newGroups: number;
  readonly platform: string | null;
  readonly platforms: readonly string[];
  readonly hasHealthData: boolean;
}

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
    projects: projects.toSorted((one, other) => (one.slug < other.slug ? -1 : 1)).map(serializeProject),
    firstEvent: null,
    lastEvent: null,
    currentProjectMeta: {},
    userAgent: release.userAgent ?? null,
  };
}

/** People sign in with their address, which is therefore their user name too. */
function serializeUser({ userId, name, email }: MemberProfile): UserJson {
  return { id: userId, name, username: email, email };
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
