/** A moment and what was measured there; null where nothing was. */
export type ChartPoint = readonly [timeMs: number, value: number | null];

/** A level that decides something about the rule. */
export interface ChartThreshold {
  readonly kind: 'critical' | 'warning' | 'resolve';
  readonly value: number;
}

/** A time in which the rule had an incident; `endMs` is null while it is open. */
export interface ChartIncident {
  readonly identifier: number;
  readonly startMs: number;
  readonly endMs: number | null;
}

/** Something that was done at a moment and may be the reason. */
export interface ChartMark {
  readonly kind: 'release' | 'deploy';
  readonly timeMs: number;
  /** A version, an environment. */
  readonly name: string;
}

/** All that a chart shows, as plain data. */
export interface ChartInput {
  readonly title: string;
  /** What is measured, in words: `sum(checkout.errors) over 5 minutes`. */
  readonly subtitle: string;
  /** The unit of the metric as metric names have it (`second`, `byte`); `none` where it is only a number. */
  readonly unit: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /** In the order of time, at even distances. */
  readonly points: readonly ChartPoint[];
  readonly thresholds: readonly ChartThreshold[];
  /** On which side of its threshold a value is too much. */
  readonly thresholdType: 'above' | 'below';
  readonly incidents: readonly ChartIncident[];
  readonly marks: readonly ChartMark[];
}
