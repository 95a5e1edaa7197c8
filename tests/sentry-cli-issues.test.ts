import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalStack, sentryCli, startLocalStack } from './support/local-stack.ts';

const adminCli = fileURLToPath(new URL('../infra/admin/cli.ts', import.meta.url));
let stack: LocalStack;

beforeAll(async () => {
  stack = await startLocalStack();
}, 90_000);
afterAll(() => stack.stop());

async function createIssue(title: string): Promise<string> {
  const args = ['issue', 'create', '--organization', stack.org, '--project', 'web', '--title', title, '--json'];
  const env = { ...process.env, POSTFLOW_STATE_DIR: stack.folder };
  const { stdout } = await promisify(execFile)(process.execPath, [adminCli, ...args], { env });
  return (JSON.parse(stdout) as { shortId: string }).shortId;
}

async function status(shortId: string): Promise<string> {
  const answer = await fetch(`${stack.url}/api/0/organizations/${stack.org}/issues/${shortId}/`, {
    headers: { authorization: `Bearer ${stack.token}` },
  });
  return ((await answer.json()) as { status: string }).status;
}

async function idOf(shortId: string): Promise<string> {
  const answer = await fetch(`${stack.url}/api/0/issues/${shortId}/`, {
    headers: { authorization: `Bearer ${stack.token}` },
  });
  return ((await answer.json()) as { id: string }).id;
}

describe.each([3, 2] as const)('sentry-cli %s', (major) => {
  const cli = async (...args: string[]) => {
    const environment = {
      SENTRY_URL: stack.url,
      SENTRY_ORG: stack.org,
      SENTRY_PROJECT: 'web',
      SENTRY_AUTH_TOKEN: stack.token,
    };
    const { code, output } = await sentryCli(major, args, environment);
    expect(code, output).toBe(0);
    return output;
  };

  it('lists, resolves, mutes and opens issues', async () => {
    const shortId = await createIssue(`Boom ${major}`);
    const other = await createIssue(`Bang ${major}`);
    const list = await cli('issues', 'list');
    expect(list).toContain(shortId);
    expect(list).toContain(`Boom ${major}`);
    expect(await cli('issues', 'list', '--query', `is:resolved Boom ${major}`)).not.toContain(shortId);
    const id = await idOf(shortId);
    await cli('issues', 'resolve', '-i', id);
    expect([await status(shortId), await status(other)]).toEqual(['resolved', 'unresolved']);
    await cli('issues', 'unresolve', '-i', id);
    expect(await status(shortId)).toBe('unresolved');
    await cli('issues', 'mute', '-s', 'unresolved');
    expect([await status(shortId), await status(other)]).toEqual(['ignored', 'ignored']);
    await cli('issues', 'resolve', '--all', '--next-release');
    expect([await status(shortId), await status(other)]).toEqual(['resolved', 'resolved']);
  });

  it('finds no events yet', async () => {
    expect(await cli('events', 'list')).toMatch(/No events/);
  });
});
