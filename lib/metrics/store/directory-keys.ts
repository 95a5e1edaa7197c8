import { createHash } from 'node:crypto';
import { dynamoSortKeyBytes } from '../../platform/limits.ts';
import type { Key } from '../../platform/table.ts';
import { floorTo } from '../folding/granularities.ts';
import { type MetricOfProject, seriesName } from './bucket-keys.ts';

/** A day (UTC) as the directory writes it: `2026-03-02`. */
export function dayOf(seconds: number): string {
  return new Date(floorTo(seconds, 86_400) * 1_000).toISOString().slice(0, 10);
}

/** The partition of the series that a metric had on a day. */
function seriesPartition({ organization, projectId, mri }: MetricOfProject, day: string): string {
  return `S#${organization}#${projectId}#${mri}#${day}`;
}

/** Where a series of a day stands. */
export function seriesKey(metric: MetricOfProject, day: string, tags: string): Key {
  return { pk: seriesPartition(metric, day), sk: seriesName(tags) };
}

/** Where the number of a metric's series of a day stands. */
export function seriesCountKey(metric: MetricOfProject, day: string): Key {
  return { pk: `${seriesPartition(metric, day)}#COUNT`, sk: 'COUNT' };
}

/** The partition of the metrics of a project. */
export function metricsPartition({ organization, projectId }: Omit<MetricOfProject, 'mri'>): string {
  return `METRICS#${organization}#${projectId}`;
}

/** The partition of the tags of a metric; those of one tag begin with `<tag>#`. */
export function tagsPartition({ organization, projectId, mri }: MetricOfProject): string {
  return `TAGS#${organization}#${projectId}#${mri}`;
}

/** What the keys of all values of a tag begin with. */
export function tagValuePrefix(tag: string): string {
  return `${tag}#`;
}

/** What all keys of values of a tag come before, and those of tags behind it come after. */
export function behindTag(tag: string): string {
  // The character that follows the number sign.
  return `${tag}$`;
}

/** Where a value of a tag stands. A tag may hold `#` too: whose value it is, the item says. */
export function tagValueKey(metric: MetricOfProject, tag: string, value: string): Key {
  const plain = `${tagValuePrefix(tag)}${value}`;
  const pk = tagsPartition(metric);
  if (Buffer.byteLength(plain) <= dynamoSortKeyBytes) return { pk, sk: plain };
  return { pk, sk: `${tagValuePrefix(tag)}${createHash('sha256').update(value).digest('base64url')}` };
}
