import { readAggregate } from '../aggregate.ts';
import type { ChartPoint } from '../charts/chart-input.ts';
import { chartSvg } from '../charts/chart-svg.ts';
import { maxPoints } from '../charts/roll-windows.ts';
import { describeWindow } from '../describe-duration.ts';
import { messages } from '../messages.ts';
import type { RuleTerms } from '../rules/validate-rule.ts';
import type { JudgedPast } from './judge-past.ts';

/** More red areas than this are one. */
const mostIncidents = 50;

/** The past of a rule as SVG: what it would have judged, its thresholds and its incidents. */
export function previewChart(
  terms: RuleTerms,
  { incidents, values }: JudgedPast,
  time: { readonly fromMs: number; readonly untilMs: number },
): string {
  const about = readAggregate(terms.aggregate);
  const { thresholdType, resolveThreshold, triggers } = terms;
  return chartSvg({
    title: terms.name,
    subtitle: messages.chartSubtitle(about.plural, describeWindow(terms.windowSeconds)),
    unit: terms.comparisonSeconds === null ? unitOf(about) : 'percent',
    ...time,
    thresholdType,
    thresholds: [
      ...triggers.map(({ label, threshold }) => ({ kind: label, value: threshold })),
      ...(resolveThreshold === null ? [] : [{ kind: 'resolve', value: resolveThreshold } as const]),
    ],
    points: worstOf(values, thresholdType),
    incidents: incidents.slice(-mostIncidents).map(({ startedAtMs, endedAtMs }, index) => ({
      identifier: Math.max(0, incidents.length - mostIncidents) + index + 1,
      startMs: startedAtMs,
      endMs: endedAtMs,
    })),
    marks: [],
  });
}

function unitOf(about: ReturnType<typeof readAggregate>): string {
  if (about.kind === 'crash-free') return 'percent';
  return (about.kind === 'value' ? about.unit : undefined) ?? 'none';
}

/** Of several values that fall on the same point the worst, so that no crossing of a threshold is lost. */
function worstOf(values: JudgedPast['values'], thresholdType: 'above' | 'below'): ChartPoint[] {
  const perPoint = Math.max(1, Math.ceil(values.length / maxPoints));
  const worse = thresholdType === 'above' ? Math.max : Math.min;
  return Array.from({ length: Math.ceil(values.length / perPoint) }, (_, index) => {
    const some = values.slice(index * perPoint, (index + 1) * perPoint);
    const known = some.flatMap(([, value]) => value ?? []);
    return [some.at(-1)?.[0] ?? 0, known.length === 0 ? null : worse(...known)];
  });
}
