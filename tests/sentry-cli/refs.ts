import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Checkout, makeCheckout } from './checkout.ts';
import { majors, type Running, readApi, releasePath, succeed } from './command-line.ts';

/** `releases set-commits` where only commits are named. */
export function describeRefs(running: Running): void {
  let checkout: Checkout;
  let head: string;
  beforeAll(() => {
    checkout = makeCheckout('git@github.com:acme/app.git');
    checkout.commit({ message: 'First' });
    head = checkout.commit({ message: 'Second' });
  });
  afterAll(() => checkout.remove());

  describe.each(majors)('refs with %i.x', (major) => {
    const run = (...args: string[]) => succeed(running(), major, args, { SENTRY_PROJECT: 'web', ...checkout.env });
    const asOrganization = (...args: string[]) =>
      succeed(running(), major, args, { SENTRY_AUTH_TOKEN: running().orgToken, ...checkout.env });
    const refsOf = async (version: string) =>
      (await readApi<{ refs: unknown[] }>(running(), releasePath(version))).refs;
    const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];

    it('are the head of a checkout whose repository is known', async () => {
      const version = `auto-known@${major}`;
      await run('releases', 'set-commits', '--auto', version);
      expect(await refsOf(version)).toMatchObject([{ repository: 'acme/app', commit: head, previousCommit: null }]);
      await run('releases', 'new', `auto-org@${major}`);
      await asOrganization('releases', 'set-commits', '--auto', `auto-org@${major}`);
      expect(await refsOf(`auto-org@${major}`)).toMatchObject([{ repository: 'acme/app', commit: head }]);
    });

    it('are a commit, a range, nothing', async () => {
      const version = `commit@${major}`;
      await run('releases', 'new', version);
      await run('releases', 'set-commits', version, '--commit', `acme/app@${a}`);
      expect(await refsOf(version)).toMatchObject([{ commit: a, previousCommit: null }]);
      await asOrganization('releases', 'set-commits', version, '--commit', `acme/app@${a}..${b}`);
      expect(await refsOf(version)).toMatchObject([{ commit: b, previousCommit: a, fetch: 'no-provider' }]);
      await run('releases', 'set-commits', version, '--clear');
      expect(await refsOf(version)).toEqual([]);
    });

    it('are taken away together with commits that were sent', async () => {
      const version = `cleared@${major}`;
      await run('releases', 'new', version);
      await run('releases', 'set-commits', version, '--local', '--ignore-missing');
      expect(await readApi(running(), releasePath(version, 'commits/'))).toHaveLength(2);
      await run('releases', 'set-commits', version, '--clear');
      expect(await readApi(running(), releasePath(version, 'commits/'))).toEqual([]);
      expect(await readApi(running(), releasePath(version))).toMatchObject({ commitCount: 0, lastCommit: null });
    });
  });
}
