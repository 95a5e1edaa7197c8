import type { ChartPoint } from './chart-input.ts';

/** More points than this would fall on the same pixels. */
export const maxPoints = 300;

/**
 * The points of a chart, in the order of time, as many as can be told apart: of several values the worst is kept, with the
 * moment of the last of them, so that no crossing of a threshold is lost.
 */
export function thinPoints(points: readonly ChartPoint[], thresholdType: 'above' | 'below'): ChartPoint[] {
  const perPoint = Math.ceil(points.length / maxPoints);
  if (perPoint <= 1) return [...points];
  const worse = thresholdType === 'above' ? Math.max : Math.min;
  const thinned: ChartPoint[] = [];
  for (let end = points.length; end > 0; end -= perPoint) {
    const some = points.slice(Math.max(0, end - perPoint), end);
    const known = some.flatMap(([, value]) => value ?? []);
    thinned.push([some.at(-1)?.[0] ?? 0, known.length === 0 ? null : worse(...known)]);
  }
  return thinned.reverse();
}
