import type { ChartInput } from './chart-input.ts';
import { chartSize, fonts, layout } from './chart-theme.ts';
import { textWidth } from './text-width.ts';
import { type ValueAxis, valueAxis } from './value-axis.ts';

/** Where the plot is, and where on it a moment and a value are. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly axis: ValueAxis;
  xOf(timeMs: number): number;
  yOf(value: number): number;
}

/** Fits the axes around what is to be seen: every value and every threshold. */
export function chartFrame(input: ChartInput): Frame {
  const { fromMs, untilMs, points, thresholds, unit } = input;
  const values = [...points.flatMap(([, value]) => value ?? []), ...thresholds.map(({ value }) => value)];
  const axis = valueAxis(values, unit);
  const widest = Math.max(...axis.ticks.map(({ label }) => textWidth(label, fonts.axis)));
  const left = Math.ceil(layout.margin + widest + 6);
  const right = chartSize.width - layout.margin - 6;
  const { plotTop, plotBottom } = layout;
  return {
    left,
    right,
    axis,
    xOf: (timeMs) => left + ((timeMs - fromMs) / (untilMs - fromMs)) * (right - left),
    yOf: (value) => plotBottom - ((value - axis.min) / (axis.max - axis.min)) * (plotBottom - plotTop),
  };
}
