import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { build, type OutputFile } from 'esbuild';
import { type FunctionDefinition, functions } from './functions.ts';

const root = resolve(import.meta.dirname, '..');

/** One built function. */
export interface Bundle {
  readonly name: string;
  /** The absolute folder that holds index.mjs, and in node_modules the files that the function names. */
  readonly folder: string;
  readonly bytes: number;
  /** Whether a dependency calls `require`, so that the bundle starts with the createRequire banner. */
  readonly usesRequire: boolean;
}

export interface BuildOptions {
  /** The folder with one file per function; `functions` unless said otherwise. */
  readonly sources?: string;
  /** Gets functions/<name>/index.mjs and meta.json; `dist` unless said otherwise. */
  readonly outdir?: string;
}

/**
 * CommonJS packages that call `require` at run time (for Node's own modules, mostly) find none in an ES module.
 * The imported name is long so that no minified name can meet it.
 */
const requireBanner =
  "import{createRequire as $createRequire}from'node:module';const require=$createRequire(import.meta.url);\n";

/** esbuild leaves this text in a bundle exactly when a call of `require` is left in it. */
const leftoverRequire = 'Dynamic require of "';

async function functionFiles(sources: string): Promise<string[]> {
  const entries = await readdir(sources, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => entry.name)
    .sort();
}

async function write(file: OutputFile): Promise<Bundle> {
  const usesRequire = file.text.includes(leftoverRequire);
  const text = usesRequire ? requireBanner + file.text : file.text;
  const folder = dirname(file.path);
  await mkdir(folder, { recursive: true });
  await writeFile(file.path, text);
  return { name: relative(dirname(folder), folder), folder, bytes: Buffer.byteLength(text), usesRequire };
}

/** Puts the files that a function reads where its bundle finds them as if the package was installed there. */
async function copyFiles({ name, folder }: Bundle): Promise<void> {
  const definitions: Readonly<Record<string, FunctionDefinition>> = functions;
  const files = Object.hasOwn(definitions, name) ? (definitions[name]?.files ?? []) : [];
  const { resolve: find } = createRequire(import.meta.url);
  await Promise.all(
    files.map(async (file) => {
      const target = join(folder, 'node_modules', file);
      await mkdir(dirname(target), { recursive: true });
      await copyFile(find(file), target);
    }),
  );
}

/** Bundles every function in one esbuild call; throws when a source does not compile. */
export async function buildFunctions(options: BuildOptions = {}): Promise<readonly Bundle[]> {
  const sources = resolve(root, options.sources ?? 'functions');
  const outdir = resolve(root, options.outdir ?? 'dist');
  const result = await build({
    absWorkingDir: root,
    entryPoints: (await functionFiles(sources)).map((file) => ({
      in: join(sources, file),
      out: join(file.slice(0, -'.ts'.length), 'index'),
    })),
    outdir: join(outdir, 'functions'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    legalComments: 'none',
    metafile: true,
    // Written below: one call builds all, yet each bundle gets the banner only when it needs it.
    write: false,
    logLevel: 'silent',
  });
  await mkdir(outdir, { recursive: true });
  await writeFile(join(outdir, 'meta.json'), JSON.stringify(result.metafile));
  const bundles = await Promise.all(result.outputFiles.map(write));
  await Promise.all(bundles.map(copyFiles));
  return bundles;
}

if (import.meta.main) {
  const started = performance.now();
  const bundles = await buildFunctions();
  console.table(
    Object.fromEntries(
      bundles.map(({ name, bytes, usesRequire }) => [name, { kB: Math.round(bytes / 100) / 10, usesRequire }]),
    ),
  );
  console.log(
    `${bundles.length} functions in ${Math.round(performance.now() - started)} ms, details in dist/meta.json`,
  );
}
