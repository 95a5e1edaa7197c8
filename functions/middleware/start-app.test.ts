import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { testClock, testStart } from '../../tests/support/test-app.ts';
import { appMaxAgeMs, appSource } from './start-app.ts';

const settings = z.object({ TABLE_NAME: z.string() });

function source(build: () => Promise<{ secret: string }>, environment: NodeJS.ProcessEnv = { TABLE_NAME: 't' }) {
  const clock = testClock(testStart);
  return { clock, appOf: appSource(settings, build, { clock, environment }) };
}

describe('the app of a process', () => {
  it('is built once, also when several ask at the same moment', async () => {
    const build = vi.fn(async () => ({ secret: 'a' }));
    const { appOf } = source(build);
    const apps = await Promise.all([appOf(), appOf(), appOf()]);
    expect(new Set(apps).size).toBe(1);
    expect(build).toHaveBeenCalledTimes(1);
  });

  it('is built while Lambda initialises, and not when a test imports the door', async () => {
    const build = vi.fn(async () => ({ secret: 'a' }));
    source(build);
    expect(build).not.toHaveBeenCalled();
    source(build, { TABLE_NAME: 't', AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' });
    expect(build).toHaveBeenCalledTimes(1);
  });

  it('notices a new secret after a quarter of an hour', async () => {
    let secret = '';
    const { appOf, clock } = source(async () => ({ secret }));
    const first = await appOf();
    expect(first.secret).toBe('');
    secret = 'filled in';
    clock.advance(appMaxAgeMs - 1);
    expect((await appOf()).secret).toBe('');
    clock.advance(1);
    expect((await appOf()).secret).toBe('filled in');
    expect((await appOf()).metrics, 'what a request has counted so far is not lost').toBe(first.metrics);
  });

  it('goes on with what it has when it cannot be built again', async () => {
    const build = vi.fn(async () => ({ secret: 'a' }));
    const { appOf, clock } = source(build);
    await appOf();
    build.mockRejectedValueOnce(new Error('Secrets Manager is away'));
    clock.advance(appMaxAgeMs);
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect((await appOf()).secret).toBe('a');
    vi.restoreAllMocks();
    clock.advance(appMaxAgeMs);
    await appOf();
    expect(build).toHaveBeenCalledTimes(3);
  });

  it('is tried again by the next call when it could not be built at first', async () => {
    const build = vi.fn(async () => ({ secret: 'a' }));
    build.mockRejectedValueOnce(new Error('Secrets Manager is away'));
    const { appOf } = source(build);
    await expect(appOf()).rejects.toThrow('away');
    expect((await appOf()).secret).toBe('a');
  });
});
