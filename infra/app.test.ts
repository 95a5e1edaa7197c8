import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import type { CloudFormationTemplate } from './synthesize.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');
const folder = await mkdtemp(join(tmpdir(), 'postflow-app-'));

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the pinned CDK command line on the real functions, as npm run deploy does, without credentials or a network. */
async function cdk(...args: string[]): Promise<string> {
  const environment = {
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: folder,
    CDK_DISABLE_VERSION_CHECK: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const command = [join(root, 'node_modules/aws-cdk/bin/cdk'), ...args, '--no-notices'];
  return (await run(process.execPath, command, { cwd: root, env: environment })).stdout;
}

async function templateIn(outdir: string, stackName: string): Promise<CloudFormationTemplate> {
  return JSON.parse(await readFile(join(outdir, `${stackName}.template.json`), 'utf8')) as CloudFormationTemplate;
}

/** Two processes that load the CDK, while other tests keep both cores busy. */
const timeout = 120_000;

test('the CDK command line finds one stack, and hands its context over', { timeout }, async () => {
  const outdir = join(folder, 'cdk.out');
  const context = ['-c', 'stackName=postflow-try', '-c', 'production=false'];
  expect((await cdk('ls', '--output', outdir, ...context)).trim()).toBe('postflow-try');
  const { Resources } = await templateIn(outdir, 'postflow-try');
  expect(Resources['MainTable']).toMatchObject({ Properties: { DeletionProtectionEnabled: false } });
});

test('the app protects data when nobody says that it is not production', { timeout }, async () => {
  const outdir = join(folder, 'plain');
  await cdk('synth', '--quiet', '--output', outdir);
  const { Resources } = await templateIn(outdir, 'postflow');
  expect(Resources['MainTable']).toMatchObject({ Properties: { DeletionProtectionEnabled: true } });
});
