import type { AlertRule } from './alert-rule-store.ts';

/** What the metrics said of one window. */
export type Reading =
  /** Null when no point came; `earlier` is the same window as long ago as the rule compares with. */
  | {
      readonly kind: 'value';
      readonly value: number | null;
      readonly earlier?: number | null;
      /** Whether points or people are counted, of which there may be none. */
      readonly isCount?: boolean;
    }
  | { readonly kind: 'sessions'; readonly total: number; readonly crashed: number }
  /** The metrics refused to answer: the query makes no sense, or would read too much. */
  | { readonly kind: 'refused' };

/** The terms of a rule that say what a reading is worth. */
export type ReadingTerms = Pick<AlertRule, 'comparisonSeconds' | 'noData'> & {
  readonly minimumSessions?: number | undefined;
};

/** What a reading is worth: a value, the want of one, or nothing that could be judged. */
export type Weighed =
  | { readonly kind: 'value'; readonly value: number; readonly told: number | null }
  | { readonly kind: 'fine' | 'too-much'; readonly value: null; readonly told: null }
  /** `isProcessed` when the same window is not to be judged again, even if more is known of it later. */
  | { readonly kind: 'skip'; readonly counters: readonly string[]; readonly isProcessed: boolean };

/** DynamoDB keeps numbers up to 9.9e125. */
const largestValue = 1e100;

/** Weighs the reading of a window. */
export function weighReading(terms: ReadingTerms, reading: Reading): Weighed {
  if (reading.kind === 'refused') return skipped(['skipping_update_query_refused'], true);
  if (reading.kind === 'sessions') return weighSessions(terms, reading);
  const { isCount = false } = reading;
  const told = computable(reading.value);
  const earlier = computable(reading.earlier);
  // Nothing came, so nothing is judged to have happened; people are told that nothing came.
  const value = told ?? (isCount && terms.noData === 'ok' ? 0 : null);
  if (value === null) return withoutData(terms, []);
  if (!terms.comparisonSeconds) return { kind: 'value', value, told };
  const share = earlier ? computable((value / earlier) * 100) : null;
  return share === null ? skipped(['skipping_update_comparison_value_invalid'], false) : valued(share);
}

function weighSessions(
  terms: ReadingTerms,
  { total, crashed }: { readonly total: number; readonly crashed: number },
): Weighed {
  if (total === 0) return withoutData(terms, ['ignore_update_no_session_data']);
  if (total < (terms.minimumSessions ?? 0)) return skipped(['ignore_update_count_lower_than_min_threshold'], true);
  // A crash may be counted before its session is.
  return valued(Math.max(0, Number(((1 - crashed / total) * 100).toFixed(3))));
}

/** Values beyond what can be kept are as good as none; those that are next to nothing are nothing. */
function computable(value: number | null | undefined): number | null {
  if (value == null || !(Math.abs(value) <= largestValue)) return null;
  return Math.abs(value) < 1 / largestValue ? 0 : value;
}

function valued(value: number): Weighed {
  return { kind: 'value', value, told: value };
}

function withoutData({ noData }: ReadingTerms, counters: readonly string[]): Weighed {
  switch (noData) {
    case 'ok':
      return { kind: 'fine', value: null, told: null };
    case 'alert':
      return { kind: 'too-much', value: null, told: null };
    case 'keep':
      return skipped(counters, true);
  }
}

function skipped(counters: readonly string[], isProcessed: boolean): Weighed {
  return { kind: 'skip', counters: [...counters, 'skipping_update_invalid_aggregation_value'], isProcessed };
}
