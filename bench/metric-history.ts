import { pseudoRandom } from '../tests/support/pseudo-random.ts';
import type { MetricStage } from './metric-stage.ts';
import { distributions } from './metric-values.ts';

/** Points of one metric, spread evenly over a time that ends when the stage's clock stands. */
export interface History {
  readonly name: string;
  readonly type: 'c' | 'd' | 's';
  /** Each has a tag `series` of its own. */
  readonly series: number;
  /** In all. Counters get them as lines of their own, distributions and sets as values of a line. */
  readonly points: number;
  /** From one moment with points to the next. */
  readonly stepSeconds: number;
  readonly steps: number;
}

const hour = 3_600;
/** Below what the door takes in one request. */
const bytesTogether = 500_000;

/** Sends the points of all histories through door and worker, hour after hour, each at the time that it tells of. */
export async function fillHistories(stage: MetricStage, histories: readonly History[]): Promise<void> {
  const endSeconds = stage.app.clock.now() / 1_000;
  const random = pseudoRandom(3);
  const draw = distributions['log-normal'](random);
  const longest = Math.max(...histories.map(({ steps, stepSeconds }) => steps * stepSeconds));
  for (let from = endSeconds - longest; from < endSeconds; from += hour) {
    stage.app.clock.set((from + hour) * 1_000);
    for (const history of histories) {
      const times = momentsOf(history, endSeconds).filter((at) => at >= from && at < from + hour);
      const lines = times.flatMap((at) => linesAt(history, at, history.type === 's' ? random : draw));
      for (const request of requestsOf(lines)) await stage.send(request);
    }
    await stage.count();
  }
}

function requestsOf(lines: readonly string[]): string[][] {
  const requests: string[][] = [];
  let bytes = 0;
  for (const line of lines) {
    if (requests.length === 0 || bytes + line.length > bytesTogether) {
      requests.push([]);
      bytes = 0;
    }
    requests.at(-1)?.push(line);
    bytes += line.length + 1;
  }
  return requests;
}

function momentsOf({ steps, stepSeconds }: History, endSeconds: number): number[] {
  return Array.from({ length: steps }, (_, step) => endSeconds - (steps - step) * stepSeconds);
}

function linesAt({ name, type, series, points, steps }: History, at: number, draw: () => number): string[] {
  const each = points / (series * steps);
  return Array.from({ length: series }, (_, number) => {
    const end = `|${type}|#series:${number}|T${at}`;
    if (type === 'c') return Array.from({ length: each }, () => `${name}:1${end}`);
    return [`${name}:${Array.from({ length: each }, draw).join(':')}${end}`];
  }).flat();
}
