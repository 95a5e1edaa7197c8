import type { SemanticVersion } from './semantic-version.ts';

/** As much of a version as its place in the order depends on. */
export type OrderedVersion = Pick<SemanticVersion, 'major' | 'minor' | 'patch' | 'revision' | 'prerelease'>;

/** Tells which version is the older one (negative: `one`). Builds do not count; a final version is above its prereleases. */
export function compareVersions(one: OrderedVersion, other: OrderedVersion): number {
  return (
    compare(one.major, other.major) ||
    compare(one.minor, other.minor) ||
    compare(one.patch, other.patch) ||
    compare(one.revision, other.revision) ||
    compare(one.prerelease === '' ? 1 : 0, other.prerelease === '' ? 1 : 0) ||
    compare(one.prerelease, other.prerelease)
  );
}

/** Negative when `one` comes first; texts by their characters. */
export function compare<Value extends bigint | number | string>(one: Value, other: Value): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
