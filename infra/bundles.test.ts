import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { buildFunctions } from './build.ts';
import { bundleCeilingKilobytes } from './bundle-ceilings.ts';
import { type FunctionDefinition, type FunctionName, functionNames, functions } from './functions.ts';

const run = promisify(execFile);
const outdir = await mkdtemp(join(tmpdir(), 'postflow-bundles-'));
const bundles = await buildFunctions({ outdir });

afterAll(() => rm(outdir, { recursive: true, force: true }));

function filesOf(name: FunctionName): readonly string[] {
  const { files = [] }: FunctionDefinition = functions[name];
  return files;
}

function bundleOf(name: FunctionName) {
  const found = bundles.find((bundle) => bundle.name === name);
  if (found === undefined) {
    throw new Error(`functions/${name}.ts is missing.`);
  }
  return found;
}

/** What Lambda and the template would set, with values that lead nowhere. */
function environmentOf(name: FunctionName): Record<string, string> {
  const variables = Object.fromEntries(functions[name].environment.map((key) => [key, 'https://nowhere.invalid']));
  return { ...variables, AWS_REGION: 'eu-central-1', AWS_LAMBDA_FUNCTION_NAME: name, POWERTOOLS_SERVICE_NAME: name };
}

describe('bundles', () => {
  test('are made of the functions of the table, and no others', () => {
    expect(new Set(bundles.map(({ name }) => name))).toEqual(new Set(functionNames));
  });

  test.each(functionNames)('%s is one file, and those that it names', async (name) => {
    const found = await readdir(bundleOf(name).folder, { recursive: true, withFileTypes: true });
    const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const named = filesOf(name).map((file) => join('node_modules', file));
    expect(new Set(files)).toEqual(new Set(['index.mjs', ...named].map((file) => join(bundleOf(name).folder, file))));
  });

  test('nobody carries what draws but who draws', async () => {
    for (const { name, folder } of bundles) {
      const text = await readFile(join(folder, 'index.mjs'), 'utf8');
      expect(text.includes('zrender'), name).toBe(['render-chart', 'alert-pages', 'preview-alert-rule'].includes(name));
      expect(text.includes('resvg'), name).toBe(name === 'render-chart');
    }
  });

  test.each(functionNames.filter((name) => filesOf(name).length > 0))('%s finds its files', async (name) => {
    const { resolve } = createRequire(join(bundleOf(name).folder, 'index.mjs'));
    for (const file of filesOf(name)) {
      expect(resolve(file)).toBe(join(bundleOf(name).folder, 'node_modules', file));
      expect(await readFile(join(bundleOf(name).folder, 'index.mjs'), 'utf8')).toContain(file);
    }
  });

  test.each(functionNames)('%s stays below its ceiling', (name) => {
    const ceiling = bundleCeilingKilobytes[name];
    expect(ceiling, `infra/bundle-ceilings.ts has no line for ${name}`).toBeDefined();
    expect(bundleOf(name).bytes / 1000).toBeLessThanOrEqual(ceiling ?? 0);
  });

  test.each(functionNames)(
    '%s loads in a fresh process, exports a handler and reads the variables that it gets',
    async (name) => {
      const file = pathToFileURL(join(bundleOf(name).folder, 'index.mjs')).href;
      const script = `
      const { handler, settings } = await import('${file}');
      console.log(JSON.stringify({ handler: typeof handler, reads: Object.keys(settings.shape) }));
      process.exit();`;
      const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
        env: environmentOf(name),
      });
      const loaded = JSON.parse(stdout) as { readonly handler: string; readonly reads: readonly string[] };
      expect(loaded.handler).toBe('function');
      expect(new Set(loaded.reads)).toEqual(new Set<string>(functions[name].environment));
    },
  );
});
