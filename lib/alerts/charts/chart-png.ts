import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { keepUnlessFailed } from '../../platform/keep-unless-failed.ts';
import { chartSize, fontFamily } from './chart-theme.ts';

/** What stands beside the code: infra/build.ts copies these files into the bundle's own node_modules. */
const files = {
  renderer: '@resvg/resvg-wasm/index_bg.wasm',
  regular: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  bold: 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
} as const;

/** The picture as PNG, 1,200 pixels wide unless another scale is asked for; the same input gives the same bytes. The first call of a process loads the renderer. */
export async function chartPng(svg: string, scale: number = chartSize.scale): Promise<Uint8Array> {
  const fontBuffers = [...(await ready())];
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { fontBuffers, defaultFontFamily: fontFamily },
  });
  const image = resvg.render();
  try {
    return image.asPng();
  } finally {
    // Memory of the renderer, which no garbage collector sees.
    image.free();
    resvg.free();
  }
}

const ready = keepUnlessFailed(prepare);

async function prepare(): Promise<readonly Uint8Array[]> {
  const { resolve } = createRequire(import.meta.url);
  const [renderer, ...fonts] = await Promise.all(
    [files.renderer, files.regular, files.bold].map((file) => readFile(resolve(file))),
  );
  await initWasm(renderer ?? new Uint8Array());
  return fonts;
}
