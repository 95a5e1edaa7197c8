import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTestApp } from '../../tests/support/test-app.ts';
import { UnavailableError } from './errors.ts';
import { decodeSnowflake, defaultEpochSeconds, segment, snowflakeIds } from './snowflake.ts';

const now = '2024-08-12T14:55:09Z';

describe('snowflake IDs', () => {
  it('are composed of version, seconds, region and sequence', async () => {
    const app = await createTestApp({ now });
    expect(await app.ids.take('project')).toBe('4507764945387520');
    expect(decodeSnowflake(4507764945387520)).toEqual({ version: 16, seconds: 63557709, region: 0, sequence: 0 });
  });

  it('are taken one by one or many at once from the same sequence', async () => {
    const { ids } = await createTestApp({ now });
    const first = await ids.takeMany('team', 3);
    const next = await ids.take('team');
    expect([...first, next].map((id) => decodeSnowflake(Number(id)).sequence)).toEqual([0, 1, 2, 3]);
  });

  it('have a sequence per kind of entity', async () => {
    const { ids } = await createTestApp({ now });
    expect(await ids.take('team')).toBe(await ids.take('project'));
  });

  it('go back second by second when a second is used up', async () => {
    const { ids } = await createTestApp({ now });
    const taken = await ids.takeMany('project', 40);
    const seconds = taken.map((id) => decodeSnowflake(Number(id)).seconds);
    expect([...new Set(seconds)]).toEqual([63557709, 63557708, 63557707]);
    expect(new Set(taken).size).toBe(40);
  });

  it('are refused with a time to wait when 300 seconds are used up', async () => {
    const { ids } = await createTestApp({ now });
    expect(await ids.takeMany('project', 300 * 16)).toHaveLength(4_800);
    const refusal = await ids.take('project').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UnavailableError);
    expect(refusal).toMatchObject({ status: 503, retryAfterSeconds: 1 });
    expect(await ids.take('team'), 'another kind is not affected').toBeTypeOf('string');
  });

  it('leave no counter behind without an expiry', async () => {
    const app = await createTestApp({ now });
    await app.ids.takeMany('project', 33);
    for (const second of [63557709, 63557708, 63557707]) {
      const life = await app.redis.run('return redis.call("TTL", KEYS[1])', [`snowflake:project:${second}`], []);
      expect(Number(life)).toBeGreaterThan(0);
      expect(Number(life)).toBeLessThanOrEqual(300);
    }
  });

  it('never look back beyond the epoch', async () => {
    const { redis, clock } = await createTestApp({ now });
    const young = snowflakeIds({ redis, clock, epochSeconds: Math.floor(clock.now() / 1000) });
    await expect(young.take('project')).rejects.toThrow(UnavailableError);
  });

  it('reject a region or a version that does not fit', async () => {
    const { redis, clock } = await createTestApp({ now });
    expect(() => snowflakeIds({ redis, clock, regionId: 4096 })).toThrow(RangeError);
    expect(() => snowflakeIds({ redis, clock, version: 32 })).toThrow(RangeError);
    expect(() => segment('none', 0)).toThrow(RangeError);
  });

  it('are unique, ordered by second and safe integers at any time, in any batch', async () => {
    const { redis, clock } = await createTestApp({ now });
    const seen = new Set<string>();
    const times = fc.integer({ min: defaultEpochSeconds + 301, max: defaultEpochSeconds + 2 ** 32 - 1 });
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: 1, max: 40 }), async (seconds, count) => {
        clock.set(seconds * 1000);
        const ids = snowflakeIds({ redis, clock, regionId: count });
        const taken = await ids.takeMany('release', count);
        const parts = taken.map((id) => decodeSnowflake(Number(id)));
        expect(taken.every((id) => Number.isSafeInteger(Number(id)) && !seen.has(id))).toBe(true);
        expect(parts.every((part) => part.seconds <= seconds - defaultEpochSeconds && part.region === count)).toBe(
          true,
        );
        expect(parts.map((part) => -part.seconds)).toEqual(parts.map((part) => -part.seconds).sort((a, b) => a - b));
        for (const id of taken) seen.add(id);
      }),
      { numRuns: 60 },
    );
  });

  it('are unique when many processes take them at once', async () => {
    const { ids } = await createTestApp({ now });
    const taken = await Promise.all(Array.from({ length: 60 }, () => ids.take('project')));
    expect(new Set(taken).size).toBe(60);
  });
});
