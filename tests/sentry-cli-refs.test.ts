import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalStack, sentryCli, startLocalStack } from './support/local-stack.ts';

let stack: LocalStack;
let checkout: string;
let head: string;

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@acme.example', ...args], {
    cwd: checkout,
    encoding: 'utf8',
  }).trim();

beforeAll(async () => {
  stack = await startLocalStack();
  checkout = mkdtempSync(join(tmpdir(), 'postflow-checkout-'));
  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '-m', 'First');
  git('commit', '--quiet', '--allow-empty', '-m', 'Second');
  git('remote', 'add', 'origin', 'git@github.com:acme/app.git');
  head = git('rev-parse', 'HEAD');
}, 90_000);
afterAll(async () => {
  await stack.stop();
  rmSync(checkout, { recursive: true, force: true });
});

describe.each([3, 2] as const)('sentry-cli %i', (major) => {
  const env = () => ({
    SENTRY_URL: stack.url,
    SENTRY_ORG: stack.org,
    SENTRY_PROJECT: 'web',
    SENTRY_AUTH_TOKEN: stack.token,
    GIT_DIR: join(checkout, '.git'),
  });
  const run = async (...args: string[]) => {
    const { code, output } = await sentryCli(major, args, env());
    expect({ code, output }, args.join(' ')).toEqual({ code: 0, output: expect.any(String) });
    return output;
  };
  const refsOf = async (version: string) => {
    const answer = await fetch(`${stack.url}/api/0/organizations/acme/releases/${version}/`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${stack.token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    return ((await answer.json()) as { refs: unknown[] }).refs;
  };

  it('lists repositories and finds the remote of a checkout among them', async () => {
    expect(await run('repos', 'list')).toContain('acme/app');
    const version = `auto-${major}`;
    await run('releases', 'new', version);
    await run('releases', 'set-commits', '--auto', version);
    expect(await refsOf(version)).toMatchObject([{ repository: 'acme/app', commit: head, previousCommit: null }]);
  });

  it('sets a commit, a range and nothing', async () => {
    const version = `commit-${major}`;
    const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
    await run('releases', 'new', version);
    await run('releases', 'set-commits', version, '--commit', `acme/app@${a}`);
    expect(await refsOf(version)).toMatchObject([{ commit: a, previousCommit: null }]);
    await run('releases', 'set-commits', version, '--commit', `acme/app@${a}..${b}`);
    expect(await refsOf(version)).toMatchObject([{ commit: b, previousCommit: a, fetch: 'no-provider' }]);
    await run('releases', 'set-commits', version, '--clear');
    expect(await refsOf(version)).toEqual([]);
  });
});
