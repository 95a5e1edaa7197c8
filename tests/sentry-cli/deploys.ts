import { describe, expect, it } from 'vitest';
import { api, type Major, majors, type Running, readApi, releasePath, runCli } from './command-line.ts';

interface Deploy {
  readonly environment: string;
  readonly name: string | null;
  readonly dateStarted: string | null;
  readonly dateFinished: string;
}

const timed = ['--started', '1772440000', '--finished', '1772440060'];

/** The command in its present form and in its former one. */
const commands: readonly (readonly [string, (version: string, ...options: string[]) => string[]])[] = [
  ['deploys new', (version, ...options) => ['deploys', 'new', '-r', version, ...options]],
  ['releases deploys new', (version, ...options) => ['releases', 'deploys', version, 'new', ...options]],
];

/** The commands for deploys. */
export function describeDeploys(running: Running): void {
  describe.each(majors)('deploys with %i.x', (major) => describeOf(running, major));
}

function describeOf(running: Running, major: Major): void {
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runCli(running(), major, args, env);
  const newRelease = async (name: string) => {
    const version = `shop@${major}.0.0+${name}`;
    const body = { version, projects: ['web', 'api'] };
    expect((await api(running(), 'organizations/acme/releases/', 'POST', body)).status).toBe(201);
    return version;
  };
  const deploysOf = (version: string) => readApi<readonly Deploy[]>(running(), releasePath(version, 'deploys/'));

  it.each(commands)('are recorded with %s and listed', async (name, command) => {
    const version = await newRelease(name.replaceAll(' ', '-'));
    const blue = ['-e', 'production', '-n', 'blue', '-u', 'https://ci.acme.example/7'];
    expect(await run(command(version, ...blue))).toEqual({ code: 0, output: expect.stringContaining('blue') });
    expect(await run(command(version, '-e', 'staging', ...timed))).toMatchObject({ code: 0 });
    expect(await deploysOf(version)).toMatchObject([
      { environment: 'production', name: 'blue', url: 'https://ci.acme.example/7', dateStarted: null },
      { environment: 'staging', dateStarted: '2026-03-02T08:26:40.000Z', dateFinished: '2026-03-02T08:27:40.000Z' },
    ]);
    for (const list of [
      ['deploys', 'list', '-r', version],
      ['releases', 'deploys', version, 'list'],
    ]) {
      expect(await run(list)).toEqual({ code: 0, output: expect.stringMatching(/production[\s\S]*staging/) });
    }
  });

  it('take how long they took, and the projects that they are for', async () => {
    const version = await newRelease('took');
    const env = { SENTRY_AUTH_TOKEN: running().orgToken };
    const sent = ['deploys', 'new', '-r', version, '-e', 'production', '-t', '60', '-p', 'web'];
    expect(await run(sent, env)).toMatchObject({ code: 0 });
    const [deploy] = await deploysOf(version);
    expect(deploy).toMatchObject({ environment: 'production', name: null });
    const seconds = (Date.parse(deploy?.dateFinished ?? '') - Date.parse(deploy?.dateStarted ?? '')) / 1_000;
    expect(seconds).toBe(60);
    expect(await run([...sent.slice(0, -1), 'api', '-n', 'of api'])).toMatchObject({ code: 0 });
    expect((await deploysOf(version)).map(({ name }) => name).sort()).toEqual([null, 'of api'].sort());
  });

  it('count once, however often they are sent', async () => {
    const version = await newRelease('again');
    const sent = ['deploys', 'new', '-r', version, '-e', 'production', ...timed];
    for (const _ of [1, 2]) expect(await run(sent)).toMatchObject({ code: 0 });
    expect(await deploysOf(version)).toHaveLength(1);
  });

  it('are none where nothing was deployed', async () => {
    const version = await newRelease('quiet');
    expect(await run(['deploys', 'list', '-r', version])).toEqual({
      code: 0,
      output: expect.stringContaining('No deploys found'),
    });
  });

  it.each([
    ['a release that is not there', () => 'nowhere@1', ['-e', 'production'], /Release not found/],
    ['an environment with a slash', () => newRelease('slash'), ['-e', 'bad/name'], /Invalid value for environment/],
    [
      'a name that is too long',
      () => newRelease('long'),
      ['-e', 'prod', '-n', 'n'.repeat(65)],
      /at most 64 characters/,
    ],
    [
      'a project that the release does not belong to',
      () => newRelease('project'),
      ['-e', 'prod', '-p', 'elsewhere'],
      /Invalid projects \(elsewhere\)/,
    ],
  ])('fail for %s and say why', async (_, releaseOf, options, text) => {
    const { code, output } = await run(['deploys', 'new', '-r', await releaseOf(), ...options]);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(text) });
  });
}
