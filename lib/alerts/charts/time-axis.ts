const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 4, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 30].map((n) => n * day),
];
/** Labels of five letters with air between them, on a phone. */
const maxTicks = 6;

/** A moment on the axis of time; `isDay` where a day begins. */
export interface TimeTick {
  readonly timeMs: number;
  readonly label: string;
  readonly isDay: boolean;
}

/** Round moments in UTC between two others; midnight is written as its day. */
export function timeTicks(fromMs: number, untilMs: number): TimeTick[] {
  const step = steps.find((candidate) => (untilMs - fromMs) / candidate <= maxTicks) ?? 30 * day;
  const ticks: TimeTick[] = [];
  for (let timeMs = Math.ceil(fromMs / step) * step; timeMs <= untilMs; timeMs += step) {
    const isDay = timeMs % day === 0;
    ticks.push({ timeMs, isDay, label: isDay ? dayOf(timeMs) : timeOf(timeMs) });
  }
  return ticks;
}

/** `20 Nov 09:05 – 21 Nov 09:05 UTC`; the day once when both are of the same. */
export function describeRange(fromMs: number, untilMs: number): string {
  const [from, until] = [dayOf(fromMs), dayOf(untilMs)];
  return `${from} ${timeOf(fromMs)} – ${from === until ? '' : `${until} `}${timeOf(untilMs)} UTC`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dayOf(timeMs: number): string {
  const date = new Date(timeMs);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

function timeOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(11, 16);
}

/** `2 Mar 07:25`, in UTC. */
export function describeMoment(timeMs: number): string {
  return `${dayOf(timeMs)} ${timeOf(timeMs)}`;
}
