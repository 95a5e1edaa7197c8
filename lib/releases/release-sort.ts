import { BadRequestError } from '../platform/errors.ts';
import { messages } from './messages.ts';
import { type SemanticVersion, semanticVersion } from './semantic-version.ts';
import { compare, compareVersions } from './semantic-version-order.ts';

/** What the versions of releases can be ordered by. */
export type VersionOrder = 'build' | 'semver';

/** They need sessions to tell releases apart. Without any all are equal, and equals are in the order of their dates. */
const bySessions = ['crash_free_sessions', 'crash_free_users', 'sessions', 'users', 'sessions_24h', 'users_24h'];
const known = ['date', 'build', 'semver', 'adoption', ...bySessions];

/** What a list is ordered by: the date, unless it is the version. @throws BadRequestError for what cannot be sorted by */
export function releaseSort(sort: string, flatten: boolean): 'date' | VersionOrder {
  if (!known.includes(sort)) throw new BadRequestError(messages.sortInvalid(known));
  if (bySessions.includes(sort) && !flatten) throw new BadRequestError(messages.sortNeedsFlatten);
  return sort === 'build' || sort === 'semver' ? sort : 'date';
}

/** Whether a release can be in a list of this order: those without a build number are in no list of builds. */
export function isInOrder(order: VersionOrder, version: string): boolean {
  return order === 'semver' || (semanticVersion(version)?.buildNumber ?? null) !== null;
}

/** A position in a list that is ordered by version: all that the order depends on, so that it is one without its release, too. */
export function versionPosition(at: string, version: string): string {
  return `${at}#${version}`;
}

/** The order of such positions: the highest first, without a version last; among equals the newest release first. */
export function versionOrder(order: VersionOrder): (one: string, other: string) => number {
  const seen = new Map<string, Position>();
  const read = (text: string): Position => {
    const position = seen.get(text) ?? positionIn(text);
    seen.set(text, position);
    return position;
  };
  return (left, right) => {
    const [one, other] = [read(left), read(right)];
    const highest = order === 'build' ? byBuild(other.version, one.version) : byVersion(other.version, one.version);
    return highest || compare(other.at, one.at);
  };
}

interface Position {
  readonly at: string;
  readonly version: SemanticVersion | null;
}

function positionIn(text: string): Position {
  const end = text.indexOf('#', text.indexOf('#') + 1);
  return { at: text.slice(0, end), version: semanticVersion(text.slice(end + 1)) };
}

function byVersion(one: SemanticVersion | null, other: SemanticVersion | null): number {
  if (one === null || other === null) return compare(one === null ? 0 : 1, other === null ? 0 : 1);
  return compareVersions(one, other);
}

function byBuild(one: SemanticVersion | null, other: SemanticVersion | null): number {
  return compare(one?.buildNumber ?? -1n, other?.buildNumber ?? -1n);
}
