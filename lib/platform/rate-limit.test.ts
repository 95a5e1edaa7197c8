import { describe, expect, it } from 'vitest';
import { createTestApp } from '../../tests/support/test-app.ts';
import { UnavailableError } from './errors.ts';
import { rateLimit } from './rate-limit.ts';
import type { Redis } from './redis.ts';

async function limited(perMinute: number, redis?: Redis) {
  const app = await createTestApp();
  return { app, limit: rateLimit({ ...app, ...(redis && { redis }), perMinute }) };
}

describe('a rate limit', () => {
  it('takes what fits into a minute, says when the next begins, and counts nothing that it refuses', async () => {
    const { app, limit } = await limited(10);
    app.clock.advance(45_000);
    expect(await limit.take('one', 6)).toBeUndefined();
    expect(await limit.take('one', 5)).toBe(15);
    expect(await limit.take('one', 4)).toBeUndefined();
    expect(await limit.take('one', 1)).toBe(15);
    expect(await limit.take('other', 10)).toBeUndefined();
    app.clock.advance(15_000);
    expect(await limit.take('one', 10)).toBeUndefined();
  });

  it('holds for all processes together', async () => {
    const { app, limit } = await limited(10);
    const another = rateLimit({ ...app, perMinute: 10 });
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? limit : another).take('one', 1)),
    );
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(10);
  });

  it('takes once in a minute what is more than may come', async () => {
    const { limit } = await limited(10);
    expect(await limit.take('one', 25)).toBeUndefined();
    expect(await limit.take('one', 1)).toBe(60);
  });

  it('lets everything in while Redis is away, says so, and asks again after ten seconds', async () => {
    let asked = 0;
    const redis: Redis = {
      async run() {
        asked += 1;
        throw new UnavailableError('away', 1);
      },
    };
    const { app, limit } = await limited(1, redis);
    for (const _ of [1, 2, 3]) expect(await limit.take('one', 5)).toBeUndefined();
    expect(asked).toBe(1);
    expect(app.lines).toMatchObject([{ level: 'warn', message: expect.stringContaining('Redis does not answer') }]);
    expect(app.counted.get('rate_limit.unavailable')).toBe(1);
    app.clock.advance(10_000);
    await limit.take('one', 5);
    expect(asked).toBe(2);
  });

  it('asks nobody when there is none', async () => {
    const { limit } = await limited(0, { run: () => Promise.reject(new Error('asked')) });
    expect(await limit.take('one', 1e9)).toBeUndefined();
  });
});
