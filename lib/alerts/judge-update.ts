import { isoTime } from '../platform/clock.ts';
import type { AlertRule, AlertTrigger } from './alert-rule-store.ts';
import type { ActiveStatus } from './incident-status.ts';
import { type Reading, type ReadingTerms, type Weighed, weighReading } from './weigh-reading.ts';
import { type Telling, whomToTell } from './whom-to-tell.ts';

/** The parts of a rule that decide; who is told is no matter here. */
export type RuleTerms = ReadingTerms &
  Pick<AlertRule, 'thresholdType' | 'resolveThreshold' | 'thresholdPeriod' | 'windowSeconds'> & {
    readonly triggers: readonly Pick<AlertTrigger, 'label' | 'threshold'>[];
  };

/** How far one trigger is from firing or resolving. */
export interface TriggerState {
  /** Whether it holds the open incident. */
  readonly active: boolean;
  readonly alertCount: number;
  readonly resolveCount: number;
  /** When the newest incident was created that it ever held. */
  readonly lastIncidentAt?: string | undefined;
}

/** The open incident, as far as the next update must know it. */
export interface OpenStanding {
  readonly status: ActiveStatus;
  readonly createdAt: string;
  readonly wasCritical: boolean;
  /** The value furthest beyond the thresholds so far, and the newest; null while no data came. */
  readonly worst: number | null;
  readonly last: number | null;
}

/** Where the judging of a rule stands. */
export interface Standing {
  /** The end of the newest window that was judged. */
  readonly lastUpdate: string | null;
  readonly triggers: Readonly<Record<string, TriggerState>>;
  readonly incident: OpenStanding | null;
  /** When somebody resolved the last incident by hand: what was wrong before does not open another. */
  readonly settledAt?: string | undefined;
}

/** One window: its end, what was measured, and the time on the wall. */
export interface Update {
  readonly timestampMs: number;
  readonly nowMs: number;
  readonly reading: Reading;
}

/** A step of an incident's status. */
export interface StatusChange {
  readonly from: 'open' | ActiveStatus;
  readonly to: ActiveStatus | 'closed';
}

/** What an update comes to. */
export interface Judged {
  readonly standing: Standing;
  /** Names of what is counted, without their namespace. */
  readonly counters: readonly string[];
  /** The value that is told; null without data, also where that was judged as 0. */
  readonly value: number | null;
  /** Why nothing was judged. */
  readonly skipped?: 'processed' | 'unusable';
  /** Triggers that would have fired, had they not fired a short time ago. */
  readonly limited: readonly string[];
  readonly isNew: boolean;
  readonly changes: readonly StatusChange[];
  /** The incident that this update ended. */
  readonly ended?: OpenStanding;
  readonly telling?: Telling;
}

/** The state of a trigger that was never judged. */
export const untouchedTrigger: TriggerState = { active: false, alertCount: 0, resolveCount: 0 };

/** Without a threshold of its own for resolving, a value this close beyond the threshold neither opens nor closes. */
const margin = 0.000_001;
/** A trigger opens an incident so often at most. */
const rateLimitMs = 600_000;

/** Judges one window of a rule. A window that is not newer than the last one, or that says nothing, changes no incident. */
export function judgeUpdate(terms: RuleTerms, before: Standing, update: Update): Judged {
  const nothing = { limited: [], isNew: false, changes: [], value: null };
  if (before.lastUpdate !== null && update.timestampMs <= Date.parse(before.lastUpdate)) {
    const counters = ['skipping_already_processed_update'];
    return { ...nothing, standing: before, counters, skipped: 'processed' };
  }
  const lastUpdate = isoTime(update.timestampMs);
  const weighed = weighReading(terms, update.reading);
  const uncounted = { ...before, triggers: withoutCounts(before.triggers) };
  if (weighed.kind === 'skip') {
    const standing = weighed.isProcessed ? { ...uncounted, lastUpdate } : uncounted;
    return { ...nothing, standing, counters: weighed.counters, skipped: 'unusable' };
  }
  if (isSettled(terms, before, update, weighed)) {
    return { ...nothing, standing: { ...uncounted, lastUpdate }, counters: [], value: weighed.told };
  }
  const { settledAt: _, ...unsettled } = before;
  return new Judging(terms, { ...unsettled, lastUpdate }, update).judge(weighed);
}

/** The same triggers, with their counts begun anew. */
export function withoutCounts(triggers: Standing['triggers']): Record<string, TriggerState> {
  return Object.fromEntries(
    Object.entries(triggers).map(([label, state]) => [label, { ...state, alertCount: 0, resolveCount: 0 }]),
  );
}

type Valued = Exclude<Weighed, { kind: 'skip' }>;

/** Whether the window still holds what was wrong before somebody resolved the last incident by hand. */
function isSettled(terms: RuleTerms, { settledAt }: Standing, { timestampMs }: Update, weighed: Valued): boolean {
  if (settledAt === undefined || timestampMs - terms.windowSeconds * 1_000 >= Date.parse(settledAt)) return false;
  return terms.triggers.some((trigger) => sideOf(terms, trigger, weighed) === 'breach');
}

/** One update on its way through the triggers, the lowest threshold first; each sees what the one before has done. */
class Judging {
  readonly #terms: RuleTerms;
  readonly #before: Standing;
  readonly #update: Update;
  readonly #triggers: Record<string, TriggerState>;
  readonly #counters: string[] = [];
  readonly #limited: string[] = [];
  readonly #changes: StatusChange[] = [];
  #incident: OpenStanding | undefined;
  #ended: OpenStanding | undefined;

  constructor(terms: RuleTerms, before: Standing, update: Update) {
    this.#terms = terms;
    this.#before = before;
    this.#update = update;
    this.#triggers = { ...before.triggers };
    this.#incident = before.incident ?? undefined;
  }

  judge(weighed: Valued): Judged {
    for (const trigger of this.#terms.triggers.toSorted((one, other) => one.threshold - other.threshold)) {
      this.#judgeTrigger(trigger, sideOf(this.#terms, trigger, weighed));
    }
    this.#endUnlessActive();
    const ended = this.#ended && this.#valued(this.#ended, weighed);
    const incident = this.#incident && this.#valued(this.#incident, weighed);
    const from = this.#before.incident?.status ?? null;
    const wasCritical = (ended ?? incident)?.wasCritical ?? false;
    const telling = whomToTell({ from, to: incident?.status ?? null, wasCritical });
    return {
      standing: { ...this.#before, triggers: this.#triggers, incident: incident ?? null },
      counters: this.#counters,
      value: weighed.told,
      limited: this.#limited,
      isNew: this.#before.incident === null && this.#changes.length > 0,
      changes: this.#changes,
      ...(ended && { ended }),
      ...(telling && { telling }),
    };
  }

  #judgeTrigger({ label }: RuleTerms['triggers'][number], side: 'breach' | 'over' | 'between'): void {
    const before = this.#triggers[label] ?? untouchedTrigger;
    const active = before.active && this.#incident !== undefined;
    const alertCount = side === 'breach' && !active ? before.alertCount + 1 : 0;
    const resolveCount = side === 'over' && active ? before.resolveCount + 1 : 0;
    this.#triggers[label] = { ...before, active, alertCount, resolveCount };
    if (alertCount > 0) this.#count('threshold.alert');
    if (resolveCount > 0) this.#count('threshold.resolve');
    if (alertCount > 0 && this.#isLimited(before)) {
      this.#limited.push(label);
      this.#count('hit_rate_limit');
    } else if (alertCount >= this.#terms.thresholdPeriod) this.#fire(label);
    else if (resolveCount >= this.#terms.thresholdPeriod) this.#resolve(label);
  }

  /** The open incident counts too: a trigger that has resolved in it does not fire in it again so soon. */
  #isLimited({ lastIncidentAt }: TriggerState): boolean {
    return lastIncidentAt !== undefined && this.#update.nowMs - Date.parse(lastIncidentAt) <= rateLimitMs;
  }

  #fire(label: string): void {
    this.#count('trigger.fire');
    const createdAt = this.#incident?.createdAt ?? isoTime(this.#update.nowMs);
    this.#triggers[label] = { ...untouchedTrigger, active: true, lastIncidentAt: createdAt };
    const fresh: OpenStanding = { status: this.#severity(), createdAt, wasCritical: false, worst: null, last: null };
    this.#turn(this.#incident ?? fresh, this.#incident?.status ?? 'open');
  }

  #resolve(label: string): void {
    this.#count('trigger.resolve');
    this.#triggers[label] = { ...untouchedTrigger, lastIncidentAt: this.#triggers[label]?.lastIncidentAt };
    if (this.#incident !== undefined && this.#isActive()) this.#turn(this.#incident, this.#incident.status);
  }

  /** Only when all triggers were judged: one that fires after another has resolved goes on with the incident. */
  #endUnlessActive(): void {
    if (this.#incident === undefined || this.#isActive()) return;
    this.#changes.push({ from: this.#incident.status, to: 'closed' });
    this.#ended = this.#incident;
    this.#incident = undefined;
  }

  #isActive(): boolean {
    return Object.values(this.#triggers).some(({ active }) => active);
  }

  /** Gives the incident the severity that its triggers have by now. */
  #turn(incident: OpenStanding, from: StatusChange['from']): void {
    const status = this.#severity();
    if (status !== from) this.#changes.push({ from, to: status });
    this.#incident = { ...incident, status, wasCritical: incident.wasCritical || status === 'critical' };
  }

  #severity(): ActiveStatus {
    const isCritical = Object.entries(this.#triggers).some(([label, { active }]) => active && label === 'critical');
    return isCritical ? 'critical' : 'warning';
  }

  #valued(incident: OpenStanding, { value, told }: Valued): OpenStanding {
    if (value === null) return { ...incident, last: told };
    const worse = this.#terms.thresholdType === 'above' ? Math.max : Math.min;
    return { ...incident, worst: worse(incident.worst ?? value, value), last: told };
  }

  #count(name: string): void {
    this.#counters.push(name);
  }
}

/** On which side of a trigger's thresholds a value lies; what is beyond both of them is neither. */
function sideOf(
  terms: RuleTerms,
  { label, threshold }: RuleTerms['triggers'][number],
  weighed: Valued,
): 'breach' | 'over' | 'between' {
  if (weighed.kind !== 'value') return weighed.kind === 'fine' ? 'over' : 'breach';
  const isAbove = terms.thresholdType === 'above';
  const hasOwn = terms.resolveThreshold !== null && (terms.triggers.length === 1 || label === 'warning');
  const end = hasOwn ? Number(terms.resolveThreshold) : threshold + (isAbove ? margin : -margin);
  const isBreach = isAbove ? weighed.value > threshold : weighed.value < threshold;
  const isOver = isAbove ? weighed.value < end : weighed.value > end;
  if (isBreach === isOver) return 'between';
  return isBreach ? 'breach' : 'over';
}
