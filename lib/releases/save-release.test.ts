import { describe, expect, it } from 'vitest';
import { createTestApp } from '../../tests/support/test-app.ts';
import { ConditionFailedError, type Table } from '../platform/table.ts';
import { listProjectActivities } from '../projects/index.ts';
import { readLinks } from './release-link-store.ts';
import { saveRelease } from './save-release.ts';

const at = { organization: 'acme', version: '1.0' };
const nothing = { fill: {}, projectIds: [] };

describe('saving a release', () => {
  it('is new when the insert succeeded but its answer was lost and it was tried again', async () => {
    const app = await createTestApp();
    const table: Table = {
      ...app.table,
      async put(item, onlyIf) {
        await app.table.put(item, onlyIf);
        await app.table.put(item, onlyIf);
      },
    };
    expect(await saveRelease({ ...app, table }, at, undefined, nothing)).toMatchObject({ isNew: true });
  });

  it('is created again when it vanished since it was seen', async () => {
    const app = await createTestApp();
    const { release } = await saveRelease(app, at, undefined, nothing);
    await app.table.write([{ delete: { pk: 'RELEASE#acme#1.0', sk: 'RELEASE' } }]);
    const again = await saveRelease(app, at, release, { ...nothing, projectIds: ['11'] });
    expect(again).toMatchObject({ isNew: true, release: { projectIds: new Set(['11']) } });
    expect(again.release.id).not.toBe(release.id);
  });

  it('gives up for the moment when others are always faster', async () => {
    const app = await createTestApp();
    const table: Table = {
      ...app.table,
      async write() {
        throw new ConditionFailedError([undefined, true]);
      },
    };
    await expect(saveRelease({ ...app, table }, at, undefined, nothing)).rejects.toMatchObject({ status: 503 });
  });

  it('finds the release under its version, and in the list of its organization', async () => {
    const app = await createTestApp();
    const { release } = await saveRelease(app, at, undefined, { ...nothing, userAgent: 'curl/8' });
    const { items } = await app.table.query({ index: 'gsi1', partition: 'ORG#acme#RELEASES' });
    expect(items).toEqual([
      {
        pk: 'RELEASE#acme#1.0',
        sk: 'RELEASE',
        gsi1pk: 'ORG#acme#RELEASES',
        gsi1sk: `${release.dateAdded}#${release.id}`,
        itemType: 'release',
        ...at,
        id: release.id,
        status: 'open',
        userAgent: 'curl/8',
        dateAdded: '2026-03-02T09:00:00.000Z',
        heads: {},
      },
    ]);
  });

  it('has a place in the lists of its projects, and moves when it is released', async () => {
    const app = await createTestApp();
    const { release } = await saveRelease(app, at, undefined, { projectIds: ['11', '12'] });
    const place = async () => (await readLinks(app.table, '11', { order: 'released' }).next()).value?.position;
    expect(await place()).toBe(`2026-03-02T09:00:00.000Z#${release.id}`);
    const dateReleased = '2026-03-05T00:00:00.000Z';
    const saved = await saveRelease(app, at, release, { set: { dateReleased }, projectIds: ['13'] });
    expect(saved).toMatchObject({ isNew: true, release: { dateReleased, projectIds: new Set(['11', '12', '13']) } });
    expect(await place()).toBe(`${dateReleased}#${release.id}`);
    expect((await saveRelease(app, at, saved.release, { set: { dateReleased: null } })).release).not.toHaveProperty(
      'dateReleased',
    );
    expect(await place()).toBe(`2026-03-02T09:00:00.000Z#${release.id}`);
  });

  it('tells each project once that it is out', async () => {
    const app = await createTestApp();
    const told = async () =>
      (await Promise.all(['11', '12'].map((id) => listProjectActivities(app, id)))).map((all) => all.length);
    const { release } = await saveRelease(app, at, undefined, { projectIds: ['11'] });
    expect(await told()).toEqual([0, 0]);
    const out = await saveRelease(app, at, release, { set: { dateReleased: '2026-03-05T00:00:00.000Z' } });
    expect(await told()).toEqual([1, 0]);
    await saveRelease(app, at, out.release, { projectIds: ['12'], tellAttached: true });
    expect(await told()).toEqual([1, 1]);
  });

  it('keeps to as many projects as one transaction can hold', async () => {
    const app = await createTestApp();
    const some = (from: number) => Array.from({ length: 30 }, (_, index) => String(from + index));
    const { release } = await saveRelease(app, at, undefined, { projectIds: some(100) });
    await expect(saveRelease(app, at, release, { projectIds: some(200) })).rejects.toMatchObject({ status: 400 });
    const most = Array.from({ length: 48 }, (_, index) => String(index));
    const version = '2.0';
    const fill = { dateReleased: '2026-03-05T00:00:00.000Z' };
    await saveRelease(app, { ...at, version }, undefined, { projectIds: most, fill });
    expect(await listProjectActivities(app, '47')).toMatchObject([{ type: 10, ident: '2.0', data: { version } }]);
  });
});
