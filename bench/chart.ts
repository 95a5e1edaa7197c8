import { readFileSync, writeFileSync } from 'node:fs';
import type { Comparison } from './compare.ts';

// node bench/chart.ts: draws results/compare.json into docs/images/set-commits-compared.svg. Bars are logarithmic: what is
// a hundred times more would otherwise leave nothing to see of what is less.

const figures = { ms: 'milliseconds', requests: 'requests to DynamoDB', units: 'capacity units' } as const;
const colours = { ours: '#2f7d5b', naive: '#b5651d' } as const;
const left = 245;
const barHeight = 15;
const rowHeight = 46;
const width = 860;
const decade = 110;

const file = new URL('results/compare.json', import.meta.url);
const { comparisons } = JSON.parse(readFileSync(file, 'utf8')) as { comparisons: readonly Comparison[] };
const bars = comparisons.flatMap((row) =>
  Object.entries(figures).map(([figure, unit]) => ({ row, figure: figure as keyof typeof figures, unit })),
);
const height = 60 + bars.length * rowHeight;
const lines = bars.map(({ row, figure, unit }, index) => {
  const top = 50 + index * rowHeight;
  const name = figure === 'ms' ? `<text x="12" y="${top + 13}" font-weight="600">${row.name}</text>` : '';
  const label = `<text x="${left - 8}" y="${top + 22}" text-anchor="end" fill="#555">${unit}</text>`;
  return [name, label, bar(top, 'ours', row[figure].ours), bar(top + barHeight + 3, 'naive', row[figure].naive)].join(
    '',
  );
});

writeFileSync(
  new URL('../docs/images/set-commits-compared.svg', import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12">
<title>Setting commits: postflow beside the specified algorithm, statement after statement</title>
<rect width="100%" height="100%" fill="#fff"/>
${legend('ours', 'postflow', left)}${legend('naive', 'statement after statement', left + 100)}<text x="${left + 300}" y="24" fill="#555">(bars are logarithmic)</text>
${lines.join('\n')}
</svg>
`,
);

function bar(top: number, who: keyof typeof colours, value: number): string {
  const length = Math.max(2, Math.log10(Math.max(1, value)) * decade);
  const said = value.toLocaleString('en-US');
  return `<rect x="${left}" y="${top}" width="${length.toFixed(1)}" height="${barHeight}" rx="2" fill="${colours[who]}"/><text x="${(left + length + 6).toFixed(1)}" y="${top + 12}">${said}</text>`;
}

function legend(who: keyof typeof colours, name: string, x: number): string {
  return `<rect x="${x}" y="14" width="12" height="12" rx="2" fill="${colours[who]}"/><text x="${x + 18}" y="24">${name}</text>`;
}
