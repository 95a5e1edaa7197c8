import type { AlertTrigger } from '../alert-rule-store.ts';
import type { ToldStatus } from '../incident-status.ts';
import { type Judged, judgeUpdate, type RuleTerms, type Standing } from '../judge-update.ts';
import { eventTime } from '../rule-windows.ts';
import type { Reading } from '../weigh-reading.ts';
import { actionsToTell } from '../whom-to-tell.ts';

/** What decides, with whom each trigger tells; an action is only told apart from others. */
export interface PastTerms extends Omit<RuleTerms, 'triggers'> {
  readonly resolutionSeconds: number;
  readonly triggers: readonly (Pick<AlertTrigger, 'label' | 'threshold'> & { readonly actions: readonly string[] })[];
}

/** An incident that a rule would have opened. */
export interface PastIncident {
  readonly startedAtMs: number;
  /** Null when it would still be open. */
  readonly endedAtMs: number | null;
  readonly severity: 'critical' | 'warning';
  /** Null without any data. */
  readonly worstValue: number | null;
  /** Each status that it would have taken, at the end of the window that decided. */
  readonly statuses: readonly PastStatus[];
}

/** A status that an incident would have taken. */
export interface PastStatus {
  readonly status: ToldStatus;
  readonly atMs: number;
}

/** What a rule would have done. */
export interface JudgedPast {
  readonly incidents: readonly PastIncident[];
  readonly notifications: number;
  /** What was judged, by the end of the window. */
  readonly values: readonly (readonly [endMs: number, value: number | null])[];
}

/** Walks a rule through windows that are past, one after the other, as if each had been judged when it ended. */
export function judgePast(terms: PastTerms, windows: Iterable<readonly [endMs: number, reading: Reading]>): JudgedPast {
  const incidents: PastIncident[] = [];
  const values: [number, number | null][] = [];
  let notifications = 0;
  let standing: Standing = { lastUpdate: null, triggers: {}, incident: null };
  let startedAtMs = 0;
  let statuses: PastStatus[] = [];
  for (const [endMs, reading] of windows) {
    const judged = judgeUpdate(terms, standing, { timestampMs: endMs, nowMs: endMs, reading });
    ({ standing } = judged);
    values.push([endMs, judged.value]);
    notifications += toldOf(terms, judged);
    if (judged.isNew) [startedAtMs, statuses] = [eventTime(terms, endMs), []];
    for (const { to: status } of judged.changes) statuses.push({ status, atMs: endMs });
    const { ended } = judged;
    if (ended !== undefined) {
      incidents.push(pastOf(ended, { startedAtMs, endedAtMs: eventTime(terms, endMs), statuses }));
    }
  }
  if (standing.incident !== null) incidents.push(pastOf(standing.incident, { startedAtMs, endedAtMs: null, statuses }));
  return { incidents, notifications, values };
}

function pastOf(
  { wasCritical, worst }: NonNullable<Standing['incident']>,
  course: Pick<PastIncident, 'startedAtMs' | 'endedAtMs' | 'statuses'>,
): PastIncident {
  return { ...course, severity: wasCritical ? 'critical' : 'warning', worstValue: worst };
}

function toldOf({ triggers }: PastTerms, { telling }: Judged): number {
  return telling === undefined ? 0 : actionsToTell(triggers, telling.whom, (action) => action).length;
}
