import { describe, expect, it } from 'vitest';
import { createTestApp } from '../../tests/support/test-app.ts';
import { IdTakenError } from './save-with-snowflake-id.ts';
import { ConditionFailedError, notThere } from './table.ts';
import { writeWithId } from './write-with-id.ts';

const entity = (sk: string) => ({ put: { pk: 'P', sk }, onlyIf: notThere });

describe('writing with an ID', () => {
  it('claims the ID for one entity of its kind', async () => {
    const { table } = await createTestApp();
    await writeWithId(table, 'team', '7', [entity('1')]);
    await expect(writeWithId(table, 'team', '7', [entity('2')])).rejects.toThrow(IdTakenError);
    await writeWithId(table, 'project', '7', [entity('3')]);
  });

  it('tells of conditions as if the claim were not there, and keeps no ID of what was not written', async () => {
    const { table } = await createTestApp();
    await writeWithId(table, 'team', '7', [entity('1')]);
    const failure = await writeWithId(table, 'team', '8', [entity('2'), entity('1')]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConditionFailedError);
    expect(failure).toMatchObject({ failed: [undefined, { pk: 'P', sk: '1' }] });
    await writeWithId(table, 'team', '8', [entity('2')]);
  });
});
