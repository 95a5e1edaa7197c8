import type { Filter, Query } from '../../metrics/index.ts';
import type { Measure } from '../measure.ts';

/** Whether a rule asks for the latest release, alone or in a list: which one that is changes with every release, and no rule with it. */
export function followsLatest(measure: Measure): boolean {
  return measure.kind === 'value' ? queryFollows(measure.query) : queryFollows(measure.total);
}

function queryFollows(query: Query): boolean {
  const operands = query.kind === 'formula' ? query.operands : [];
  return query.filters.some(filterFollows) || operands.some((one) => typeof one === 'object' && queryFollows(one));
}

function filterFollows(filter: Filter): boolean {
  if ('and' in filter) return filter.and.some(filterFollows);
  if ('or' in filter) return filter.or.some(filterFollows);
  return filter.tag === 'release' && [filter.value].flat().includes('latest');
}
