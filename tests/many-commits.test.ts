import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { descendants, type LocalStack, startLocalStack } from './support/local-stack.ts';

// On a file, so that what is kept of a killed stack can be started again.
const data = mkdtempSync(join(tmpdir(), 'postflow-data-'));
let stack: LocalStack;

const start = () => startLocalStack(['--quiet', '--data', data]);
beforeAll(async () => {
  stack = await start();
}, 90_000);
afterAll(async () => {
  await stack.stop();
  rmSync(data, { recursive: true, force: true });
});

const count = 10_000;
/** What API Gateway gives a request. */
const gatewayTimeoutMs = 29_000;

interface SentCommit {
  readonly id: string;
}

/** A list whose body is nearly as large as a request may be; the timestamps decide on its order. */
function manyCommits(repository: string): SentCommit[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${repository}-${index}`,
    repository,
    message: `Commit ${index} of ${repository}: `.padEnd(400, 'lorem ipsum '),
    author_name: `Developer ${index % 50}`,
    author_email: `developer${index % 50}@acme.example`,
    timestamp: new Date(Date.UTC(2026, 2, 1) - index * 1_000).toISOString(),
  }));
}

const few = (repository: string): SentCommit[] => manyCommits(repository).slice(0, 250);

function api(path: string, method = 'GET', body?: object): Promise<Response> {
  const url = path.startsWith('http') ? path : `${stack.url}/api/0/organizations/acme/${path}`;
  return fetch(url, {
    method,
    headers: { authorization: `Bearer ${stack.token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
}

const setCommits = (version: string, commits: readonly SentCommit[]) => api(`releases/${version}/`, 'PUT', { commits });

async function releaseWith(version: string, commits: readonly SentCommit[]): Promise<void> {
  expect((await api('releases/', 'POST', { version, projects: ['web'], commits })).status).toBe(201);
}

/** The IDs of all commits, read page after page. */
async function idsOf(version: string): Promise<string[]> {
  const ids: string[] = [];
  for (let url: string | undefined = `releases/${version}/commits/?per_page=100`; url !== undefined; ) {
    const answer: Response = await api(url);
    expect(answer.status).toBe(200);
    ids.push(...((await answer.json()) as SentCommit[]).map(({ id }) => id));
    url = /<([^>]+)>; rel="next"; results="true"/.exec(answer.headers.get('link') ?? '')?.[1];
  }
  return ids;
}

const ids = (commits: readonly SentCommit[]) => commits.map(({ id }) => id);
const commitCount = async (version: string) =>
  ((await (await api(`releases/${version}/`)).json()) as { commitCount: number }).commitCount;

/** Resolves when a request has begun to write: it makes its repository first of all. */
async function begun(repository: string): Promise<void> {
  const names = async () => ((await (await api('repos/')).json()) as { name: string }[]).map(({ name }) => name);
  await expect.poll(names, { interval: 20, timeout: 20_000 }).toContain(repository);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') + readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

describe('ten thousand commits', () => {
  it('are set within the time that a request has, and read in their order', async () => {
    const commits = manyCommits('many');
    await releaseWith('many@1', []);
    const body = JSON.stringify({ commits }).length;
    expect(body).toBeGreaterThan(5_500_000);
    const started = performance.now();
    expect((await setCommits('many@1', commits)).status).toBe(200);
    const tookMs = performance.now() - started;
    console.log(`${count} commits in ${(body / 1e6).toFixed(1)} MB: ${(tookMs / 1_000).toFixed(1)} s`);
    expect(tookMs).toBeLessThan(gatewayTimeoutMs);
    expect(await commitCount('many@1')).toBe(count);
    expect(await idsOf('many@1')).toEqual(ids(commits));
  }, 180_000);

  it('leave the old list whole when their function is killed, and are set the next time', async () => {
    const [old, next] = [few('worker-old'), manyCommits('worker-next')];
    await releaseWith('worker@1', old);
    const answer = setCommits('worker@1', next);
    await begun('worker-next');
    const workers = descendants(stack.process.pid ?? 0).filter((pid) => commandOf(pid).includes('update-release'));
    expect(workers.length).toBeGreaterThan(0);
    for (const pid of workers) process.kill(pid, 'SIGKILL');
    expect((await answer).status).toBe(502);
    expect([await commitCount('worker@1'), await idsOf('worker@1')]).toEqual([old.length, ids(old)]);

    expect((await setCommits('worker@1', next)).status).toBe(200);
    expect([await commitCount('worker@1'), await idsOf('worker@1')]).toEqual([count, ids(next)]);
  }, 180_000);

  it('leave the old list whole when everything is killed, and are set after the next start', async () => {
    const [old, next] = [few('stack-old'), manyCommits('stack-next')];
    await releaseWith('stack@1', old);
    const answer = setCommits('stack@1', next).catch(() => undefined);
    await begun('stack-next');
    const all = [stack.process.pid ?? 0, ...descendants(stack.process.pid ?? 0)];
    for (const pid of all) process.kill(pid, 'SIGKILL');
    expect(await answer).toBeUndefined();
    await stack.stop();

    stack = await start();
    expect([await commitCount('stack@1'), await idsOf('stack@1')]).toEqual([old.length, ids(old)]);
    expect((await setCommits('stack@1', next)).status).toBe(200);
    expect([await commitCount('stack@1'), await idsOf('stack@1')]).toEqual([count, ids(next)]);
  }, 180_000);
});
