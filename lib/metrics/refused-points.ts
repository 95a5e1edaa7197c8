/** Why a point, or an item of an envelope, is not stored. */
export type RefusalReason =
  | 'malformed'
  | 'malformed_metric'
  | 'malformed_event'
  | 'malformed_session'
  | 'item_not_stored'
  | 'value_out_of_range'
  | 'too_many_tags'
  | 'tag_name'
  | 'name'
  | 'no_value'
  | 'buckets'
  | 'summary'
  | 'temporality'
  | 'too_old'
  | 'in_future';

/** How many were refused for which reason. */
export type RefusalTally = ReadonlyMap<RefusalReason, number>;

/** Counts refusals: nothing that is left out goes uncounted. */
export class RefusalCounter {
  readonly #counts = new Map<RefusalReason, number>();

  add(reason: RefusalReason, by = 1): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + by);
  }

  addAll(tally: RefusalTally): void {
    for (const [reason, count] of tally) this.add(reason, count);
  }

  get tally(): RefusalTally {
    return this.#counts;
  }
}
