import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NoLocalStackError, writeLocalFile } from '../local/local-file.ts';
import { type RunningFixture, runFixture } from '../local/testing/fixture-stack.ts';
import { sendToAdmin } from './send.ts';

let running: RunningFixture;
let folder: string;
let localFile: string;

beforeEach(async () => {
  const code = `export const handler = async (payload) => {
    if (payload.command === 'fail') throw new Error('broken');
    return { ok: true, result: payload };
  };`;
  running = await runFixture({ functions: { 'fixture-admin': { code } } });
  folder = await mkdtemp(join(tmpdir(), 'postflow-admin-'));
  localFile = join(folder, 'local.json');
  await writeLocalFile(
    {
      url: running.url,
      endpoint: running.awsUrl,
      stackName: 'fixture',
      org: 'acme',
      projects: [],
      repository: 'acme/app',
      token: 't',
      orgToken: 'o',
      slack: { signingSecret: 's', teamId: 'T', botUserId: 'U', channels: [] },
      signIn: { issuer: 'http://127.0.0.1:3', clientId: 'c', accounts: [] },
      users: [],
      alert: { statsd: 'm@none', threshold: 1, windowSeconds: 60, channel: 'C' },
    },
    localFile,
  );
});
afterEach(async () => {
  await running.close();
  await rm(folder, { recursive: true });
});

test('a payload reaches the admin function of the running local stack', async () => {
  const payload = { command: 'organization.list', input: { é: 1 } };
  expect(await sendToAdmin(payload, {}, localFile)).toEqual({ ok: true, result: payload });
});

test('a failure of the function is an error with what it said', async () => {
  const failing = sendToAdmin({ command: 'fail', input: {} }, {}, localFile);
  await expect(failing).rejects.toThrow(/fixture-admin failed: .*broken/);
});

test('without a running stack, the message says how to start one', async () => {
  const payload = { command: 'organization.list', input: {} };
  await expect(sendToAdmin(payload, {}, join(folder, 'none.json'))).rejects.toThrow(NoLocalStackError);
  await running.stack.close();
  await expect(sendToAdmin(payload, {}, localFile)).rejects.toThrow(/npm start/);
});
