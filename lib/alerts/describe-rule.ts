import { formatValue } from '../metrics/index.ts';
import { readAggregate, unitOfAggregate } from './aggregate.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { describeWindow } from './describe-duration.ts';
import { statusLooks } from './incident-status.ts';
import { messages } from './messages.ts';

/** What a rule watches, in sentences: when it alerts, and when that is over. Not escaped. */
export function describeRule(rule: AlertRule): string[] {
  const { thresholdType, resolveThreshold, thresholdPeriod, triggers } = rule;
  const about = readAggregate(rule.aggregate);
  const unit = unitOfAggregate(rule.aggregate);
  const number = (value: number): string => formatValue(value, unit);
  const window = describeWindow(rule.windowSeconds);
  return [
    ...triggers.map(({ label, threshold }) =>
      messages.ruleAlerts(statusLooks[label].label, about.plural, thresholdType, number(threshold), window),
    ),
    resolveThreshold === null
      ? messages.ruleEnds(thresholdType)
      : messages.ruleEndsAt(thresholdType, number(resolveThreshold)),
    ...(thresholdPeriod > 1 ? [messages.ruleInARow(thresholdPeriod)] : []),
  ];
}
