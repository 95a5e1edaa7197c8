import { describe, expect, it } from 'vitest';
import { createTestApp } from '../../tests/support/test-app.ts';
import { ConditionFailedError, type Table } from '../platform/table.ts';
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
      },
    ]);
  });
});
