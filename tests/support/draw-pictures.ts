import { mkdirSync, writeFileSync } from 'node:fs';
import { chartPng } from '../../lib/alerts/charts/chart-png.ts';
import { chartSvg } from '../../lib/alerts/charts/chart-svg.ts';
import { samples } from '../../lib/alerts/charts/samples.fixture.ts';

// node tests/support/draw-pictures.ts [folder] [scale]: draws what lib/alerts/charts/pictures.test.ts compares with. Look at
// every picture before it is stored, at 360 pixels too: that is what a phone shows.

const [, , folder = 'lib/alerts/charts/pictures', scale = '1'] = process.argv;
mkdirSync(folder, { recursive: true });
for (const [name, input] of Object.entries(samples)) {
  writeFileSync(`${folder}/${name}.png`, await chartPng(chartSvg(input), Number(scale)));
}
