import type { Judged } from '../../../lib/alerts/judge-update.ts';
import { eventTime } from '../../../lib/alerts/rule-windows.ts';
import type { CaseIncident, CaseRule, CaseUpdate } from './forms.ts';

/** The incidents of a case, as updates make, turn and end them. */
export class IncidentBook {
  readonly #incidents: CaseIncident[] = [];
  #newestCreatedAt: string | undefined;

  /** All of them, the first first. */
  get incidents(): readonly CaseIncident[] {
    return this.#incidents;
  }

  /** The number of the newest, and whether it is that one which was created then. */
  get newest(): { readonly number: number; readonly createdAt: string | undefined } {
    return { number: this.#incidents.length, createdAt: this.#newestCreatedAt };
  }

  /** Writes down what an update did. */
  note({ isNew, changes, ended, standing }: Judged, rule: CaseRule, { timestamp }: CaseUpdate): void {
    const at = eventTime(
      {
        windowSeconds: rule.time_window_s,
        resolutionSeconds: rule.resolution_s,
        thresholdPeriod: rule.threshold_period,
      },
      timestamp * 1_000,
    );
    if (isNew) {
      this.#newestCreatedAt = (standing.incident ?? ended)?.createdAt;
      this.#incidents.push({
        number: this.#incidents.length + 1,
        status: 'open',
        date_started: at / 1_000,
        date_detected: timestamp,
        date_closed: null,
        activities: [{ type: 'detected' }, { type: 'created' }],
      });
    }
    const incident = this.#incidents.at(-1);
    for (const { from, to } of changes) {
      incident?.activities.push({ type: 'status_change', from, to });
      if (incident !== undefined) incident.status = to;
    }
    if (ended !== undefined && incident !== undefined) incident.date_closed = at / 1_000;
  }
}
