import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionNames, functions } from '../functions.ts';
import { readLocalFile } from './local-file.ts';
import { type PostflowOptions, type RunningPostflow, startPostflow } from './postflow.ts';

/** Stands for functions/admin.ts: gives what seeding needs, and remembers nothing. */
const admin = `export const handler = async ({ command, input }: { command: string; input: Record<string, string> }) => ({
  ok: true,
  result: { slug: input.slug, id: command, dsn: 'http://key@' + new URL(process.env.PUBLIC_URL ?? '').host + '/1', token: input.kind },
});`;
/** Stands for every other function: shows what it sees. */
const mirror = `export const handler = async (event: { path?: string }) => ({
  statusCode: 200,
  body: JSON.stringify({ path: event.path, environment: process.env }),
});`;

const schedules = Object.values(functions).filter(({ trigger }) => trigger.kind === 'schedule').length;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postflow-whole-'));
  await mkdir(join(folder, 'functions'));
  await Promise.all(
    functionNames.map((name) => writeFile(join(folder, 'functions', `${name}.ts`), name === 'admin' ? admin : mirror)),
  );
});
afterAll(() => rm(folder, { recursive: true }));

function start(changed: Partial<PostflowOptions> = {}): Promise<RunningPostflow> {
  return startPostflow({
    port: 0,
    localFile: join(folder, 'local.json'),
    assemblyFolder: join(folder, 'cdk.out'),
    sources: join(folder, 'functions'),
    // Short: Lambda gives a function's name, which begins with it, 64 characters.
    stackName: `m-${randomUUID()}`,
    timers: false,
    say: () => {},
    onLog: () => {},
    ...changed,
  });
}

// Each start synthesizes the template and bundles every function.
describe('the whole of postflow, with mirrors for functions', { timeout: 120_000 }, () => {
  test('runs the real template, tells how to reach it, and takes everything with it', async () => {
    const running = await start();
    const { local } = running;
    expect(await readLocalFile(join(folder, 'local.json'))).toEqual(local);
    expect(local.projects[0]).toEqual({
      slug: 'web',
      id: 'project.create',
      dsn: `http://key@${new URL(local.url).host}/1`,
    });

    const response = await fetch(`${local.url}/api/0/`);
    const { path, environment } = (await response.json()) as { path: string; environment: Record<string, string> };
    expect(path).toBe('/api/0/');
    expect(environment['TABLE_NAME']).toBeDefined();
    expect((await fetch(`${local.url}/nowhere`)).status).toBe(404);

    const messages = await fetch(`${local.url}/__local/slack/messages`);
    expect(await messages.json()).toEqual([]);
    const schedule = await fetch(`${local.url}/__local/schedule`, { method: 'POST' });
    expect(await schedule.json()).toEqual({ invocations: schedules, failures: 0, deadLetters: 0 });

    const pids = running.stack.workerPids();
    expect(pids.length).toBeGreaterThan(0);
    await running.close();
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await expect(fetch(local.url)).rejects.toThrow();
    await expect(readFile(join(folder, 'local.json'))).rejects.toThrow('ENOENT');
  });

  test('keeps secrets and sample data in a data folder, under a new address', async () => {
    const dataFolder = join(folder, 'data');
    const first = await start({ dataFolder });
    await first.close();
    const second = await start({ dataFolder });
    await second.close();
    expect(second.local.slack).toEqual(first.local.slack);
    expect(second.local.token).toBe(first.local.token);
    expect(second.local.projects[0]?.dsn).toBe(`http://key@${new URL(second.local.url).host}/1`);
  });

  test('ends what it has started when it is told to stop on the way', async () => {
    await expect(start({ stop: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped');
  });
});
