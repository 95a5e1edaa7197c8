import { randomUUID } from 'node:crypto';
import type { LambdaFunctions } from '../lambda/functions.ts';
import type { ScheduleModel } from '../template/stack-model.ts';
import { type NextTime, parseScheduleExpression } from './next-time.ts';

/** A day in milliseconds: the longest that one timer waits, far below what `setTimeout` can count. */
const longestTimerMs = 86_400_000;

/** The schedules of the stack. */
export interface Schedules {
  /** Runs every schedule once, as if the next whole minute had come: what works minute by minute does not want to wait for it. */
  runNow(): Promise<void>;
  close(): void;
}

/** What the schedules are run with. */
export interface SchedulesOptions {
  readonly functions: Pick<LambdaFunctions, 'invokeLater'>;
  /** Without timers, only `runNow` runs anything. */
  readonly timers: boolean;
}

/**
 * Starts the timers of all schedules. Scheduled times have second precision and never repeat: each is later than the one
 * before, whether a timer or `runNow` asked for it.
 */
export function startSchedules(models: readonly ScheduleModel[], { functions, timers }: SchedulesOptions): Schedules {
  const startMs = Math.ceil(Date.now() / 1_000) * 1_000;
  const schedules = models.map((model) => ({
    model,
    nextTime: parseScheduleExpression(model.expression, model.timeZone, startMs),
    lastMs: Number.NEGATIVE_INFINITY,
  }));
  const pending = new Set<NodeJS.Timeout>();

  const run = (schedule: (typeof schedules)[number], scheduledMs: number): void => {
    schedule.lastMs = scheduledMs;
    const { targetArn, input, arn } = schedule.model;
    functions.invokeLater(targetArn, fillIn(input, arn, scheduledMs));
  };
  const at = (timeMs: number, act: () => void): void => {
    const timer = setTimeout(
      () => {
        pending.delete(timer);
        if (Date.now() >= timeMs) act();
        else at(timeMs, act);
      },
      Math.min(Math.max(0, timeMs - Date.now()), longestTimerMs),
    );
    pending.add(timer);
  };
  const arm = (schedule: (typeof schedules)[number], nextTime: NextTime, afterMs: number): void => {
    const timeMs = nextTime(afterMs);
    if (timeMs === undefined) return;
    at(timeMs, () => {
      if (timeMs > schedule.lastMs) run(schedule, timeMs);
      arm(schedule, nextTime, timeMs);
    });
  };
  if (timers) for (const schedule of schedules) arm(schedule, schedule.nextTime, startMs);

  return {
    async runNow() {
      const now = Date.now();
      for (const schedule of schedules)
        run(schedule, (Math.floor(Math.max(now, schedule.lastMs) / 60_000) + 1) * 60_000);
    },
    close() {
      for (const timer of pending) clearTimeout(timer);
    },
  };
}

/** Replaces the context attributes of EventBridge Scheduler in a target's input. */
export function fillIn(input: string, scheduleArn: string, scheduledMs: number): string {
  const scheduledTime = new Date(scheduledMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
  return input
    .replaceAll('<aws.scheduler.scheduled-time>', scheduledTime)
    .replaceAll('<aws.scheduler.schedule-arn>', scheduleArn)
    .replaceAll('<aws.scheduler.execution-id>', randomUUID())
    .replaceAll('<aws.scheduler.attempt-number>', '1');
}
