import type { ChartInput } from './chart-input.ts';
import { chartSvg } from './chart-svg.ts';
import { colors } from './chart-theme.ts';

/** By its hex, how a colour is called in a stylesheet; several that look alike have the name of the first. */
const variables = new Map(
  Object.entries(colors)
    .toReversed()
    .map(([name, hex]) => [
      hex as string,
      `--chart-${name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`,
    ]),
);

/**
 * The picture for a page of ours: its colours are variables of the page's stylesheet, so that it is dark where the page is,
 * and its text has the page's font. Nothing in it is an inline style, which the page's policy would not let in.
 */
export function pageChartSvg(input: ChartInput): string {
  return chartSvg(input)
    .replace(/ style="([^"]*)"/gu, (_, style: string) => asAttributes(style))
    .replace(/ (fill|stroke|stop-color)="(#[0-9a-f]{6})"/gu, (whole, attribute: string, hex: string) => {
      const variable = variables.get(hex);
      return variable === undefined ? whole : ` ${attribute}="var(${variable})"`;
    })
    .replace(/^<svg width="\d+" height="\d+"/u, '<svg aria-hidden="true" focusable="false"');
}

/** What ECharts says of a text's font; the font itself is the page's. */
function asAttributes(style: string): string {
  const kept = style.split(';').flatMap((declaration) => {
    const [property = '', value = ''] = declaration.split(':');
    return property === 'font-size' || property === 'font-weight' ? [` ${property}="${value}"`] : [];
  });
  return kept.join('');
}
