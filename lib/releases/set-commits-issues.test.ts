import { beforeEach, describe, expect, it } from 'vitest';
import { people } from '../../tests/support/acme.ts';
import { type CommitWorld, createCommitWorld } from '../../tests/support/setting-commits.ts';
import { createIssue, findIssue, listActivities, listHistory, markRegressed } from '../issues/index.ts';
import type { SentCommit } from './commit-body.ts';

let world: CommitWorld;

beforeEach(async () => {
  world = await createCommitWorld();
});

describe('issues that commits fix', () => {
  const fix = (message: string, more: Partial<SentCommit> = {}) => [
    { id: 'a', repository: 'acme/app', message, ...more },
  ];
  const issue = (name = 'WEB-1') => findIssue(world.acme.app, { organization: 'acme', issue: name });

  beforeEach(async () => {
    await createIssue(world.acme.app, { organization: 'acme', project: 'web', title: 'First' });
    await createIssue(world.acme.app, { organization: 'acme', project: 'web', title: 'Second' });
  });

  it('are resolved in the release, out of the inbox, by the member whose address it is', async () => {
    const after = await world.set(
      fix('Fixes WEB-1 and web-2', { author_email: people.ada.toUpperCase(), author_name: 'A' }),
    );
    expect(after.commitList?.authors, 'with the name of the member').toMatchObject([
      { email: people.ada, name: expect.not.stringMatching(/^A$/), userId: expect.any(String) },
    ]);
    const first = await issue();
    expect(first).toMatchObject({
      status: 'resolved',
      substatus: null,
      resolution: { type: 'in_release', status: 'resolved', release: '1.0', actor: expect.any(String) as unknown },
    });
    expect(first).not.toHaveProperty('inbox');
    expect((await issue('WEB-2')).status).toBe('resolved');
    const at = { organization: 'acme', issue: 'WEB-1' };
    expect((await listActivities(world.acme.app, at)).map(({ type }) => type)).toEqual([13, 16]);
    expect((await listHistory(world.acme.app, at)).map(({ status }) => status)).toEqual([
      'resolved',
      'set_resolved_in_commit',
    ]);
  });

  it('are resolved once for a release: one that came back stays open, whatever is sent again', async () => {
    const after = await world.set(fix('Fixes WEB-1'));
    await markRegressed(world.acme.app, { organization: 'acme', issueId: (await issue()).id });
    const again = await world.set([...fix('Fixes WEB-1'), { id: 'b', repository: 'acme/app' }], after);
    expect((await issue()).status).toBe('unresolved');
    const next = await world.newRelease('2.0');
    await world.set(fix('Fixes WEB-1'), next);
    expect(await issue(), 'the next release has the fix as well').toMatchObject({
      status: 'resolved',
      resolution: { release: '2.0' },
    });
    expect(again.commitList?.count).toBe(2);
  });

  it('open again when the commit says so no longer', async () => {
    const after = await world.set(fix('Fixes WEB-1, WEB-2'));
    await world.set(fix('Fixes WEB-2'), after);
    expect(await issue()).toMatchObject({ status: 'unresolved', substatus: 'ongoing' });
    expect((await issue('WEB-2')).status).toBe('resolved');
  });

  it('are found in commits that were known before', async () => {
    await world.set(fix('Fixes WEB-1'));
    const next = await world.newRelease('2.0');
    await world.set([{ id: 'a', repository: 'acme/app' }], next);
    expect((await issue()).resolution?.release).toBe('2.0');
  });
});
