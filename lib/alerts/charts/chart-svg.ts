import { LineChart } from 'echarts/charts';
import { GraphicComponent, GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { ChartInput, ChartPoint } from './chart-input.ts';
import { chartOption } from './chart-option.ts';
import { chartSize } from './chart-theme.ts';

use([LineChart, GridComponent, MarkAreaComponent, MarkLineComponent, GraphicComponent, SVGRenderer]);

/** ECharts numbers its pictures, and answers the mouse: without both the same input gives the same text. */
const mouse = /\s*<style\b[^>]*>.*?<\/style>| class="zr\d+-cls-\d+"/gsu;
const pictureNumber = /(id="|url\(#)zr\d+-/gu;

/** The picture of a metric as SVG: its line, the thresholds, incidents, releases and deploys. Names are escaped. */
export function chartSvg(input: ChartInput): string {
  const { width, height } = chartSize;
  // The renderer ends in an error over lines that lie outside of the picture altogether.
  const isShown = ([timeMs]: ChartPoint) => timeMs >= input.fromMs && timeMs <= input.untilMs;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(chartOption({ ...input, points: input.points.filter(isShown) }));
    return chart.renderToSVGString().replace(mouse, '').replace(pictureNumber, '$1');
  } finally {
    chart.dispose();
  }
}
