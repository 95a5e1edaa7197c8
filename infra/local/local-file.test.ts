import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type LocalFile,
  NoLocalStackError,
  readLocalFile,
  removeLocalFile,
  StrangeLocalFileError,
  writeLocalFile,
} from './local-file.ts';

const content: LocalFile = {
  url: 'http://127.0.0.1:1',
  endpoint: 'http://127.0.0.1:2',
  stackName: 'postflow',
  org: 'acme',
  projects: [{ slug: 'web', id: '1', dsn: 'http://k@127.0.0.1:1/1' }],
  repository: 'acme/app',
  token: 't',
  orgToken: 'o',
  slack: { signingSecret: 's', teamId: 'T', botUserId: 'U', channels: [{ id: 'C', name: 'c' }] },
  signIn: { issuer: 'http://127.0.0.1:3', clientId: 'c', accounts: ['a'] },
  users: [{ email: 'a@b.c', role: 'owner', slackUserId: 'U1' }],
  alert: { statsd: 'm@none', threshold: 1, windowSeconds: 60, channel: 'C' },
};

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postflow-local-'));
  path = join(folder, 'deep', 'local.json');
});
afterEach(() => rm(folder, { recursive: true }));

test('what was written is read again', async () => {
  await writeLocalFile(content, path);
  expect(await readLocalFile(path)).toEqual(content);
});

test('the file is for its owner only, also when it was not before', async () => {
  path = join(folder, 'local.json');
  await writeFile(path, 'old', { mode: 0o644 });
  await writeLocalFile(content, path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('without a file, the message says how to start', async () => {
  await expect(readLocalFile(path)).rejects.toThrow(NoLocalStackError);
  await expect(readLocalFile(path)).rejects.toThrow(/npm start/);
});

test('a file of before people could sign in serves for everything else', async () => {
  const { signIn: _, ...older } = content;
  path = join(folder, 'local.json');
  await writeFile(path, JSON.stringify(older));
  expect(await readLocalFile(path)).toMatchObject(older);
});

test.each(['{}', '{'])('a file that says something else (%s) is named, with what to do', async (text) => {
  path = join(folder, 'local.json');
  await writeFile(path, text);
  await expect(readLocalFile(path)).rejects.toThrow(StrangeLocalFileError);
  await expect(readLocalFile(path)).rejects.toThrow(`${path} is damaged`);
});

test('a stack removes its own file and nobody else’s', async () => {
  await writeLocalFile(content, path);
  await removeLocalFile('http://127.0.0.1:9', path);
  expect(await readLocalFile(path)).toEqual(content);
  await removeLocalFile(content.url, path);
  await expect(readLocalFile(path)).rejects.toThrow(NoLocalStackError);
});
