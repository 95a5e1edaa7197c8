import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GithubServer, githubToken, startGithubServer } from '../../tests/support/github-server.ts';
import { testClock, testStart } from '../../tests/support/test-app.ts';
import { UnavailableError } from '../platform/errors.ts';
import { FetchRefusedError } from './commit-provider.ts';
import { githubCommits } from './github-commits.ts';
import type { Repository } from './release-record.ts';

let server: GithubServer;

beforeAll(async () => {
  server = await startGithubServer();
  server.addRepository(
    'acme/app',
    Array.from({ length: 451 }, (_, index) => ({ sha: `c${index}` })),
  );
  server.addRepository('Acme-2/odd._name', [{ sha: 'a' }, { sha: 'b' }]);
});
afterAll(() => server.stop());

const endless = new AbortController().signal;

const repository = (name: string, url?: string): Repository => ({
  id: '1',
  organization: 'acme',
  name,
  provider: 'github',
  createdAt: testStart,
  ...(url !== undefined && { url }),
});

const compare = (name: string, start: string | null, end: string, options: { token?: string; url?: string } = {}) => {
  const { token = githubToken, url } = options;
  const clock = testClock(testStart);
  return githubCommits({ apiUrl: server.apiUrl, token, clock }).compare(repository(name, url), start, end, endless);
};

describe('commits from GitHub', () => {
  it('are those between two commits, newest first, however many pages they fill', async () => {
    const commits = await compare('acme/app', 'c0', 'c450');
    expect(commits.map(({ id }) => id)).toEqual(Array.from({ length: 450 }, (_, index) => `c${450 - index}`));
    expect(commits[0]).toEqual({
      id: 'c450',
      message: 'Change c450',
      author_name: 'Ada',
      author_email: 'ada@acme.example',
      timestamp: '2026-03-01T08:00:00.000Z',
      patch_set: null,
    });
  });

  it('are the newest 10,000 of more', async () => {
    server.addRepository(
      'acme/huge',
      Array.from({ length: 10_251 }, (_, index) => ({ sha: `h${index}` })),
    );
    const commits = await compare('acme/huge', 'h0', 'h10250');
    expect(commits.length).toBeGreaterThan(9_900);
    expect(commits.length).toBeLessThanOrEqual(10_000);
    expect(commits[0]?.id).toBe('h10250');
  });

  it('are the newest 20 without a start, and none between a commit and itself', async () => {
    const commits = await compare('acme/app', null, 'c100');
    expect(commits.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `c${100 - index}`));
    expect(await compare('acme/app', 'c1', 'c1')).toEqual([]);
  });

  it('bring their files when there is one', async () => {
    const files = [
      { filename: 'a.ts', status: 'added' },
      { filename: 'b.ts', status: 'modified' },
      { filename: 'c.ts', status: 'removed' },
      { filename: 'e.ts', previous_filename: 'd.ts', status: 'renamed' },
      { filename: 'f.ts', status: 'unchanged' },
    ];
    server.addRepository('acme/files', [{ sha: 'a' }, { sha: 'b', files }]);
    const [commit] = await compare('acme/files', 'a', 'b');
    expect(commit?.patch_set).toEqual([
      { path: 'a.ts', type: 'A' },
      { path: 'b.ts', type: 'M' },
      { path: 'c.ts', type: 'D' },
      { path: 'd.ts', type: 'D' },
      { path: 'e.ts', type: 'A' },
    ]);
  });

  it('keep within the limits of our own', async () => {
    const author = { name: 'n'.repeat(200), email: `${'e'.repeat(80)}@acme.example`, date: 'yesterday' };
    server.addRepository('acme/long', [{ sha: 'a' }, { sha: 'b', author }, { sha: 'c', author: null }]);
    expect(await compare('acme/long', 'a', 'c')).toMatchObject([
      { id: 'c', author_name: null, author_email: null, timestamp: '2026-03-01T08:30:00.000Z' },
      { id: 'b', author_name: 'n'.repeat(128), author_email: null, timestamp: null },
    ]);
  });

  it('are found by the name of the repository, or else by its address', async () => {
    expect(await compare('Acme-2/odd._name', 'a', 'b')).toHaveLength(1);
    const url = 'https://github.com/Acme-2/odd._name.git';
    expect(await compare('our app', 'a', 'b', { url })).toHaveLength(1);
  });

  it.each(['../..', './x', 'a/..', 'app', 'a/b/c', 'a b/c', 'a/%2e%2e'])(
    'are not asked for under the name %s',
    async (name) => {
      const before = server.requests.length;
      await expect(compare(name, null, 'a')).rejects.toBeInstanceOf(FetchRefusedError);
      expect(server.requests).toHaveLength(before);
    },
  );

  it.each(['../../../user', 'a?b#c', 'a b', '%2e%2e', 'ö😀'])(
    'cannot lead elsewhere by a commit named %s',
    async (sha) => {
      await expect(compare('acme/app', sha, 'c1')).rejects.toBeInstanceOf(FetchRefusedError);
      await expect(compare('acme/app', null, sha)).rejects.toBeInstanceOf(FetchRefusedError);
      for (const request of server.requests.slice(-2))
        expect(request).toMatch(/^GET \/repos\/acme\/app\/(compare|commits)/);
    },
  );

  it('are refused for good when GitHub does not know the repository or the token', async () => {
    await expect(compare('acme/none', 'a', 'b')).rejects.toThrow(/no such repository/);
    await expect(compare('acme/app', 'c1', 'c2', { token: 'old' })).rejects.toThrow(/token/);
  });

  const inAMinute = String(Date.parse(testStart) / 1_000 + 60);
  it.each<[string, number, Record<string, string>, number]>([
    ['a primary limit', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inAMinute }, 60],
    ['a secondary limit', 403, { 'retry-after': '17' }, 17],
    ['too many requests', 429, {}, 60],
    ['a limit that is over', 429, { 'x-ratelimit-reset': '0' }, 1],
    ['an error of its own', 502, {}, 30],
  ])('come later after %s', async (_, status, headers, seconds) => {
    server.failWith('acme/app', { status, headers, body: '{"message":"no"}' });
    const error = await compare('acme/app', 'c1', 'c2').catch((caught: unknown) => caught);
    server.failWith('acme/app', undefined);
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({ retryAfterSeconds: seconds });
  });

  it.each<[string, number, string, RegExp]>([
    ['forbids', 403, '{"message":"Resource not accessible by personal access token"}', /may not read/],
    ['has moved', 451, '{"message":"Repository unavailable"}', /no such repository/],
    ['speaks of something else', 200, '{"hello":1}', /does not understand/],
    ['does not speak JSON', 200, '<html>', /does not understand/],
  ])('do not come when GitHub %s', async (_, status, body, message) => {
    server.failWith('acme/app', { status, body });
    const error = await compare('acme/app', 'c1', 'c2').catch((caught: unknown) => caught);
    server.failWith('acme/app', undefined);
    expect(error).toBeInstanceOf(FetchRefusedError);
    expect((error as Error).message).toMatch(message);
  });

  it('are not asked for any more once there is no time left', async () => {
    const provider = githubCommits({ apiUrl: server.apiUrl, token: githubToken, clock: testClock(testStart) });
    const before = server.requests.length;
    const late = AbortSignal.abort();
    await expect(provider.compare(repository('acme/app'), null, 'a', late)).rejects.toThrow();
    expect(server.requests).toHaveLength(before);
  });

  it('come later when nobody is there', async () => {
    const gone = await startGithubServer();
    await gone.stop();
    const provider = githubCommits({ apiUrl: gone.apiUrl, token: githubToken, clock: testClock(testStart) });
    await expect(provider.compare(repository('acme/app'), null, 'a', endless)).rejects.toBeInstanceOf(UnavailableError);
  });
});
