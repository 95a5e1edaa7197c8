import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalStack, sentryCli, startLocalStack } from './support/local-stack.ts';

let stack: LocalStack;

beforeAll(async () => {
  stack = await startLocalStack();
}, 90_000);
afterAll(() => stack.stop());

interface Shown {
  readonly environment: string;
  readonly name: string | null;
  readonly dateFinished: string;
}

/** What the API says of the deploys of a release. */
async function deploysOf(version: string): Promise<readonly Shown[]> {
  const path = `/api/0/organizations/${stack.org}/releases/${encodeURIComponent(version)}/deploys/`;
  const answer = await fetch(`${stack.url}${path}`, { headers: { authorization: `Bearer ${stack.token}` } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Shown[];
}

describe.each([3, 2] as const)('sentry-cli %i', (major) => {
  const run = (...args: string[]) =>
    sentryCli(major, args, { SENTRY_URL: stack.url, SENTRY_ORG: stack.org, SENTRY_AUTH_TOKEN: stack.orgToken });

  async function newRelease(name: string): Promise<string> {
    const version = `shop@${major}.0.0+${name}`;
    expect(await run('releases', 'new', version, '-p', 'web', '-p', 'api')).toMatchObject({ code: 0 });
    return version;
  }

  /** The command in its present form and in its former one. */
  const commands: readonly (readonly [string, (version: string, ...options: string[]) => string[]])[] = [
    ['deploys new', (version, ...options) => ['deploys', 'new', '-r', version, ...options]],
    ['releases deploys new', (version, ...options) => ['releases', 'deploys', version, 'new', ...options]],
  ];

  it.each(commands)('records deploys with %s and lists them', async (name, command) => {
    const version = await newRelease(name.replaceAll(' ', '-'));
    const recorded = await run(
      ...command(version, '-e', 'production', '-n', 'blue', '-u', 'https://ci.acme.example/7'),
    );
    expect(recorded).toEqual({ code: 0, output: expect.stringContaining('blue') });
    const timed = ['--started', '1772440000', '--finished', '1772440060'];
    expect(await run(...command(version, '-e', 'staging', ...timed))).toMatchObject({ code: 0 });
    expect(await deploysOf(version)).toMatchObject([
      { environment: 'production', name: 'blue', url: 'https://ci.acme.example/7', dateStarted: null },
      { environment: 'staging', dateStarted: '2026-03-02T08:26:40.000Z', dateFinished: '2026-03-02T08:27:40.000Z' },
    ]);
    const listed = await run('deploys', 'list', '-r', version);
    expect(listed).toEqual({ code: 0, output: expect.stringMatching(/production[\s\S]*staging/) });
  });

  it('records the same deploy once, however often it is sent', async () => {
    const version = await newRelease('again');
    const sent = [
      'deploys',
      'new',
      '-r',
      version,
      '-e',
      'production',
      '--started',
      '1772440000',
      '--finished',
      '1772440060',
    ];
    for (const _ of [1, 2]) expect(await run(...sent)).toMatchObject({ code: 0 });
    expect(await deploysOf(version)).toHaveLength(1);
  });

  it('lists nothing where nothing was deployed', async () => {
    const version = await newRelease('quiet');
    expect(await run('deploys', 'list', '-r', version)).toMatchObject({ code: 0 });
  });

  it.each([
    ['a release that is not there', () => 'nowhere@1', ['-e', 'production']],
    ['an environment with a slash', () => newRelease('slash'), ['-e', 'bad/name']],
    ['a project that the release does not belong to', () => newRelease('project'), ['-e', 'prod', '-p', 'elsewhere']],
  ])('fails for %s and says why', async (_, releaseOf, options) => {
    const { code, output } = await run('deploys', 'new', '-r', await releaseOf(), ...options);
    expect(code).not.toBe(0);
    expect(output).toMatch(/Release not found|Invalid value for environment|Invalid projects \(elsewhere\)/);
  });
});
