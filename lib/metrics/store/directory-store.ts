import * as z from 'zod';
import { happened } from '../../platform/happened.ts';
import { type Item, notThere, type Table, type WriteAction } from '../../platform/table.ts';
import type { FoldMemory } from '../fold-memory.ts';
import { canonicalTags } from '../tag-set.ts';
import type { MetricOfProject } from './bucket-keys.ts';
import { metricsPartition, seriesCountKey, seriesKey, tagValueKey } from './directory-keys.ts';

/** The names of the directory's items. */
const directoryItems = {
  series: 'series of a day',
  count: 'number of series',
  metric: 'metric of a project',
  tag: 'tag value',
} as const;

/** Under these tags counts what would be one series too many. */
export const overflowTags = canonicalTags({ '_postflow.overflow': 'true' });

/** How many tag sets a metric of a project may have in a day, unless told otherwise. */
const defaultSeriesLimit = 10_000;

/** As long as the coarsest buckets are kept, and a month more. */
const keptSeconds = 426 * 86_400;
/** Of a transaction's actions one counts. */
const seriesTogether = 98;

const countItem = z.object({ count: z.number() });

export interface DirectoryApp {
  readonly metricsTable: Table;
  readonly memory: FoldMemory;
  readonly seriesLimit?: number | undefined;
}

/**
 * Notes which series a metric has on a day, their tags and the metric itself. Gives those that are one too many: they are
 * not noted, and count under `overflowTags`. A series that was noted once is never one too many.
 */
export async function admitSeries(
  app: DirectoryApp,
  metric: MetricOfProject,
  day: string,
  tagSets: ReadonlySet<string>,
  nowSeconds: number,
): Promise<Set<string>> {
  const { memory } = app;
  const nameOf = (tags: string) => `${seriesKey(metric, day, tags).pk}\n${tags}`;
  const unknown = [...tagSets].filter(
    (tags) => tags !== overflowTags && memory.directory.get(nameOf(tags)) === undefined,
  );
  const excess = new Set<string>();
  const expiresAt = nowSeconds + keptSeconds;
  for (let open = unknown; open.length > 0; ) {
    const { missing, room } = await readRoom(app, metric, day, open);
    for (const tags of missing.slice(room)) excess.add(tags);
    const admitted = missing.slice(0, room);
    // Before the series themselves: who has noted a series need not look whether its tags are noted.
    await noteTags(app, metric, day, admitted, expiresAt);
    const isNoted = await noteSeries(app, metric, day, admitted, expiresAt);
    // Somebody else has noted some of them, or others, in between.
    if (!isNoted) {
      excess.clear();
      continue;
    }
    for (const tags of open) if (!excess.has(tags)) memory.directory.set(nameOf(tags), true);
    break;
  }
  if (excess.size > 0 || tagSets.has(overflowTags)) {
    await app.metricsTable.batchWrite([{ put: seriesItem(metric, day, overflowTags, expiresAt) }]);
  }
  return excess;
}

/** Which of these series are not noted, in order, and for how many of them there is room. */
async function readRoom(
  { metricsTable, seriesLimit = defaultSeriesLimit }: DirectoryApp,
  metric: MetricOfProject,
  day: string,
  tagSets: readonly string[],
): Promise<{ readonly missing: string[]; readonly room: number }> {
  const countKey = seriesCountKey(metric, day);
  const keys = [...tagSets.map((tags) => seriesKey(metric, day, tags)), countKey];
  const items = await metricsTable.batchGet(keys, { consistent: true });
  const counted = items.find(({ pk }) => pk === countKey.pk);
  const count = counted === undefined ? 0 : countItem.parse(counted).count;
  const there = new Set(items.map(({ sk }) => sk));
  const missing = tagSets.filter((tags) => !there.has(seriesKey(metric, day, tags).sk));
  return { missing: missing.sort(), room: Math.max(0, seriesLimit - count) };
}

/** Gives false when some of them are there already, or there is no room for them any more. */
async function noteSeries(
  { metricsTable, seriesLimit = defaultSeriesLimit }: DirectoryApp,
  metric: MetricOfProject,
  day: string,
  tagSets: readonly string[],
  expiresAt: number,
): Promise<boolean> {
  for (let start = 0; start < tagSets.length; start += seriesTogether) {
    const some = tagSets.slice(start, start + seriesTogether);
    const puts = some.map((tags): WriteAction => ({ put: seriesItem(metric, day, tags, expiresAt), onlyIf: notThere }));
    const count: WriteAction = {
      update: seriesCountKey(metric, day),
      set: {
        expression: 'SET #itemType = :itemType, #expiresAt = :expiresAt ADD #count :more',
        names: { '#itemType': 'itemType', '#expiresAt': 'expiresAt', '#count': 'count' },
        values: { ':itemType': directoryItems.count, ':expiresAt': expiresAt, ':more': some.length },
      },
      onlyIf: {
        expression: 'attribute_not_exists(#count) OR #count <= :room',
        values: { ':room': seriesLimit - some.length },
      },
    };
    if (!(await happened(metricsTable.write([...puts, count])))) return false;
  }
  return true;
}

async function noteTags(
  { metricsTable, memory }: DirectoryApp,
  metric: MetricOfProject,
  day: string,
  tagSets: readonly string[],
  expiresAt: number,
): Promise<void> {
  if (tagSets.length === 0) return;
  const items = new Map<string, Item>();
  const add = (item: Item) => items.set(`${item.pk}\n${item.sk}\n${day}`, item);
  add({ pk: metricsPartition(metric), sk: metric.mri, lastDay: day, itemType: directoryItems.metric, expiresAt });
  for (const tags of tagSets) {
    for (const [tag, value] of JSON.parse(tags) as [string, string][]) {
      add({ ...tagValueKey(metric, tag, value), tag, value, lastDay: day, itemType: directoryItems.tag, expiresAt });
    }
  }
  const fresh = [...items].filter(([name]) => memory.directory.get(name) === undefined);
  await metricsTable.batchWrite(fresh.map(([, item]) => ({ put: item })));
  for (const [name] of fresh) memory.directory.set(name, true);
}

function seriesItem(metric: MetricOfProject, day: string, tags: string, expiresAt: number): Item {
  return { ...seriesKey(metric, day, tags), tags, itemType: directoryItems.series, expiresAt };
}
