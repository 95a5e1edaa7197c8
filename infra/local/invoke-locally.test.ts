import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { invokeLocally } from './invoke-locally.ts';
import { NoLocalStackError } from './local-file.ts';
import { type RunningFixture, runFixture } from './testing/fixture-stack.ts';

let running: RunningFixture;
let folder: string;
let localFile: string;

beforeEach(async () => {
  const code = `export const handler = async ({ fail }) => { console.log('working'); if (fail) throw new Error('no'); return { fine: true }; };`;
  running = await runFixture({ functions: { 'fixture-work': { code }, 'fixture-play': { code } } });
  folder = await mkdtemp(join(tmpdir(), 'postflow-invoke-'));
  localFile = join(folder, 'local.json');
  const slack = { signingSecret: '', teamId: '', botUserId: '', channels: [] };
  const alert = { statsd: '', threshold: 1, windowSeconds: 1, channel: '' };
  const rest = { org: '', projects: [], repository: '', token: '', orgToken: '', slack, users: [], alert };
  await writeFile(
    localFile,
    JSON.stringify({ url: running.url, endpoint: running.awsUrl, stackName: 'fixture', ...rest }),
  );
});
afterEach(async () => {
  await running.close();
  await rm(folder, { recursive: true });
});

test('a function is invoked by its short or full name and shows answer and logs', async () => {
  for (const name of ['work', 'fixture-work']) {
    const result = await invokeLocally({ name, payload: '{}', localFile });
    expect(result).toMatchObject({ failed: false, answer: '{\n  "fine": true\n}' });
    expect(result.logs).toContain('\nworking\n');
  }
});

test('a function that throws is shown as failed', async () => {
  const { failed, answer } = await invokeLocally({ name: 'work', payload: '{"fail":1}', localFile });
  expect([failed, JSON.parse(answer)]).toMatchObject([true, { errorMessage: 'no' }]);
});

test('for an unknown function, the message lists those there are', async () => {
  const unknown = invokeLocally({ name: 'wrok', payload: '{}', localFile });
  await expect(unknown).rejects.toThrow('There is no function wrok. There are: work, play.');
});

test('when the stack of the file is gone, the message says how to start one', async () => {
  await running.stack.close();
  const gone = invokeLocally({ name: 'work', payload: '{}', localFile });
  await expect(gone).rejects.toThrow(NoLocalStackError);
});
