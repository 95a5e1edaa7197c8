import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functionNames } from '../functions.ts';
import { type CloudFormationTemplate, type SynthesizeOptions, synthesize } from '../synthesize.ts';

/** Where a trial synthesis reads from and writes to. */
export interface TrialFolders {
  readonly outdir: string;
  readonly sources: string;
}

/**
 * Lends a folder with functions of one line each. What the template says does not depend on what the functions do, and so
 * these tests hold while somebody is in the middle of changing one; bundles.test.ts builds the real ones.
 */
export async function withTrialFolders<T>(use: (folders: TrialFolders) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'postflow-infra-'));
  try {
    const sources = join(folder, 'functions');
    await mkdir(sources);
    for (const name of functionNames) {
      await writeFile(join(sources, `${name}.ts`), `export const handler = async () => '${name}';\n`);
    }
    return await use({ outdir: join(folder, 'assembly'), sources });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The template of a trial synthesis. */
export function trialTemplate(options: SynthesizeOptions = {}): Promise<CloudFormationTemplate> {
  return withTrialFolders(async (folders) => (await synthesize({ ...folders, ...options })).template);
}
