import { chartSvg } from '../charts/chart-svg.ts';
import { chartTerms } from '../charts/chart-terms.ts';
import { thinPoints } from '../charts/thin-points.ts';
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
  return chartSvg({
    title: terms.name,
    ...chartTerms(terms),
    ...time,
    points: thinPoints(values, terms.thresholdType),
    incidents: incidents.slice(-mostIncidents).map(({ startedAtMs, endedAtMs }, index) => ({
      identifier: Math.max(0, incidents.length - mostIncidents) + index + 1,
      startMs: startedAtMs,
      endMs: endedAtMs,
    })),
    marks: [],
  });
}
