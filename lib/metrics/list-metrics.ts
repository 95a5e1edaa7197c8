import { type Page, type PageRequest, readPage } from '../platform/pagination.ts';
import type { Table } from '../platform/table.ts';
import { mergeLists } from './merge-lists.ts';
import { type MetricName, parseMri } from './metric-name.ts';
import { readMetricNames } from './store/directory-list-store.ts';

/** A metric that projects have sent. */
export interface ListedMetric {
  readonly mri: string;
  readonly name: MetricName;
  /** Which of the projects that were asked about have it. */
  readonly projectIds: readonly string[];
  /** The last day (UTC) on which it had a series that was new that day. */
  readonly lastDay: string;
}

/** The metrics of projects in the order of their ids, each once. */
export async function listMetrics(
  app: { readonly metricsTable: Table },
  input: { readonly organization: string; readonly projectIds: readonly string[]; readonly page: PageRequest },
): Promise<Page<ListedMetric>> {
  const { organization, projectIds, page } = input;
  return readPage(page, async function* (start) {
    const lists = projectIds.map(
      (projectId) => [projectId, readMetricNames(app.metricsTable, { organization, projectId }, start)] as const,
    );
    for await (const { position, items, lastDay } of mergeLists(new Map(lists), start.backwards)) {
      const name = parseMri(position);
      if (name === undefined) continue;
      yield { position, item: { mri: position, name, projectIds: items.map(({ projectId }) => projectId), lastDay } };
    }
  });
}
