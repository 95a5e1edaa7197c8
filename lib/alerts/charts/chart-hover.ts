import { formatValue } from '../../metrics/index.ts';
import { chartFrame, type Frame } from './chart-frame.ts';
import type { ChartInput } from './chart-input.ts';
import { chartSize, fonts, layout } from './chart-theme.ts';
import { textWidth } from './text-width.ts';
import { describeMoment } from './time-axis.ts';

/** What is to be seen of one point when somebody points at it; all in the pixels of the picture. */
export interface HoverPoint {
  readonly moment: string;
  readonly value: string;
  readonly x: number;
  readonly y: number;
  /** The strip of the plot that belongs to the point. */
  readonly strip: { readonly x: number; readonly width: number };
  /** Where the words go. */
  readonly label: { readonly x: number; readonly width: number; readonly middle: number };
}

/** How large the picture is, and which of its points can be pointed at: those where something was measured. */
export interface ChartHover {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly bottom: number;
  readonly points: readonly HoverPoint[];
}

const labelPadding = 6;

/** Lays out what a chart says of each point, over the picture that `chartSvg` makes of the same. */
export function chartHover(input: ChartInput): ChartHover {
  const frame = chartFrame(input);
  const shown = input.points.filter(([timeMs]) => timeMs >= input.fromMs && timeMs <= input.untilMs);
  const xs = shown.map(([timeMs]) => frame.xOf(timeMs));
  const points = shown.flatMap(([timeMs, measured], index): HoverPoint[] => {
    if (measured === null) return [];
    const x = xs[index] ?? frame.left;
    const from = index === 0 ? frame.left : (x + (xs[index - 1] ?? x)) / 2;
    const until = index === shown.length - 1 ? frame.right : (x + (xs[index + 1] ?? x)) / 2;
    const moment = describeMoment(timeMs);
    const value = formatValue(measured, input.unit);
    const y = rounded(frame.yOf(measured));
    const strip = { x: rounded(from), width: rounded(until - from) };
    return [{ moment, value, x: rounded(x), y, strip, label: labelPlace(x, [value, moment], frame) }];
  });
  return { ...chartSize, top: layout.plotTop, bottom: layout.plotBottom, points };
}

/** Above the point, and not beyond the plot. */
function labelPlace(x: number, words: readonly [string, string], { left, right }: Frame): HoverPoint['label'] {
  const [value, moment] = words;
  const width = Math.max(textWidth(value, fonts.labelBold), textWidth(moment, fonts.label)) + 2 * labelPadding;
  const start = Math.max(left, Math.min(x - width / 2, right - width));
  return { x: rounded(start), width: rounded(width), middle: rounded(start + width / 2) };
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
