import type { RuleTerms, Update } from './judge-update.ts';

// The rules of judging told a second time, in another way: nothing is counted along. Every answer is found by looking back
// at all that has happened so far.

type Label = 'critical' | 'warning';
type Side = 'hot' | 'cold' | 'neither';

interface PastIncident {
  readonly createdMs: number;
  readonly statuses: string[];
  /** What its triggers did, in order. */
  readonly deeds: { readonly label: Label; readonly deed: 'fire' | 'resolve' }[];
}

interface Page {
  readonly timestampMs: number;
  readonly sides: Partial<Record<Label, Side>>;
  readonly deeds: { readonly label: Label; readonly deed: 'fire' | 'resolve' }[];
}

/** What the model says of an update. */
export interface ModelAnswer {
  readonly counters: string[];
  readonly status: string | null;
  readonly changes: string[];
  readonly told: string | undefined;
  readonly waiting: Record<string, number>;
}

/** All that has happened to a rule. */
export class HistoryModel {
  readonly #terms: RuleTerms;
  readonly #pages: Page[] = [];
  readonly #incidents: PastIncident[] = [];
  #settledMs = Number.NEGATIVE_INFINITY;

  constructor(terms: RuleTerms) {
    this.#terms = terms;
  }

  /** Somebody resolves the open incident. */
  settle(atMs: number): void {
    if (this.#open === undefined) return;
    this.#open.statuses.push('closed');
    this.#settledMs = atMs;
    this.#pages.push({ timestampMs: Number.NEGATIVE_INFINITY, sides: {}, deeds: [] });
  }

  answer({ timestampMs, nowMs, reading }: Update): ModelAnswer {
    const counters: string[] = [];
    const { noData, comparisonSeconds, minimumSessions = 0 } = this.#terms;
    const before = this.#status;
    const quiet = () => ({ counters, status: before, changes: [], told: undefined, waiting: this.#waiting() });
    if (this.#pages.some((page) => page.timestampMs >= timestampMs)) {
      counters.push('skipping_already_processed_update');
      return quiet();
    }
    const skip = (reason: string | undefined, at: number) => {
      if (reason !== undefined) counters.push(reason);
      counters.push('skipping_update_invalid_aggregation_value');
      this.#pages.push({ timestampMs: at, sides: {}, deeds: [] });
      return quiet();
    };
    if (reading.kind === 'refused') return skip('skipping_update_query_refused', timestampMs);
    const isZero = reading.kind === 'value' && reading.isCount === true && noData === 'ok';
    const isEmpty = reading.kind === 'sessions' ? reading.total === 0 : reading.value === null && !isZero;
    let value: number | 'fine' | 'bad';
    if (isEmpty && noData === 'keep') {
      return skip(reading.kind === 'sessions' ? 'ignore_update_no_session_data' : undefined, timestampMs);
    }
    if (isEmpty) value = noData === 'ok' ? 'fine' : 'bad';
    else if (reading.kind === 'sessions') {
      if (reading.total < minimumSessions) return skip('ignore_update_count_lower_than_min_threshold', timestampMs);
      value = Math.max(0, Math.round((100 - (100 * reading.crashed) / reading.total) * 1_000) / 1_000);
    } else if (comparisonSeconds === null) value = reading.value ?? 0;
    else if (reading.earlier === null || reading.earlier === undefined || reading.earlier === 0) {
      return skip('skipping_update_comparison_value_invalid', Number.NEGATIVE_INFINITY);
    } else value = ((reading.value ?? 0) / reading.earlier) * 100;

    const ordered = [...this.#terms.triggers].sort((one, other) => one.threshold - other.threshold);
    const sides = Object.fromEntries(ordered.map((one) => [one.label, this.#side(one, value)])) as Page['sides'];
    const isOld = timestampMs - this.#terms.windowSeconds * 1_000 < this.#settledMs;
    if (isOld && Object.values(sides).includes('hot')) {
      this.#pages.push({ timestampMs, sides: {}, deeds: [] });
      return quiet();
    }
    this.#settledMs = Number.NEGATIVE_INFINITY;

    const page: Page = { timestampMs, sides, deeds: [] };
    this.#pages.push(page);
    const changes: string[] = [];
    for (const { label } of ordered) this.#judge(label, page, nowMs, counters, changes);
    if (this.#open !== undefined && this.#severity() === 'none') {
      changes.push(`${this.#status} closed`);
      this.#open.statuses.push('closed');
    }
    return { counters, status: this.#status, changes, told: this.#told(before), waiting: this.#waiting() };
  }

  #judge(label: Label, page: Page, nowMs: number, counters: string[], changes: string[]): void {
    const side = page.sides[label];
    const wanted = this.#isActive(label) ? 'cold' : 'hot';
    if (side !== wanted) return;
    const deed = wanted === 'hot' ? 'fire' : 'resolve';
    counters.push(wanted === 'hot' ? 'threshold.alert' : 'threshold.resolve');
    const newest = this.#incidents.findLast(({ deeds }) => deeds.some((one) => one.label === label));
    if (deed === 'fire' && newest !== undefined && nowMs <= newest.createdMs + 10 * 60_000) {
      counters.push('hit_rate_limit');
      return;
    }
    if (this.#inARow(label) < this.#terms.thresholdPeriod) return;
    counters.push(`trigger.${deed}`);
    if (this.#open === undefined) this.#incidents.push({ createdMs: nowMs, statuses: ['open'], deeds: [] });
    this.#open?.deeds.push({ label, deed });
    page.deeds.push({ label, deed });
    const status = this.#severity();
    const from = this.#open?.statuses.at(-1);
    // Whether nothing is active any more is seen when all triggers were judged.
    if (from === status || status === 'none') return;
    this.#open?.statuses.push(status);
    changes.push(`${from} ${status}`);
  }

  #severity(): Label | 'none' {
    const labels = this.#terms.triggers.map((one) => one.label).filter((one) => this.#isActive(one));
    return labels.includes('critical') ? 'critical' : (labels[0] ?? 'none');
  }

  /** How many pages up to this one agree, without anything done in between. */
  #inARow(label: Label): number {
    const side = this.#pages.at(-1)?.sides[label];
    if (side === undefined || side === 'neither') return 0;
    const since = this.#pages.findLastIndex(
      ({ sides, deeds }) => sides[label] !== side || deeds.some((deed) => deed.label === label),
    );
    return this.#pages.length - 1 - since;
  }

  /** The counts that a machine would have written down: only what may still lead to something. */
  #waiting(): Record<string, number> {
    const counts = this.#terms.triggers.map(({ label }): [string, number] => {
      const wanted = this.#isActive(label) ? 'cold' : 'hot';
      return [label, this.#pages.at(-1)?.sides[label] === wanted ? this.#inARow(label) : 0];
    });
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
  }

  get #open(): PastIncident | undefined {
    const newest = this.#incidents.at(-1);
    return newest?.statuses.at(-1) === 'closed' ? undefined : newest;
  }

  get #status(): string | null {
    return this.#open?.statuses.at(-1) ?? null;
  }

  #isActive(label: Label): boolean {
    return this.#open?.deeds.findLast((one) => one.label === label)?.deed === 'fire';
  }

  #side({ label, threshold }: RuleTerms['triggers'][number], value: number | 'fine' | 'bad'): Side {
    if (typeof value !== 'number') return value === 'fine' ? 'cold' : 'hot';
    const { thresholdType, resolveThreshold, triggers } = this.#terms;
    const sign = thresholdType === 'above' ? 1 : -1;
    const isOwn = resolveThreshold !== null && !(triggers.length === 2 && label === 'critical');
    const end = isOwn ? resolveThreshold : threshold + sign * 0.000001;
    const hot = sign * value > sign * threshold;
    const cold = sign * value < sign * end;
    return hot && cold ? 'neither' : hot ? 'hot' : cold ? 'cold' : 'neither';
  }

  /** Who is told what, from the statuses that the newest incident has had. */
  #told(before: string | null): string | undefined {
    if (this.#status === before) return undefined;
    const statuses = this.#incidents.at(-1)?.statuses ?? [];
    const now = statuses.at(-1);
    if (now === 'critical') return 'fire critical everybody';
    if (now === 'warning') return before === null ? 'fire warning warning' : 'resolve warning everybody';
    return `resolve closed ${statuses.includes('critical') ? 'everybody' : 'warning'}`;
  }
}
