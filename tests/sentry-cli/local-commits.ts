import { afterEach, describe, expect, it } from 'vitest';
import { type Checkout, makeCheckout } from './checkout.ts';
import {
  createIssue,
  type Major,
  majors,
  newProject,
  type Running,
  readApi,
  releasePath,
  runCli,
} from './command-line.ts';

interface ShownCommit {
  readonly id: string;
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  readonly repository: { readonly name: string };
}

interface ShownFile {
  readonly filename: string;
  readonly type: string;
}

/** `releases set-commits` where the commits are read from a checkout. */
export function describeLocalCommits(running: Running): void {
  describe.each(majors)('commits of a checkout with %i.x', (major) => describeOf(running, major));
}

function describeOf(running: Running, major: Major): void {
  let checkout: Checkout;
  afterEach(() => checkout.remove());

  /** A project and a checkout of its own, so that no other release came before. */
  async function prepare(name: string, remote = `git@git.acme.example:team/${name}-${major}.git`) {
    const project = await newProject(running(), `${name}-${major}`);
    checkout = makeCheckout(remote);
    const attempt = (args: readonly string[]) =>
      runCli(running(), major, args, { SENTRY_PROJECT: project, ...checkout.env });
    const run = async (...args: string[]) => {
      const { code, output } = await attempt(args);
      expect(code, output).toBe(0);
      return output;
    };
    return { project, run, attempt };
  }
  const commitsOf = (version: string) => readApi<ShownCommit[]>(running(), releasePath(version, 'commits/'));
  const idsOf = async (version: string) => (await commitsOf(version)).map(({ id }) => id);

  it('are whole: odd authors, renames, paths and what they resolve', async () => {
    const { project, run } = await prepare('whole');
    const [fixed, named] = await Promise.all([
      createIssue(running(), project, 'Fixed by a commit'),
      createIssue(running(), project, 'Only named'),
    ]);
    checkout.commit({ message: 'First', author: 'Ada Admin', email: 'ada@acme.example', write: ['src/a.txt'] });
    checkout.commit({
      message: 'Unicode → path 😀\n\nBody\twith "quotes" and \\ and <tags>',
      author: 'Zoë "Q" O’Neil',
      email: 'zoe+tag@acme.example',
      write: ['src/süß 日本.txt', 'src/"quoted" \\ name.txt'],
    });
    checkout.commit({ message: 'Rename', author: 'N', email: '', rename: ['src/a.txt', 'src/b.txt'] });
    checkout.commit({
      message: `Remove\n\nfixes ${fixed}`,
      author: 'mia on her laptop',
      email: 'MIA@ACME.example',
      remove: 'src/b.txt',
    });
    checkout.commit({ message: `Fix typo in ${named} docs`, author: '日本 太郎', email: 'taro@localhost' });
    const version = `whole@${major}.0.0`;
    await run('releases', 'new', version);
    const said = await run('releases', 'set-commits', version, '--local');
    expect(said).toContain(`Success! Set commits for release ${version}`);

    const commits = await commitsOf(version);
    expect(commits.map(({ id }) => id)).toEqual(checkout.log());
    expect(commits.map(({ author }) => author.name)).toEqual([
      '日本 太郎',
      'Mia Member',
      'N',
      'Zoë "Q" O’Neil',
      'Ada Admin',
    ]);
    expect(commits[3]?.message).toBe('Unicode → path 😀\n\nBody\twith "quotes" and \\ and <tags>\n');
    expect(new Set(commits.map(({ repository }) => repository.name))).toEqual(new Set(['origin']));
    const files = await readApi<ShownFile[]>(running(), releasePath(version, 'commitfiles/'));
    expect(new Set(files.map(({ filename, type }) => `${type} ${filename}`))).toEqual(
      new Set([
        'A src/a.txt',
        'D src/a.txt',
        'A src/b.txt',
        'D src/b.txt',
        'A src/süß 日本.txt',
        'A src/"quoted" \\ name.txt',
      ]),
    );
    const status = async (id: string) =>
      (await readApi<{ status: string }>(running(), `organizations/acme/issues/${id}/`)).status;
    expect([await status(fixed), await status(named)]).toEqual(['resolved', 'unresolved']);
  });

  it('are those since the release before, and then none', async () => {
    const { run } = await prepare('since');
    checkout.commit({ message: 'One' });
    checkout.commit({ message: 'Two' });
    await run('releases', 'new', `since@${major}.1`);
    await run('releases', 'set-commits', `since@${major}.1`, '--local');
    const [three, four] = [checkout.commit({ message: 'Three' }), checkout.commit({ message: 'Four' })];
    await run('releases', 'new', `since@${major}.2`);
    await run('releases', 'set-commits', `since@${major}.2`, '--local');
    expect(await idsOf(`since@${major}.2`)).toEqual([four, three]);
    expect(await idsOf(`since@${major}.1`)).toHaveLength(2);
    expect(await run('releases', 'set-commits', `since@${major}.3`, '--local')).toContain('No commits found');
    // The same again is success: the release itself is none that came before.
    expect(await run('releases', 'set-commits', `since@${major}.2`, '--local')).toContain('Success!');
    expect(await idsOf(`since@${major}.2`)).toEqual([four, three]);
  });

  it('are twenty at first, or as many as asked for', async () => {
    const { run } = await prepare('depth');
    for (let count = 0; count < 22; count += 1) checkout.commit({ message: `Commit ${count}` });
    await run('releases', 'new', `depth@${major}.1`);
    await run('releases', 'set-commits', `depth@${major}.1`, '--local', '--initial-depth', '3');
    expect(await idsOf(`depth@${major}.1`)).toEqual(checkout.log().slice(0, 3));
    await run('releases', 'set-commits', `depth@${major}.1`, '--local');
    expect(await idsOf(`depth@${major}.1`)).toEqual(checkout.log().slice(0, 20));
  });

  it('are sent where --auto knows no repository', async () => {
    const { run } = await prepare('auto');
    checkout.commit({ message: 'One' });
    const said = await run('releases', 'set-commits', `auto@${major}`, '--auto');
    expect(said).toMatch(/Proceeding to find commits from local git tree[\s\S]*Success!/);
    expect(await idsOf(`auto@${major}`)).toEqual(checkout.log());
  });

  it('are asked for when the commit before is not in the checkout', async () => {
    const { run, attempt } = await prepare('missing');
    checkout.commit({ message: 'One' });
    await run('releases', 'set-commits', `missing@${major}.1`, '--local');
    checkout.remove();
    checkout = makeCheckout('git@git.acme.example:team/other.git');
    checkout.commit({ message: 'Another history' });
    const other = ['releases', 'set-commits', `missing@${major}.2`, '--local'];
    expect(await attempt(other)).toEqual({ code: 1, output: expect.stringMatching(/Could not find the SHA/) });
    expect(await attempt([...other, '--ignore-missing'])).toMatchObject({ code: 0 });
    expect(await idsOf(`missing@${major}.2`)).toEqual(checkout.log());
  });

  it('need a release that is there, when no project is named', async () => {
    const { attempt } = await prepare('needed');
    checkout.commit({ message: 'One' });
    const { code, output } = await runCli(
      running(),
      major,
      ['releases', 'set-commits', `none@${major}`, '--local'],
      checkout.env,
    );
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('Release not found') });
    expect(await attempt(['releases', 'info', `none@${major}`])).toMatchObject({ code: 1 });
  });
}
