import { type Judged, judgeUpdate, type RuleTerms, type Standing } from '../../../lib/alerts/judge-update.ts';
import { defaultNoData, measureOf } from '../../../lib/alerts/measure.ts';
import type { Reading } from '../../../lib/alerts/weigh-reading.ts';
import { actionsToTell } from '../../../lib/alerts/whom-to-tell.ts';
import type { CaseAdapter } from '../case.ts';
import { same } from '../releases/compare.ts';
import { alertForm, type CaseRule, type CaseStep, type CaseUpdate } from './forms.ts';
import { IncidentBook } from './incident-book.ts';

/** Cases of what each value of a series does to a rule, to its incidents, and who is told. */
export const alertCase: CaseAdapter = async ({ given, when, then }) => {
  const { steps, incidents } = alertForm.shape.then.parse(then);
  const { updates } = alertForm.shape.when.parse(when);
  let { rule } = alertForm.shape.given.parse(given);
  let standing: Standing = { lastUpdate: null, triggers: {}, incident: null };
  const book = new IncidentBook();
  same(updates.length, steps.length);
  for (const [index, update] of updates.entries()) {
    rule = { ...rule, ...(update.set_rule as Partial<CaseRule> | undefined) };
    const judged = judgeUpdate(termsOf(rule), standing, {
      timestampMs: update.timestamp * 1_000,
      nowMs: (update.wall ?? update.timestamp) * 1_000,
      reading: readingOf(rule, update),
    });
    standing = judged.standing;
    book.note(judged, rule, update);
    const expected = steps[index] as CaseStep;
    same({ ...stepOf(judged, rule, book), ...countsOf(judged, expected), ...readOf(judged, expected) }, expected);
  }
  same(book.incidents, incidents);
  return undefined;
};

function termsOf(rule: CaseRule): RuleTerms {
  const sessions = 'percentage(sessions_crashed, sessions)';
  return {
    thresholdType: rule.threshold_type,
    resolveThreshold: rule.resolve_threshold,
    thresholdPeriod: rule.threshold_period,
    windowSeconds: rule.time_window_s,
    comparisonSeconds: rule.comparison_delta_s ?? null,
    noData: rule.no_data ?? defaultNoData(rule.crash_rate ? sessions : (rule.aggregate ?? '')),
    minimumSessions: rule.min_sessions ?? undefined,
    triggers: rule.triggers,
  };
}

function readingOf(rule: CaseRule, { value = null, comparison_value, sessions = 0, crashed = 0 }: CaseUpdate): Reading {
  if (rule.crash_rate === true) return { kind: 'sessions', total: sessions, crashed };
  const measure = measureOf({ aggregate: rule.aggregate ?? 'count()', query: '', environment: null });
  const isCount = measure.kind === 'value' && measure.counts && (rule.no_data ?? 'ok') === 'ok';
  return { kind: 'value', value: value ?? (isCount ? 0 : null), earlier: comparison_value ?? null };
}

function stepOf({ standing, counters, limited, value, telling }: Judged, rule: CaseRule, { newest }: IncidentBook) {
  const told = telling === undefined ? [] : actionsToTell(rule.triggers, telling.whom, ({ target }) => target);
  const held = Object.entries(standing.triggers).filter(
    ([, { lastIncidentAt }]) => lastIncidentAt !== undefined && lastIncidentAt === newest.createdAt,
  );
  return {
    counters: counters.map(
      (name) => `incidents.alert_rules.${name.replace(/^(threshold|trigger)\.(.*)$/, '$1{type=$2}')}`,
    ),
    active_incident: standing.incident && { number: newest.number, status: standing.incident.status },
    triggers: Object.fromEntries(held.map(([label, { active }]) => [label, active ? 'active' : 'resolved'])),
    notifications: told.map(({ id }) => ({
      action: id,
      method: telling?.method,
      new_status: telling?.status,
      metric_value: value,
    })),
    rate_limited: [...limited],
  };
}

/** The counts of the triggers that are asked for: one that was never judged counts 0. */
function countsOf({ standing }: Judged, expected: CaseStep) {
  const countsLike = (wanted: Readonly<Record<string, number>>, count: 'alertCount' | 'resolveCount') =>
    Object.fromEntries(Object.keys(wanted).map((label) => [label, standing.triggers[label]?.[count] ?? 0]));
  return {
    alert_counts: countsLike(expected.alert_counts, 'alertCount'),
    resolve_counts: countsLike(expected.resolve_counts, 'resolveCount'),
  };
}

/** What was judged, and whether it was skipped, where that is asked for. */
function readOf({ value, skipped }: Judged, expected: CaseStep) {
  const names = { unusable: 'invalid_value', processed: 'already_processed' };
  return {
    ...(expected.evaluated_value !== undefined && { evaluated_value: value }),
    ...(expected.skipped !== undefined && { skipped: skipped && names[skipped] }),
  };
}
