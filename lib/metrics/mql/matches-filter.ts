import type { StoredBucket } from './metric-source.ts';
import type { Condition, Filter } from './syntax-tree.ts';

/** Which tag names are columns of every point, whatever tags it has. */
export const projectColumn = 'project_id';

/** Whether all these hold for a bucket. A tag that is missing reads as an empty text, so the negative ones hold for it. */
export function matchesAll(bucket: StoredBucket, filters: readonly Filter[]): boolean {
  return filters.every((filter) => matches(bucket, filter));
}

/** A tag's value, empty when it is missing. */
export function tagOf({ tags, projectId }: StoredBucket, tag: string): string {
  if (tag === projectColumn) return projectId;
  return Object.hasOwn(tags, tag) ? (tags[tag] ?? '') : '';
}

function matches(bucket: StoredBucket, filter: Filter): boolean {
  if ('and' in filter) return matchesAll(bucket, filter.and);
  if ('or' in filter) return filter.or.some((one) => matches(bucket, one));
  const { operator } = filter;
  const isNegative = operator === '!=' || operator === 'NOT IN' || operator === 'NOT LIKE';
  return holds(tagOf(bucket, filter.tag), filter) !== isNegative;
}

function holds(actual: string, { operator, value }: Condition): boolean {
  if (typeof value !== 'string') return value.includes(actual);
  return operator.endsWith('LIKE') ? actual.startsWith(value.slice(0, -1)) : actual === value;
}
