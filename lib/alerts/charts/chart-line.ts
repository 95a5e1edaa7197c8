import { messages } from '../messages.ts';
import type { Frame } from './chart-frame.ts';
import type { ChartInput, ChartPoint, ChartThreshold } from './chart-input.ts';
import { colors, fonts } from './chart-theme.ts';
import { stretches } from './summarize.ts';
import { textWidth } from './text-width.ts';

/** The line of the metric, with the thresholds and the times that stand out. */
export function chartLine(input: ChartInput, frame: Frame): object {
  const { points } = input;
  const color = lineColor(input, frame);
  return {
    type: 'line',
    silent: true,
    z: 5,
    data: points.map(([timeMs, value], index) => ({
      value: [timeMs, value ?? '-'],
      // A point without neighbours makes no line.
      symbol: value !== null && isAlone(points, index) ? 'circle' : 'none',
      itemStyle: { color: value !== null && isBeyond(value, input) ? colors.beyond : colors.line },
    })),
    symbolSize: 5,
    showAllSymbol: true,
    connectNulls: false,
    lineStyle: { color, width: 1.8, join: 'round', cap: 'round' },
    areaStyle: { color: colors.area, opacity: 0.09 },
    markLine: { silent: true, symbol: 'none', data: input.thresholds.map(thresholdLine) },
    markArea: { silent: true, data: [...gaps(input, frame), ...incidents(input, frame)] },
  };
}

function isAlone(points: readonly ChartPoint[], index: number): boolean {
  return (points[index - 1]?.[1] ?? null) === null && (points[index + 1]?.[1] ?? null) === null;
}

/** Whether a value is on the wrong side of the critical threshold. */
export function isBeyond(
  value: number,
  { thresholds, thresholdType }: Pick<ChartInput, 'thresholds' | 'thresholdType'>,
) {
  const critical = thresholds.find(({ kind }) => kind === 'critical');
  if (critical === undefined) return false;
  return thresholdType === 'above' ? value > critical.value : value < critical.value;
}

/** Blue, and red beyond the critical threshold: one line whose colour changes at that height. */
function lineColor({ thresholds, thresholdType }: ChartInput, { yOf, axis }: Frame): unknown {
  const critical = thresholds.find(({ kind }) => kind === 'critical');
  if (critical === undefined) return colors.line;
  const [y, y2] = [yOf(axis.max), yOf(axis.min)];
  const offset = Math.min(1, Math.max(0, (yOf(critical.value) - y) / (y2 - y)));
  const [above, below] = thresholdType === 'above' ? [colors.beyond, colors.line] : [colors.line, colors.beyond];
  const colorStops = [
    { offset: 0, color: above },
    { offset, color: above },
    { offset, color: below },
    { offset: 1, color: below },
  ];
  return { type: 'linear', x: 0, y, x2: 0, y2, global: true, colorStops };
}

/** Kinds of lines differ by their dashes too, not by colour alone; their names are written by chart-furniture.ts. */
const dashes = { critical: [6, 3], warning: [3, 3], resolve: [1, 3] } as const;

function thresholdLine({ kind, value }: ChartThreshold): object {
  return { yAxis: value, lineStyle: { color: colors[kind], width: 1.3, type: dashes[kind] }, label: { show: false } };
}

function incidents({ incidents: spans, fromMs, untilMs }: ChartInput, { xOf }: Frame): object[] {
  return spans.flatMap(({ identifier, startMs, endMs }) => {
    const start = Math.max(startMs, fromMs);
    const end = Math.min(endMs ?? untilMs, untilMs);
    if (end < fromMs || start > untilMs) return [];
    const words = messages.chartIncident(identifier);
    const hasRoom = xOf(end) - xOf(start) > textWidth(words, fonts.labelBold) + 4;
    return [
      area(start, end, {
        itemStyle: { color: colors.incident, opacity: 0.11 },
        label: {
          show: hasRoom,
          position: 'insideTop',
          formatter: words,
          color: colors.incident,
          fontSize: 10,
          fontWeight: 'bold',
        },
      }),
    ];
  });
}

/** Times without data, from the last point before to the first one after. */
function gaps({ points, fromMs, untilMs }: ChartInput, { xOf }: Frame): object[] {
  const [first, second] = points;
  const distance = first === undefined || second === undefined ? 0 : second[0] - first[0];
  const isEmpty = points.every(([, value]) => value === null);
  return (isEmpty ? [{ startMs: fromMs, endMs: untilMs }] : stretches(points, (value) => value === null)).map(
    ({ startMs, endMs }) => {
      const [start, end] = [Math.max(fromMs, startMs - distance), Math.min(untilMs, endMs + distance)];
      const hasRoom = !isEmpty && xOf(end) - xOf(start) > textWidth(messages.noData, fonts.label) + 6;
      return area(start, end, {
        itemStyle: { color: colors.gap, opacity: 1 },
        label: {
          show: hasRoom,
          position: 'inside',
          formatter: messages.noData,
          color: colors.text,
          fontSize: fonts.label.size,
        },
      });
    },
  );
}

function area(startMs: number, endMs: number, looks: object): object[] {
  return [{ xAxis: startMs, ...looks }, { xAxis: endMs }];
}
