import { describe, expect, it } from 'vitest';
import { createTestApp } from '../../tests/support/test-app.ts';
import { ConflictError } from './errors.ts';
import { IdTakenError, saveWithSnowflakeId } from './save-with-snowflake-id.ts';

describe('saving with a snowflake ID', () => {
  it('takes another ID after a collision', async () => {
    const { ids } = await createTestApp();
    const tried: string[] = [];
    const saved = await saveWithSnowflakeId(ids, 'project', async (id) => {
      tried.push(id);
      if (tried.length < 3) throw new IdTakenError();
      return id;
    });
    expect(tried).toHaveLength(3);
    expect(new Set(tried).size).toBe(3);
    expect(saved).toBe(tried[2]);
  });

  it('gives up with a conflict after five collisions', async () => {
    const { ids } = await createTestApp();
    let attempts = 0;
    const saving = saveWithSnowflakeId(ids, 'project', async () => {
      attempts += 1;
      throw new IdTakenError();
    });
    await expect(saving).rejects.toThrow(ConflictError);
    expect(attempts).toBe(5);
  });

  it('lets any other error through at once', async () => {
    const { ids } = await createTestApp();
    let attempts = 0;
    const saving = saveWithSnowflakeId(ids, 'project', async () => {
      attempts += 1;
      throw new ConflictError('the slug is taken');
    });
    await expect(saving).rejects.toThrow('the slug is taken');
    expect(attempts).toBe(1);
  });
});
