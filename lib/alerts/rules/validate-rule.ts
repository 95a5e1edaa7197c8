import type { AlertRule, AlertTrigger } from '../alert-rule-store.ts';
import { defaultNoData } from '../measure.ts';
import { checkMeasure } from './check-measure.ts';
import { checkLabels, checkThresholds, type Faults } from './check-thresholds.ts';
import { shareOfChange } from './percent-change.ts';
import type { AlertRuleBody } from './rule-body.ts';
import { resolutionSecondsOf, usualGraceSeconds } from './rule-pace.ts';

/** All that a rule is but for whose it is and who is told. */
export type RuleTerms = Pick<
  AlertRule,
  | 'name'
  | 'aggregate'
  | 'query'
  | 'environment'
  | 'windowSeconds'
  | 'resolutionSeconds'
  | 'thresholdType'
  | 'resolveThreshold'
  | 'thresholdPeriod'
  | 'comparisonSeconds'
  | 'noData'
  | 'graceSeconds'
  | 'minimumSessions'
  | 'description'
  | 'threads'
  | 'broadcast'
> & { readonly triggers: readonly Pick<AlertTrigger, 'label' | 'threshold'>[] };

/** What a body comes to, and what is wrong with it by field: nothing, when it is a rule. */
export interface ValidatedRule {
  readonly terms: RuleTerms;
  readonly faults: Faults;
}

/** Reads the terms of a rule and checks what its fields mean together. */
export function validateRule(body: AlertRuleBody): ValidatedRule {
  const side = body.thresholdType === 0 ? 'above' : 'below';
  const comparisonSeconds = body.comparisonDelta == null ? null : body.comparisonDelta * 60;
  const kept = (value: number): number => (comparisonSeconds === null ? value : shareOfChange(value, side));
  const thresholds = {
    thresholdType: side,
    resolveThreshold: body.resolveThreshold == null ? null : kept(body.resolveThreshold),
    triggers: body.triggers.map(({ label, alertThreshold }, index) => ({
      label,
      threshold: kept(alertThreshold),
      index,
    })),
  } as const;
  const windowSeconds = body.timeWindow * 60;
  const resolutionSeconds = resolutionSecondsOf({ windowSeconds, comparisonSeconds });
  const pace = { thresholdType: side, windowSeconds, resolutionSeconds } as const;
  const measured = { aggregate: body.aggregate, query: body.query ?? '', environment: body.environment || null };
  const labels = checkLabels(body.triggers);
  return {
    terms: {
      name: body.name,
      ...measured,
      ...pace,
      resolveThreshold: thresholds.resolveThreshold,
      thresholdPeriod: body.thresholdPeriod ?? 1,
      comparisonSeconds,
      noData: body.noData ?? defaultNoData(body.aggregate),
      graceSeconds: body.gracePeriod ?? usualGraceSeconds({ ...measured, ...pace }),
      minimumSessions: body.minimumSessions ?? 0,
      description: body.description ?? '',
      threads: body.threads ?? 'thread',
      broadcast: body.broadcast ?? true,
      triggers: thresholds.triggers.map(({ threshold, index }) => ({ label: labelAt(index), threshold })),
    },
    faults: {
      ...checkMeasure(measured, body),
      ...(Object.keys(labels).length === 0 ? checkThresholds(thresholds) : labels),
    },
  };
}

/** The labels were checked to be these. */
function labelAt(index: number): AlertTrigger['label'] {
  return index === 0 ? 'critical' : 'warning';
}
