import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadState, saveState } from './saved-state.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postflow-state-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('without a data folder, every start has secrets of its own', async () => {
  expect((await loadState(undefined)).secrets).not.toEqual((await loadState(undefined)).secrets);
});

test('with a data folder, secrets and sample data stay, for their owner only', async () => {
  const data = join(folder, 'data');
  const sample = { projects: [{ slug: 'web', id: '1', dsn: 'd' }], token: 't', orgToken: 'o' };
  const state = { ...(await loadState(data)), sample };
  await saveState(data, state);
  expect(await loadState(data)).toEqual(state);
  expect((await stat(join(data, 'state.json'))).mode & 0o777).toBe(0o600);
});

test('a state of before people could sign in gets what that needs', async () => {
  const { oidcClientSecret: _, ...secrets } = (await loadState(undefined)).secrets;
  await writeFile(join(folder, 'state.json'), JSON.stringify({ secrets, botToken: 'xoxb-local-of-an-older-start' }));
  expect((await loadState(folder)).secrets).toEqual({ ...secrets, oidcClientSecret: expect.stringMatching(/.{16}/) });
});

test('a damaged state is not silently replaced: it would lock the kept data away', async () => {
  await writeFile(join(folder, 'state.json'), '{}');
  await expect(loadState(folder)).rejects.toThrow(/remove .* to start afresh/);
});
