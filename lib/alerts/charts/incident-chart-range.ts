/** An incident and the windows of its rule, as far as they say what is to be seen. */
export interface ChartedIncident {
  /** ISO times; `closedAt` is absent while it is open. */
  readonly startedAt: string;
  readonly closedAt?: string | null | undefined;
  readonly windowSeconds: number;
}

/** From when to when a chart goes. */
export interface ChartRange {
  readonly fromMs: number;
  readonly untilMs: number;
}

const fewestWindows = 150;
const mostWindows = 10_000;

/** What the chart of an incident shows: as much before it and after it as half its length, or as 75 windows of its rule at least. */
export function incidentChartRange({ startedAt, closedAt, windowSeconds }: ChartedIncident, nowMs: number): ChartRange {
  const startMs = Date.parse(startedAt);
  const endMs = closedAt ? Date.parse(closedAt) : nowMs;
  const windowMs = windowSeconds * 1_000;
  const lengthMs = Math.min(Math.max(endMs - startMs, fewestWindows * windowMs), mostWindows * windowMs);
  return { fromMs: startMs - lengthMs / 2, untilMs: Math.min(endMs + lengthMs / 2, nowMs) };
}
