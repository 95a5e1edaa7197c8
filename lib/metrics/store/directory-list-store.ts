import * as z from 'zod';
import type { Placed } from '../../platform/pagination.ts';
import type { Table } from '../../platform/table.ts';
import type { MetricOfProject } from './bucket-keys.ts';
import { behindTag, metricsPartition, tagsPartition, tagValuePrefix } from './directory-keys.ts';

const metricItem = z.object({ sk: z.string(), lastDay: z.string() });
const tagItem = z.object({ sk: z.string(), tag: z.string(), value: z.string(), lastDay: z.string() });

/** Where the page begins, the largest that anybody is shown, and whether there is more: the rest is hardly ever read. */
const readTogether = 102;

/** From where on, and in which direction. */
export interface ListStart {
  readonly after?: string;
  readonly backwards: boolean;
}

/** A metric that a project has sent, and the last day on which it had a new series, or its first. */
export interface ListedMetric {
  readonly mri: string;
  readonly lastDay: string;
}

/** The metrics of a project, in the order of their ids. */
export async function* readMetricNames(
  table: Table,
  project: Omit<MetricOfProject, 'mri'>,
  { after, backwards }: ListStart,
): AsyncGenerator<Placed<ListedMetric> & { readonly item: ListedMetric }> {
  const query = {
    partition: metricsPartition(project),
    descending: backwards,
    limit: readTogether,
    ...(after !== undefined && { after }),
  };
  for await (const item of table.queryAll(query)) {
    const { sk, lastDay } = metricItem.parse(item);
    yield { position: sk, item: { mri: sk, lastDay } };
  }
}

/** The tags that a metric has, each with one small read however many values it has. */
export async function* readTagNames(table: Table, metric: MetricOfProject): AsyncGenerator<string> {
  const partition = tagsPartition(metric);
  for (let after: string | undefined; ; ) {
    const query = { partition, limit: 1, ...(after !== undefined && { after }) };
    const [item] = (await table.query(query)).items;
    if (item === undefined) return;
    const { tag } = tagItem.parse(item);
    yield tag;
    after = behindTag(tag);
  }
}

/** A value of a tag, and the last day on which it was new to a series. */
export interface ListedTagValue {
  readonly value: string;
  readonly lastDay: string;
}

/** The values of a tag, in the order of their code units, very long ones elsewhere; `after` is the position of one of them. */
export async function* readTagValues(
  table: Table,
  metric: MetricOfProject,
  tag: string,
  { after, backwards }: ListStart,
): AsyncGenerator<Placed<ListedTagValue> & { readonly item: ListedTagValue }> {
  const begin = tagValuePrefix(tag);
  // Both ends are included, and no value stands at the end of its tag.
  const end = behindTag(tag);
  const between: [string, string] = backwards ? [begin, after ?? end] : [after ?? begin, end];
  const query = { partition: tagsPartition(metric), between, descending: backwards, limit: readTogether };
  for await (const item of table.queryAll(query)) {
    const { sk, tag: of, value, lastDay } = tagItem.parse(item);
    if (of === tag && sk !== after) yield { position: sk, item: { value, lastDay } };
  }
}
