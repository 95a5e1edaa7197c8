import { describe, expect, it } from 'vitest';
import { api, type Major, majors, type Running, releasePath, runCli, succeed } from './command-line.ts';
import { type Row, walk } from './rows.ts';

const tokens = ['token', 'orgToken'] as const;

const rows = tokens.flatMap((token): Row[] => [
  {
    what: `lists the organization with the ${token}`,
    token,
    args: ['organizations', 'list'],
    prints: /\| Acme +\| acme +\|/,
  },
  {
    what: `lists projects with the ${token}`,
    token,
    args: ['projects', 'list'],
    prints: /\| web +\| Backend \| Web +\|/,
  },
  {
    what: `lists repositories with the ${token}`,
    token,
    args: ['repos', 'list'],
    prints: /\| acme\/app +\| GitHub +\| https:\/\/github\.com\/acme\/app \|/,
  },
  {
    what: `says who calls with the ${token}`,
    token,
    args: ['info'],
    prints: token === 'token' ? /olivia@acme\.example[\s\S]*project:releases/ : /org:ci/,
  },
  { what: `says that all is set up for the ${token}`, token, args: ['info', '--no-defaults'], code: 0 },
]);

/** The commands that only read. */
export function describeReads(running: Running): void {
  describe('who and what there is', () => walk(running, rows));
  describe.each(majors)('releases read by %i.x', (major) => describeReleaseReads(running, major));
}

function describeReleaseReads(running: Running, major: Major): void {
  const read = (...args: string[]) => succeed(running(), major, args);
  const create = (body: object) => api(running(), 'organizations/acme/releases/', 'POST', body);

  it('lists those of the organization and of a project', async () => {
    const [web, both, gone] = [`web@${major}.1.0`, `web@${major}.2.0`, `gone@${major}`];
    await create({ version: web, projects: ['web'] });
    await create({ version: both, projects: ['web', 'api'], dateReleased: '2026-03-02T09:00:00Z' });
    await create({ version: gone, projects: ['web'], status: 'archived' });
    const all = await read('releases', 'list', '--raw');
    expect(all.split('\n')).toEqual(expect.arrayContaining([web, both]));
    expect(all.split('\n')).not.toContain(gone);
    const ofApi = await read('releases', 'list', '--raw', '-p', 'api');
    expect(ofApi.split('\n')).toContain(both);
    expect(ofApi.split('\n')).not.toContain(web);
    expect(await read('releases', 'list', '--show-projects')).toMatch(/api/);
    const ofOrganization = await runCli(running(), major, ['releases', 'list', '--raw'], {
      SENTRY_AUTH_TOKEN: running().orgToken,
    });
    expect(ofOrganization.output.split('\n')).toEqual(expect.arrayContaining([web, both]));
  });

  it.each([[[]], [['-p', 'web']]])('shows one with its projects and commits %j', async (project) => {
    const version = `shown${project.length}@${major}.0.0`;
    const ids = ['a', 'b', 'c'].map((letter) => letter.repeat(40));
    await create({ version, projects: ['web', 'api'], commits: ids.map((id) => ({ id })) });
    const info = await read('releases', 'info', version, '--show-commits', '--show-projects', ...project);
    for (const text of [version, 'web', 'api', ...ids]) expect(info).toContain(text);
    expect((await api(running(), releasePath(version))).status).toBe(200);
  });
}
