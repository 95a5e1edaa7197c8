import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { buildFunctions } from './build.ts';

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'postflow-build-'));
const sources = join(folder, 'functions');
await mkdir(join(sources, 'middleware'), { recursive: true });
const files = {
  'plain.ts': "export const handler = async (): Promise<string> => 'plain';",
  'old-fashioned.ts': "import where from './where.cjs';\nexport const handler = async () => where;",
  'where.cjs': "module.exports = require('node:os').EOL.length;",
  'plain.test.ts': 'throw new Error("not a function");',
  'middleware/shared.ts': 'throw new Error("not a function");',
};
for (const [name, text] of Object.entries(files)) {
  await writeFile(join(sources, name), text);
}
const outdir = join(folder, 'dist');
const bundles = await buildFunctions({ sources, outdir });

afterAll(() => rm(folder, { recursive: true, force: true }));

async function answerOf(name: string): Promise<string> {
  const script = `const { handler } = await import('${join(outdir, 'functions', name, 'index.mjs')}'); console.log(await handler());`;
  return (await run(process.execPath, ['--input-type=module', '--eval', script])).stdout.trim();
}

describe('buildFunctions', () => {
  test('bundles the files of the folder itself, tests excluded', () => {
    expect(bundles.map(({ name }) => name)).toEqual(['old-fashioned', 'plain']);
  });

  test('gives `require` to the bundle that calls it and not to the others', async () => {
    expect(bundles.map(({ name, usesRequire }) => [name, usesRequire])).toEqual([
      ['old-fashioned', true],
      ['plain', false],
    ]);
    expect(await readFile(join(outdir, 'functions/plain/index.mjs'), 'utf8')).not.toContain('createRequire');
  });

  test('writes modules that run on their own', async () => {
    expect(await answerOf('plain')).toBe('plain');
    expect(await answerOf('old-fashioned')).toBe('1');
  });

  test('keeps the metafile, and tells each bundle’s size', async () => {
    const meta: unknown = JSON.parse(await readFile(join(outdir, 'meta.json'), 'utf8'));
    expect(meta).toMatchObject({ outputs: expect.any(Object) });
    for (const { folder: path, bytes } of bundles) {
      expect((await readFile(join(path, 'index.mjs'))).byteLength).toBe(bytes);
    }
  });

  test('fails on a source that does not compile', async () => {
    const broken = join(folder, 'broken');
    await mkdir(broken);
    await writeFile(join(broken, 'oops.ts'), "import './is-not-there.ts';");
    await expect(buildFunctions({ sources: broken, outdir })).rejects.toThrow('Could not resolve "./is-not-there.ts"');
  });
});
