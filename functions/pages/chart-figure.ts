import { html, raw } from 'hono/html';
import { type ChartInput, chartHover, describeChart, type HoverPoint, pageChartSvg } from '../../lib/alerts/index.ts';
import { alertMessages as say } from './alert-messages.ts';
import type { Html } from './layout.ts';

/**
 * A chart that says its numbers without a script: the stylesheet shows those of the point that is pointed at or touched,
 * and they stand in a table for who reads with ears or keys.
 */
export function chartFigure(input: ChartInput): Html {
  const titled = { ...input, title: input.subtitle };
  const { width, height, top, bottom, points } = chartHover(titled);
  return html`<figure>
<div class="chart">
<div role="img" aria-label="${describeChart(input)}">${raw(pageChartSvg(titled))}</div>
<svg class="points" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">${points.map((point) => hoverGroup(point, top, bottom))}</svg>
</div>
${points.length === 0 ? '' : numbers(titled, points)}
</figure>`;
}

const labelHeight = 31;

/** Invisible but for the one below the pointer. A touch gives it the focus, which keys never do. */
function hoverGroup({ moment, value, x, y, strip, label }: HoverPoint, top: number, bottom: number): Html {
  const labelTop = top - 4 - labelHeight;
  return html`<g tabindex="-1"><rect x="${strip.x}" y="${top}" width="${strip.width}" height="${bottom - top}"/><g><path d="M${x} ${top - 4}V${bottom}"/><circle cx="${x}" cy="${y}" r="3.5"/><rect x="${label.x}" y="${labelTop}" width="${label.width}" height="${labelHeight}" rx="4"/><text x="${label.middle}" y="${labelTop + 13}">${value}</text><text class="when" x="${label.middle}" y="${labelTop + 25}">${moment}</text></g></g>`;
}

function numbers({ subtitle }: ChartInput, points: readonly HoverPoint[]): Html {
  const rows = points
    .toReversed()
    .map(({ moment, value }) => html`<tr><th scope="row">${moment}</th><td>${value}</td></tr>`);
  return html`<figcaption>${say.chartPoint}</figcaption><details><summary>${say.numbers}</summary><div class="scroll" tabindex="0" role="region" aria-label="${say.numbers}"><table><caption>${say.numbersCaption(subtitle)}</caption><thead><tr><th scope="col">${say.numbersTime}</th><th scope="col">${say.numbersValue}</th></tr></thead><tbody>${rows}</tbody></table></div></details>`;
}
