import { readAggregate } from '../aggregate.ts';

/** What kind of thing a rule watches, in the numbers of clients: 0 errors, 1 metrics, 2 crash rates. */
export type QueryType = 0 | 1 | 2;

/** The kind follows from the aggregate alone. */
export function queryTypeOf(aggregate: string): QueryType {
  const { kind } = readAggregate(aggregate);
  if (kind === 'crash-free') return 2;
  return kind === 'count' ? 0 : 1;
}
