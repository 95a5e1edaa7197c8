import { isDeepStrictEqual } from 'node:util';
import { type Judged, judgeUpdate, type RuleTerms, type Standing } from '../../../lib/alerts/judge-update.ts';
import { defaultNoData, isCounting, isCrashFree } from '../../../lib/alerts/measure.ts';
import type { Reading } from '../../../lib/alerts/weigh-reading.ts';
import { actionsToTell } from '../../../lib/alerts/whom-to-tell.ts';
import type { CaseAdapter, CaseRemark } from '../case.ts';
import { same } from '../releases/compare.ts';
import { whyDifferent } from './deviations.ts';
import { alertForm, type CaseRule, type CaseStep, type CaseUpdate } from './forms.ts';
import { IncidentBook } from './incident-book.ts';

/** Cases of what each value of a series does to a rule, to its incidents, and who is told. */
export const alertCase: CaseAdapter = async ({ given, when, then }) => {
  const { steps, incidents } = alertForm.shape.then.parse(then);
  const { updates } = alertForm.shape.when.parse(when);
  let { rule } = alertForm.shape.given.parse(given);
  let before: Standing = { lastUpdate: null, triggers: {}, incident: null };
  const book = new IncidentBook();
  const reasons = new Set<string>();
  same(updates.length, steps.length);
  for (const [index, told] of updates.entries()) {
    rule = { ...rule, ...(told.set_rule as Partial<CaseRule> | undefined) };
    const terms = termsOf(rule);
    const update = {
      timestampMs: told.timestamp * 1_000,
      nowMs: (told.wall ?? told.timestamp) * 1_000,
      reading: readingOf(rule, told),
    };
    const judged = judgeUpdate(terms, before, update);
    book.note(judged, rule, told);
    const theirs = steps[index] as CaseStep;
    const ours = asFarAsAsked(stepOf(judged, rule, book), theirs, judged);
    const different = isDeepStrictEqual(ours, theirs)
      ? undefined
      : whyDifferent({ terms, before, update, judged, ours, theirs });
    if (different === undefined) same(ours, theirs);
    else reasons.add(different.reason);
    if (different !== undefined && different.standing === undefined) return remarkOf(reasons);
    before = different?.standing ?? judged.standing;
  }
  same(book.incidents, incidents);
  return remarkOf(reasons);
};

function remarkOf(reasons: ReadonlySet<string>): CaseRemark | undefined {
  return reasons.size === 0 ? undefined : { differsOnPurpose: [...reasons].join('; ') };
}

function termsOf(rule: CaseRule): RuleTerms {
  const sessions = 'percentage(sessions_crashed, sessions)';
  return {
    thresholdType: rule.threshold_type,
    resolveThreshold: rule.resolve_threshold,
    thresholdPeriod: rule.threshold_period,
    windowSeconds: rule.time_window_s,
    comparisonSeconds: rule.comparison_delta_s ?? null,
    noData: rule.no_data ?? defaultNoData(isAboutCrashes(rule) ? sessions : (rule.aggregate ?? '')),
    minimumSessions: rule.min_sessions ?? undefined,
    triggers: rule.triggers,
  };
}

function readingOf(rule: CaseRule, { value = null, comparison_value, sessions, crashed }: CaseUpdate): Reading {
  if (isAboutCrashes(rule)) return { kind: 'sessions', total: sessions ?? 0, crashed: crashed ?? 0 };
  const measured = { aggregate: rule.aggregate ?? 'count()', query: '', environment: null };
  const isNothing = isCounting(measured) && (rule.no_data ?? 'ok') === 'ok';
  return { kind: 'value', value: value ?? (isNothing ? 0 : null), earlier: comparison_value ?? null };
}

function isAboutCrashes({ crash_rate: isTold, aggregate = '' }: CaseRule): boolean {
  return isTold ?? isCrashFree(aggregate);
}

type OurStep = Required<Pick<CaseStep, 'counters' | 'active_incident' | 'triggers' | 'notifications' | 'rate_limited'>>;

function stepOf(
  { standing, counters, limited, value, telling }: Judged,
  rule: CaseRule,
  { newest }: IncidentBook,
): OurStep {
  const told =
    telling === undefined
      ? []
      : actionsToTell(rule.triggers, telling.whom, ({ id: _, ...whom }) => JSON.stringify(whom));
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
      method: telling?.method ?? 'fire',
      new_status: telling?.status ?? '',
      metric_value: value,
    })),
    rate_limited: [...limited],
  };
}

/** What the case asks of a step. A trigger that was never judged counts 0. */
function asFarAsAsked(step: OurStep, asked: CaseStep, { standing, value, skipped }: Judged): CaseStep {
  const countsLike = (wanted: Readonly<Record<string, number>>, count: 'alertCount' | 'resolveCount') =>
    Object.fromEntries(Object.keys(wanted).map((label) => [label, standing.triggers[label]?.[count] ?? 0]));
  const all: CaseStep = {
    ...step,
    alert_counts: countsLike(asked.alert_counts ?? {}, 'alertCount'),
    resolve_counts: countsLike(asked.resolve_counts ?? {}, 'resolveCount'),
    evaluated_value: value,
    skipped: skippedLike(asked.skipped, skipped),
  };
  return Object.fromEntries(Object.entries(all).filter(([key]) => key in asked)) as CaseStep;
}

/** Whether the update was skipped, in the word of the case where it means the same. */
function skippedLike(word: string | null | undefined, skipped: Judged['skipped']): string | null {
  if (skipped === undefined) return null;
  const meant = /process|duplicate|seen|old/.test(word ?? '') ? 'processed' : 'unusable';
  return word != null && skipped === meant ? word : skipped;
}
