import type { Filter } from './syntax-tree.ts';

/** A series with its metric's id, an aggregate that exists, and all that was written further outside. */
export interface ResolvedSeries {
  readonly kind: 'series';
  readonly mri: string;
  readonly aggregate: string;
  /** Quantiles, or the threshold of apdex. */
  readonly levels: readonly number[];
  readonly filters: readonly Filter[];
  readonly groupBy: readonly string[];
}

/** The functions that join what others give. */
export type Join = 'plus' | 'minus' | 'multiply' | 'divide' | 'share';

/** A formula of functions that exist, with as many operands as each takes. */
export type ResolvedQuery =
  | ResolvedSeries
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'join'; readonly join: Join; readonly left: ResolvedQuery; readonly right: ResolvedQuery }
  | { readonly kind: 'negate'; readonly of: ResolvedQuery }
  /** So much in so many seconds, whatever the interval. */
  | { readonly kind: 'rate'; readonly of: ResolvedQuery; readonly seconds: number };
