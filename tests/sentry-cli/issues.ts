import { describe, expect, it } from 'vitest';
import { createIssue, majors, newProject, type Running, readApi, runCli } from './command-line.ts';

interface Shown {
  readonly id: string;
  readonly status: string;
}

/** The commands for issues and events. */
export function describeIssues(running: Running): void {
  const issue = (shortId: string) => readApi<Shown>(running(), `organizations/acme/issues/${shortId}/`);
  const statuses = (...ids: string[]) => Promise.all(ids.map(async (id) => (await issue(id)).status));

  describe.each(majors)('issues with %i.x', (major) => {
    /** Of a project of its own, since these commands change all its issues. */
    const cliFor = async (name: string) => {
      const project = await newProject(running(), `${name}-${major}`);
      const run = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
        const { code, output } = await runCli(running(), major, args, { SENTRY_PROJECT: project, ...env });
        expect(code, output).toBe(0);
        return output;
      };
      return { project, run };
    };

    it('are listed and looked for', async () => {
      const { project, run } = await cliFor('listed');
      expect(await run(['issues', 'list'])).toContain('No issues found');
      const shortId = await createIssue(running(), project, 'Boom <b>|ü');
      const list = await run(['issues', 'list']);
      for (const text of [shortId, 'Boom <b>|ü', 'unresolved']) expect(list).toContain(text);
      expect(await run(['issues', 'list', '--query', 'boom'])).toContain(shortId);
      expect(await run(['issues', 'list', '--query', 'is:resolved boom'])).not.toContain(shortId);
      expect(await run(['issues', 'list', '--max-rows', '1', '--pages', '1'])).toContain(shortId);
      expect(await run(['issues', 'list'], { SENTRY_AUTH_TOKEN: running().orgToken })).toContain(shortId);
    });

    it('are resolved, muted and opened by ID, by status and all at once', async () => {
      const { project, run } = await cliFor('changed');
      const first = await createIssue(running(), project, 'First');
      const second = await createIssue(running(), project, 'Second');
      const id = (await issue(first)).id;
      const steps: readonly (readonly [readonly string[], readonly string[]])[] = [
        [
          ['resolve', '-i', id],
          ['resolved', 'unresolved'],
        ],
        [
          ['mute', '-s', 'unresolved'],
          ['resolved', 'ignored'],
        ],
        [
          ['unresolve', '-s', 'muted'],
          ['resolved', 'unresolved'],
        ],
        [
          ['unresolve', '-s', 'resolved'],
          ['unresolved', 'unresolved'],
        ],
        [
          ['mute', '-i', id],
          ['ignored', 'unresolved'],
        ],
        [
          ['unresolve', '-i', id],
          ['unresolved', 'unresolved'],
        ],
        [
          ['mute', '-a'],
          ['ignored', 'ignored'],
        ],
        [
          ['unresolve', '-a'],
          ['unresolved', 'unresolved'],
        ],
        [
          ['resolve', '-a', '--next-release'],
          ['resolved', 'resolved'],
        ],
      ];
      for (const [args, expected] of steps) {
        expect(await run(['issues', ...args]), args.join(' ')).toMatch(/Updated matching issues/);
        expect(await statuses(first, second), args.join(' ')).toEqual(expected);
      }
    });

    it('have no events yet', async () => {
      const { run } = await cliFor('events');
      expect(await run(['events', 'list'])).toMatch(/No events/);
    });
  });
}
