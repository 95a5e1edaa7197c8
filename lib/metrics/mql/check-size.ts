import { queryMessages } from '../messages.ts';
import { queryLimits } from './limits.ts';
import { QueryRefusedError } from './query-error.ts';
import { type Filter, isQuery, type Query } from './syntax-tree.ts';

/** What a query may be, whatever made it: what walks through it after this may be recursive. @throws QueryRefusedError */
export function checkSize(query: Query): void {
  if (depthOf(query) > queryLimits.depth) throw new QueryRefusedError(queryMessages.tooDeep(queryLimits.depth));
}

function depthOf(query: Query): number {
  const children = query.kind === 'formula' ? query.operands.filter(isQuery).map(depthOf) : [];
  return 1 + query.filters.length + Math.max(0, ...children, ...query.filters.map(filterDepth));
}

function filterDepth(filter: Filter): number {
  if ('tag' in filter) return 1;
  return 1 + Math.max(...('and' in filter ? filter.and : filter.or).map(filterDepth));
}
