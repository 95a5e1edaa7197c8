import { expect, it } from 'vitest';
import { createAcme, people } from '../../tests/support/acme.ts';
import { createIssue, findIssue, markRegressed, updateIssues } from '../issues/index.ts';
import { listMembers, updateMember } from '../organizations/index.ts';
import { removeRelease } from './release-removal-store.ts';
import { saveRelease } from './save-release.ts';
import { setCommits } from './set-commits.ts';

it.each([
  { wish: 'on', before: null, after: people.ada },
  { wish: 'off', before: null, after: undefined },
  { wish: 'on', before: people.olivia, after: people.olivia },
] as const)('an issue of $before is $after’s when Ada fixes it and takes what she fixes: $wish', async (row) => {
  const { app, web } = await createAcme();
  const organization = 'acme';
  const members = await listMembers(app, { organization });
  const idOf = (address: string) => members.find(({ email }) => email === address)?.userId;
  await updateMember(app, { organization, email: people.ada, selfAssignIssues: row.wish });
  const { id } = await createIssue(app, { organization, project: 'web', title: 'Broken' });
  if (row.before !== null)
    await updateIssues(app, { organization, issueIds: [id], assignee: idOf(row.before) ?? null });
  const { release } = await saveRelease(app, { organization, version: '1.0' }, undefined, { projectIds: [web.id] });
  await setCommits(app, { release, commits: [{ id: 'c1', message: 'Fixes WEB-1', author_email: people.ada }] });
  const issue = await findIssue(app, { organization, issue: id });
  expect(issue).toMatchObject({
    status: 'resolved',
    subscribers: expect.arrayContaining([idOf(people.ada)]) as unknown,
  });
  expect(issue.assignee).toBe(row.after && idOf(row.after));
});

it('a release that was deleted and comes again under the same version resolves its issues again', async () => {
  const { app, web } = await createAcme();
  const organization = 'acme';
  const { id } = await createIssue(app, { organization, project: 'web', title: 'Broken' });
  const commits = [{ id: 'c1', message: 'Fixes WEB-1' }];
  const come = async () => {
    const wish = { projectIds: [web.id] };
    const { release } = await saveRelease(app, { organization, version: '1.0' }, undefined, wish);
    return setCommits(app, { release, commits });
  };
  const first = await come();
  await markRegressed(app, { organization, issueId: id });
  await removeRelease(app.table, first);
  await come();
  expect(await findIssue(app, { organization, issue: id })).toMatchObject({
    status: 'resolved',
    resolution: { release: '1.0' },
  });
});

it('what a list names beyond 2,000 issues is left out, and the log says so', async () => {
  const { app, web } = await createAcme();
  const organization = 'acme';
  await createIssue(app, { organization, project: 'web', title: 'Named' });
  await createIssue(app, { organization, project: 'web', title: 'Named too late' });
  const { release } = await saveRelease(app, { organization, version: '1.0' }, undefined, { projectIds: [web.id] });
  const commits = Array.from({ length: 42 }, (_, commit) => ({
    id: `c${commit}`,
    message: `fixes ${Array.from({ length: 50 }, (__, index) => `OTHER-${1_000 + commit * 50 + index}`).join(', ')}`,
  }));
  const message = 'fixes WEB-1';
  await setCommits(app, {
    release,
    commits: [{ id: 'first', message }, ...commits, { id: 'last', message: 'fixes WEB-2' }],
  });
  const statusOf = async (issue: string) => (await findIssue(app, { organization, issue })).status;
  expect([await statusOf('WEB-1'), await statusOf('WEB-2')]).toEqual(['resolved', 'unresolved']);
  expect(app.lines).toContainEqual(
    expect.objectContaining({
      level: 'warn',
      fields: { organization, releaseId: release.id, left: 102 },
    }),
  );
});
