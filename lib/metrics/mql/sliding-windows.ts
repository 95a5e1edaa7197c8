import { RollupSum } from './merge-rollups.ts';

type Rollups = ReadonlyMap<number, RollupSum>;

/** How long windows are, a multiple of the intervals that they are made of, and where the last of them ends at the latest. */
export interface Sliding {
  readonly intervalSeconds: number;
  readonly windowSeconds: number;
  readonly untilSeconds: number;
}

/**
 * For each interval what lies in the window that ends with it; none for windows without points. Whatever their length, an
 * interval is added three times: a window is the end of one block of intervals, as long as a window, and the beginning of the
 * next.
 *
 *     | block . . [. . | . . ] . . . |
 *                 end   beginning
 */
export function slidingWindows(rollups: Rollups, { intervalSeconds, windowSeconds, untilSeconds }: Sliding): Rollups {
  const length = Math.round(windowSeconds / intervalSeconds);
  const starts = [...rollups.keys()];
  const first = Math.min(...starts);
  const windows = new Map<number, RollupSum>();
  if (starts.length === 0 || length <= 1) return rollups;
  const blockSeconds = length * intervalSeconds;
  let ends: (RollupSum | undefined)[] = [];
  for (let block = first; block < untilSeconds; block += blockSeconds) {
    let beginning: RollupSum | undefined;
    for (let index = 0; index < length; index += 1) {
      const at = block + index * intervalSeconds;
      if (at >= untilSeconds) break;
      beginning = together(beginning, rollups.get(at));
      const window = together(ends[index + 1], beginning);
      if (window !== undefined) windows.set(at, window);
    }
    ends = endsOf(rollups, { block, length, intervalSeconds });
  }
  return windows;
}

/** For each interval of a block, all from it to the end of the block. */
function endsOf(
  rollups: Rollups,
  {
    block,
    length,
    intervalSeconds,
  }: { readonly block: number; readonly length: number; readonly intervalSeconds: number },
): (RollupSum | undefined)[] {
  const ends: (RollupSum | undefined)[] = new Array(length);
  for (let index = length - 1; index >= 0; index -= 1) {
    ends[index] = together(ends[index + 1], rollups.get(block + index * intervalSeconds));
  }
  return ends;
}

/** Both, neither of which is changed. */
function together(one: RollupSum | undefined, other: RollupSum | undefined): RollupSum | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const sum = new RollupSum();
  sum.add(one);
  sum.add(other);
  return sum;
}
