import type { EChartsCoreOption } from 'echarts/core';
import { chartFrame, type Frame } from './chart-frame.ts';
import { chartFurniture } from './chart-furniture.ts';
import type { ChartInput } from './chart-input.ts';
import { chartLine } from './chart-line.ts';
import { colors, fontFamily, fonts, layout } from './chart-theme.ts';
import { timeTicks } from './time-axis.ts';

/** What ECharts is told to draw. */
export function chartOption(input: ChartInput): EChartsCoreOption {
  const frame = chartFrame(input);
  return {
    animation: false,
    textStyle: { fontFamily },
    grid: {
      left: frame.left,
      top: layout.plotTop,
      width: frame.right - frame.left,
      height: layout.plotBottom - layout.plotTop,
      containLabel: false,
    },
    xAxis: xAxis(input),
    yAxis: yAxis(frame),
    graphic: chartFurniture(input, frame),
    series: [chartLine(input, frame)],
  };
}

function xAxis({ fromMs, untilMs }: ChartInput) {
  const ticks = timeTicks(fromMs, untilMs);
  const at = new Map(ticks.map((tick) => [tick.timeMs, tick]));
  const customValues = ticks.map(({ timeMs }) => timeMs);
  return {
    type: 'value',
    min: fromMs,
    max: untilMs,
    splitLine: { show: false },
    axisLine: { show: true, onZero: false, lineStyle: { color: colors.axis, width: 1 } },
    axisTick: { show: true, customValues, length: 4, lineStyle: { color: colors.axis } },
    axisLabel: {
      customValues,
      fontSize: fonts.axis.size,
      color: colors.text,
      margin: 7,
      formatter: (timeMs: number) => at.get(timeMs)?.label ?? '',
    },
  };
}

function yAxis({ axis }: Frame) {
  const customValues = axis.ticks.map(({ value }) => value);
  const labels = new Map(axis.ticks.map(({ value, label }) => [value, label]));
  const interval = (axis.max - axis.min) / (axis.ticks.length - 1);
  return {
    type: 'value',
    min: axis.min,
    max: axis.max,
    interval,
    splitLine: { show: true, lineStyle: { color: colors.grid, width: 1 } },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      customValues,
      fontSize: fonts.axis.size,
      color: colors.text,
      margin: 6,
      formatter: (value: number) => labels.get(value) ?? '',
    },
  };
}
