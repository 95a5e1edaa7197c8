import type { AlertRule } from '../alert-rule-store.ts';
import { ruleMessages as messages } from '../messages.ts';
import type { AlertRuleBody } from './rule-body.ts';

/** What is wrong, by field. */
export type Faults = Readonly<Record<string, readonly string[]>>;

/** What the thresholds of a rule have to fit together for. */
export interface Thresholds extends Pick<AlertRule, 'thresholdType' | 'resolveThreshold'> {
  readonly triggers: readonly { readonly label: string; readonly threshold: number }[];
}

/** Whether there are a critical trigger and at most a warning beside it, in this order. */
export function checkLabels(triggers: AlertRuleBody['triggers']): Faults {
  const [first, second, ...others] = triggers;
  const said = [
    ...(first === undefined ? [messages.noTrigger] : []),
    ...(first !== undefined && first.label !== 'critical' ? [messages.firstLabel] : []),
    ...(second !== undefined && second.label !== 'warning' ? [messages.secondLabel] : []),
    ...(others.length > 0 ? [messages.tooManyTriggers] : []),
  ];
  return said.length === 0 ? {} : { triggers: said };
}

/** Whether critical lies beyond warning, and both beyond what resolves them; all as they are kept. */
export function checkThresholds({ thresholdType: side, resolveThreshold, triggers }: Thresholds): Faults {
  const [critical, warning] = triggers;
  const within =
    resolveThreshold === null
      ? []
      : triggers.filter(({ threshold }) => !isBeyondResolve(side, threshold, resolveThreshold));
  const isBehindWarning =
    critical !== undefined && warning !== undefined && beyond(side, critical.threshold, warning.threshold) < 0;
  return {
    ...(within.length > 0 && { resolveThreshold: within.map(({ label }) => messages.resolveWithin(label, side)) }),
    ...(isBehindWarning && { triggers: [messages.criticalWithinWarning(side)] }),
  };
}

/** How far `one` lies beyond `other` in the direction that alerts. */
function beyond(side: Thresholds['thresholdType'], one: number, other: number): number {
  return side === 'above' ? one - other : other - one;
}

/** Between whole numbers the values that alert and that resolve are the next ones: above 0 and below 1 are 1 and 0. */
function isBeyondResolve(side: Thresholds['thresholdType'], alert: number, resolve: number): boolean {
  const slack = Number.isInteger(alert) && Number.isInteger(resolve) ? 2 : 0;
  return beyond(side, alert, resolve) + slack > 0;
}
