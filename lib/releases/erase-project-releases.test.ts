import { expect, it } from 'vitest';
import { createAcme } from '../../tests/support/acme.ts';
import { apiClient } from '../../tests/support/api.ts';
import { createReleases } from '../../tests/support/stored-releases.ts';
import { deleteProject, listProjectActivities } from '../projects/index.ts';
import { eraseProjectReleases } from './erase-project-releases.ts';
import { attachWrites } from './release-link-store.ts';
import { readReleases } from './release-store.ts';

it('takes a project out of its releases, page by page, with what happened in it', async () => {
  const acme = await createAcme();
  const { app, web } = acme;
  const api = apiClient(app, await acme.token(['org:ci']));
  const dateReleased = '2026-03-02T09:00:00Z';
  await createReleases({ app, api }, [
    ['both', ['web', 'api'], { dateReleased }],
    ...Array.from({ length: 120 }, (_, index) => [`web@${index}`, ['web'], { dateReleased }] as const),
  ]);
  const erased = { organization: 'acme', projectId: web.id };
  await deleteProject(app, { organization: 'acme', project: 'web' });
  expect(await listProjectActivities(app, web.id)).toHaveLength(121);
  const answers: string[] = [];
  while (answers.at(-1) !== 'done') answers.push(await eraseProjectReleases(app, erased));
  expect(answers).toEqual(['more', 'more', 'more', 'done']);
  expect(await listProjectActivities(app, web.id)).toEqual([]);
  expect(await listProjectActivities(app, acme.api.id)).toHaveLength(1);
  const [both, only] = await Promise.all(
    ['both', 'web@7'].map((version) => readReleases(app.table, 'acme', [version])),
  );
  expect(both?.[0]?.projectIds).toEqual(new Set([acme.api.id]));
  expect(only?.[0]).not.toHaveProperty('projectIds');
  expect(await eraseProjectReleases(app, erased), 'again').toBe('done');
  expect((await app.table.query({ index: 'gsi1', partition: `PROJECT#${web.id}#RELEASES` })).items).toEqual([]);
}, 30_000);

it('forgets the place of a release that is gone', async () => {
  const { app, web } = await createAcme();
  const gone = {
    id: '7',
    organization: 'acme',
    version: '1',
    status: 'open',
    dateAdded: '2026-03-02T09:00:00.000Z',
  } as const;
  await app.table.write(attachWrites({ ...gone, heads: {} }, [web.id]));
  const erased = { organization: 'acme', projectId: web.id };
  expect(await eraseProjectReleases(app, erased)).toBe('more');
  expect(await eraseProjectReleases(app, erased)).toBe('done');
});
