import type { ChartPoint } from './chart-input.ts';

/** A point where something was measured. */
export type MeasuredPoint = readonly [timeMs: number, value: number];

/** The numbers of a series; nothing where nothing was measured. */
export interface Summary {
  readonly min?: MeasuredPoint;
  readonly max?: MeasuredPoint;
  readonly last?: MeasuredPoint;
}

/** The lowest, the highest (the first of each) and the last point. */
export function summarize(points: readonly ChartPoint[]): Summary {
  const measured = points.filter((point): point is MeasuredPoint => point[1] !== null);
  const [first] = measured;
  const last = measured.at(-1);
  if (first === undefined || last === undefined) return {};
  return {
    min: measured.reduce((lowest, point) => (point[1] < lowest[1] ? point : lowest), first),
    max: measured.reduce((highest, point) => (point[1] > highest[1] ? point : highest), first),
    last,
  };
}

/** From the first to the last moment of points in a row for which something holds. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/** The stretches of points for which something holds. */
export function stretches(points: readonly ChartPoint[], holds: (value: number | null) => boolean): Stretch[] {
  const found: { startMs: number; endMs: number }[] = [];
  let before = false;
  for (const [timeMs, value] of points) {
    const now = holds(value);
    const current = found.at(-1);
    if (now && before && current !== undefined) current.endMs = timeMs;
    else if (now) found.push({ startMs: timeMs, endMs: timeMs });
    before = now;
  }
  return found;
}
