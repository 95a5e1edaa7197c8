import { readAggregate, unitOfAggregate } from '../aggregate.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import { describeDistance, describeWindow } from '../describe-duration.ts';
import { messages } from '../messages.ts';
import type { ChartInput, ChartThreshold } from './chart-input.ts';

/** The parts of a rule that a chart of its values shows. */
export type ChartedTerms = Pick<
  AlertRule,
  'aggregate' | 'windowSeconds' | 'comparisonSeconds' | 'thresholdType' | 'resolveThreshold'
> & { readonly triggers: readonly Pick<AlertRule['triggers'][number], 'label' | 'threshold'>[] };

/** What a chart says of a rule: what is measured, in which unit, and the levels that decide. */
export function chartTerms(
  terms: ChartedTerms,
): Pick<ChartInput, 'subtitle' | 'unit' | 'thresholdType' | 'thresholds'> {
  const { aggregate, windowSeconds, comparisonSeconds, thresholdType, resolveThreshold, triggers } = terms;
  const { plural } = readAggregate(aggregate);
  const subtitle = messages.chartSubtitle(plural, describeWindow(windowSeconds));
  const thresholds: ChartThreshold[] = triggers.map(({ label, threshold }) => ({ kind: label, value: threshold }));
  return {
    subtitle:
      comparisonSeconds === null ? subtitle : messages.chartCompared(subtitle, describeDistance(comparisonSeconds)),
    unit: comparisonSeconds === null ? unitOfAggregate(aggregate) : 'percent',
    thresholdType,
    thresholds: resolveThreshold === null ? thresholds : [...thresholds, { kind: 'resolve', value: resolveThreshold }],
  };
}
