import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fillIn, startSchedules } from './schedules.ts';

const model = {
  name: 'every-minute',
  arn: 'arn:schedule',
  expression: 'rate(1 minute)',
  timeZone: 'UTC',
  targetArn: 'arn:target',
  input: '{"at":"<aws.scheduler.scheduled-time>"}',
};

beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00.300Z') }));
afterEach(() => void vi.useRealTimers());

/** Starts the schedule and collects the inputs that its target gets. */
function started(timers: boolean) {
  const inputs: string[] = [];
  const invokeLater = (_arn: string, payload: string) => String(inputs.push(payload));
  const schedules = startSchedules([model], { functions: { invokeLater }, timers });
  return { inputs, schedules };
}

describe('schedules', () => {
  test('run by the clock with second precision', async () => {
    const { inputs, schedules } = started(true);
    await vi.advanceTimersByTimeAsync(121_000);
    expect(inputs).toEqual(['{"at":"2026-01-01T00:01:01Z"}', '{"at":"2026-01-01T00:02:01Z"}']);
    schedules.close();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(inputs).toHaveLength(2);
  });

  test('do not run by the clock without timers', async () => {
    const { inputs } = started(false);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(inputs).toEqual([]);
  });

  test('run now, for the minutes to come, never twice for the same', async () => {
    const { inputs, schedules } = started(true);
    await Promise.all([schedules.runNow(), schedules.runNow()]);
    const twice = ['{"at":"2026-01-01T00:01:00Z"}', '{"at":"2026-01-01T00:02:00Z"}'];
    expect(inputs).toEqual(twice);
    await vi.advanceTimersByTimeAsync(121_000);
    expect(inputs).toEqual([...twice, '{"at":"2026-01-01T00:02:01Z"}']);
    schedules.close();
  });

  test('fill in the context attributes of the scheduler', () => {
    const filled = fillIn('<aws.scheduler.schedule-arn> <aws.scheduler.attempt-number>', 'arn:x', 0);
    expect(filled).toBe('arn:x 1');
  });
});
