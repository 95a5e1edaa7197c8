import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Checkout, makeCheckout } from './checkout.ts';
import { majors, newProject, type Running, readApi, releasePath, succeed } from './command-line.ts';

const builds = Array.from({ length: 10 }, (_, index) => index);

/** Builds that run at the same time and tell of one release. */
export function describeParallelBuilds(running: Running): void {
  let checkout: Checkout;
  beforeAll(() => {
    checkout = makeCheckout('git@git.acme.example:team/parallel.git');
    for (const build of builds) checkout.commit({ message: `Commit ${build}`, write: [`src/${build}.txt`] });
  });
  afterAll(() => checkout.remove());

  describe.each(majors)('ten builds at once with %i.x', (major) => {
    it('all succeed, and one whole list of commits is left', async () => {
      const project = await newProject(running(), `parallel-${major}`);
      const version = `parallel@${major}.0.0`;
      const run = (...args: string[]) => succeed(running(), major, args, { SENTRY_PROJECT: project, ...checkout.env });
      const build = async (number: number) => {
        await run('releases', 'new', version);
        // Each sends a list of another length, so that two that were mixed would show.
        await run('releases', 'set-commits', version, '--local', '--initial-depth', String(number + 1));
        await run('releases', 'finalize', version);
        await run('deploys', 'new', '-r', version, '-e', `stage-${number}`, '-n', `build ${number}`);
      };
      await Promise.all(builds.map(build));

      const commits = await readApi<{ id: string }[]>(running(), releasePath(version, 'commits/'));
      const release = await readApi<object>(running(), releasePath(version));
      expect(commits.length).toBeGreaterThan(0);
      expect(commits.map(({ id }) => id)).toEqual(checkout.log().slice(0, commits.length));
      expect(release).toMatchObject({
        commitCount: commits.length,
        lastCommit: { id: checkout.log()[0] },
        deployCount: builds.length,
        dateReleased: expect.any(String),
        projects: [{ slug: project }],
      });
      const deploys = await readApi<unknown[]>(running(), releasePath(version, 'deploys/'));
      expect(deploys).toHaveLength(builds.length);
    });

    it('all succeed with refs, and one of them is left', async () => {
      const version = `parallel-refs@${major}.0.0`;
      const run = (...args: string[]) => succeed(running(), major, args, { SENTRY_PROJECT: 'web' });
      await Promise.all(
        builds.map(async (number) => {
          const commit = String(number).repeat(40);
          await run('releases', 'new', version);
          await run('releases', 'set-commits', version, '--commit', `acme/app@${commit}`);
          await run('releases', 'finalize', version);
          await run('deploys', 'new', '-r', version, '-e', 'production', '-n', `build ${number}`);
        }),
      );
      expect(await readApi(running(), releasePath(version))).toMatchObject({
        refs: [{ repository: 'acme/app', commit: expect.stringMatching(/^(\d)\1{39}$/) }],
        deployCount: builds.length,
      });
    });
  });
}
