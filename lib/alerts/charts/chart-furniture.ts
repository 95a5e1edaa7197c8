import { messages } from '../messages.ts';
import type { Frame } from './chart-frame.ts';
import type { ChartInput, ChartMark, ChartThreshold } from './chart-input.ts';
import { chartSize, colors, fontFamily, fonts, layout } from './chart-theme.ts';
import { type PlacedMark, placeMarks } from './place-labels.ts';
import { summarize } from './summarize.ts';
import { drawableText, fitText, type TextSize, textWidth } from './text-width.ts';
import { describeRange } from './time-axis.ts';
import { shortValue } from './value-axis.ts';

/** Everything around the line: the card, the title, names of releases and deploys, the range, and the numbers. */
export function chartFurniture(input: ChartInput, frame: Frame): object[] {
  const { margin, titleTop, subtitleTop, footerTop } = layout;
  const { width } = chartSize;
  const inner = width - 2 * margin;
  const subtitle = drawableText(input.subtitle);
  const title = drawableText(input.title, subtitle);
  const numbers = footerNumbers(input);
  const numbersLeft = width - margin - textWidth(numbers, fonts.label);
  return [
    card(),
    text(fitText(title, inner, fonts.title), margin, titleTop, fonts.title, colors.title),
    ...(title === subtitle
      ? []
      : [text(fitText(subtitle, inner, fonts.subtitle), margin, subtitleTop, fonts.subtitle, colors.text)]),
    ...marks(input, frame),
    ...thresholdNames(input, frame),
    text(describeRange(input.fromMs, input.untilMs), margin, footerTop, fonts.label, colors.text),
    text(numbers, numbersLeft, footerTop, fonts.label, colors.title),
    ...(input.points.some(([, value]) => value !== null) ? [] : [noData(frame)]),
  ];
}

/** What is most asked for: the worst value, and the last one. */
function footerNumbers({ points, unit, thresholdType }: ChartInput): string {
  const { min, max, last } = summarize(points);
  const worst = thresholdType === 'above' ? max : min;
  if (worst === undefined || last === undefined) return '';
  const format = (value: number) => shortValue(value, unit);
  return messages.chartNumbers(thresholdType, format(worst[1]), format(last[1]));
}

function card(): object {
  const shape = { x: 0.5, y: 0.5, width: chartSize.width - 1, height: chartSize.height - 1, r: 8 };
  return {
    type: 'rect',
    silent: true,
    z: -10,
    shape,
    style: { fill: colors.card, stroke: colors.cardEdge, lineWidth: 1 },
  };
}

/** A word beside a line of the plot has a seam of the card's colour, so that it can be read on whatever lies below. */
function text(words: string, x: number, y: number, { size, bold }: TextSize, fill: string, seam = 0): object {
  const font = { fontFamily, fontSize: size, fontWeight: bold ? 'bold' : 'normal' } as const;
  const edge = seam > 0 ? { stroke: colors.card, lineWidth: seam } : {};
  // ECharts keeps the widths of texts in plain objects: one called `__proto__` would write into the prototype of all objects.
  const shown = words in Object.prototype ? `${words} ` : words;
  return { type: 'text', silent: true, x, y, z: 20, style: { text: shown, ...font, fill, ...edge } };
}

/** Above its line each, at the right unless another name or the metric's own line is in the way there. */
function thresholdNames(input: ChartInput, { left, right, xOf, yOf }: Frame): object[] {
  const font = fonts.labelBold;
  const height = font.size + 3;
  const placed: { readonly x: number; readonly y: number; readonly until: number }[] = [];
  return [...input.thresholds].sort(byRank).map(({ kind, value }) => {
    const words = messages.chartThreshold(kind, shortValue(value, input.unit));
    const width = textWidth(words, font);
    const y = yOf(value) - height;
    const isFree = (x: number) =>
      placed.every((other) => Math.abs(other.y - y) >= height || other.until < x || x + width < other.x);
    const isClear = (x: number) =>
      input.points.every(([timeMs, point]) => {
        const at = xOf(timeMs);
        if (point === null || at < x - 2 || at > x + width + 2) return true;
        return yOf(point) < y - 2 || yOf(point) > y + height;
      });
    const places = [right - 4 - width, left + 4, (left + right - width) / 2].filter(isFree);
    const x = places.find(isClear) ?? places[0] ?? left + 4;
    placed.push({ x, y, until: x + width });
    return text(words, x, y, font, colors[kind], 3);
  });
}

/** What matters most chooses its place first. */
function byRank({ kind: one }: ChartThreshold, { kind: other }: ChartThreshold): number {
  const order = ['critical', 'warning', 'resolve'];
  return order.indexOf(one) - order.indexOf(other);
}

/** A line with a foot on the axis for each, and its name where there is room. */
function marks(input: ChartInput, frame: Frame): object[] {
  const shown = input.marks.filter(({ timeMs }) => timeMs >= input.fromMs && timeMs <= input.untilMs);
  const opacity = shown.length > manyMarks ? 0.4 : 1;
  return placeMarks(shown, { ...frame, left: layout.margin }).flatMap((placed) => [
    markLine(placed, opacity),
    ...(placed.label === undefined ? [] : [name(placed.mark, placed.label)]),
  ]);
}

/** So many lines would stand before the metric rather than beside it. */
const manyMarks = 10;

function markLine({ mark, x }: PlacedMark, opacity: number): object {
  const shape = { x1: x, x2: x, y1: layout.plotTop - 3, y2: layout.plotBottom };
  return {
    type: 'line',
    silent: true,
    z: 3,
    shape,
    style: { stroke: colors[mark.kind], lineWidth: 1, lineDash: [3, 2], opacity },
  };
}

function name({ kind }: ChartMark, label: { readonly text: string; readonly x: number }): object {
  return text(label.text, label.x, layout.marksTop, fonts.label, colors[kind]);
}

function noData({ left, right }: Frame): object {
  const words = messages.noDataInChart;
  const x = (left + right) / 2 - textWidth(words, fonts.words) / 2;
  const y = (layout.plotTop + layout.plotBottom) / 2 - fonts.words.size / 2;
  return text(words, x, y, fonts.words, colors.text);
}
