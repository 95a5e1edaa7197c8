import { describe, expect, it } from 'vitest';
import { type CumulativeState, deltaOf, type Total } from './cumulative-deltas.ts';

const start = 1_772_442_000;
const counter = (value: number, startSeconds = start): Total => ({
  type: 'c',
  cumulative: { stream: 'a', startSeconds, value },
});
const histogram = (bins: readonly [number, number][], sum?: number): Total => ({
  type: 'd',
  cumulative: { stream: 'a', startSeconds: start, bins, sum },
});

/** What each of the totals adds, told after one another; undefined where it adds nothing. */
function deltas(totals: readonly (readonly [atSeconds: number, total: Total])[]): unknown[] {
  let state: CumulativeState | undefined;
  return totals.map(([at, total]) => {
    const delta = deltaOf(state, total, start + at);
    state = delta.state;
    if (delta.sample === undefined) return undefined;
    return 'increment' in delta.sample ? delta.sample.increment : delta.sample;
  });
}

describe('running totals', () => {
  it.each<[string, readonly [number, Total][], unknown[]]>([
    ['counts whole what began lately', [[10, counter(5)]], [5]],
    [
      'adds what is new',
      [
        [10, counter(5)],
        [20, counter(7)],
        [30, counter(7)],
      ],
      [5, 2, 0],
    ],
    [
      'leaves out what a later one held',
      [
        [20, counter(7)],
        [10, counter(5)],
        [30, counter(9)],
      ],
      [7, undefined, 2],
    ],
    [
      'counts whole what began anew',
      [
        [10, counter(5)],
        [20, counter(3, start + 15)],
      ],
      [5, 3],
    ],
    [
      'leaves out an earlier run',
      [
        [20, counter(3, start + 15)],
        [10, counter(5)],
      ],
      [3, undefined],
    ],
    [
      'takes a fall for a new beginning',
      [
        [10, counter(5)],
        [20, counter(2)],
      ],
      [5, 2],
    ],
    [
      'only notes what began long ago',
      [
        [10, counter(5, start - 90_000)],
        [20, counter(7, start - 90_000)],
      ],
      [undefined, 2],
    ],
    [
      'takes histograms bin by bin',
      [
        [
          10,
          histogram(
            [
              [1, 2],
              [2, 1],
            ],
            4,
          ),
        ],
        [
          20,
          histogram(
            [
              [1, 2],
              [2, 4],
            ],
            11,
          ),
        ],
        [30, histogram([[1, 1]], 1)],
        [40, histogram([[1, 2]])],
      ],
      [
        {
          type: 'd',
          bins: [
            [1, 2],
            [2, 1],
          ],
          sum: 4,
        },
        { type: 'd', bins: [[2, 3]], sum: 7 },
        { type: 'd', bins: [[1, 1]], sum: 1 },
        { type: 'd', bins: [[1, 1]], sum: undefined },
      ],
    ],
    [
      'counts what is more when bins became wider, and no value twice',
      [
        [
          10,
          histogram(
            [
              [1, 4],
              [2, 4],
            ],
            12,
          ),
        ],
        [
          20,
          histogram(
            [
              [1.5, 9],
              [3, 3],
            ],
            24,
          ),
        ],
        [
          30,
          histogram(
            [
              [1.5, 9],
              [3, 3],
            ],
            24,
          ),
        ],
      ],
      [
        {
          type: 'd',
          bins: [
            [1, 4],
            [2, 4],
          ],
          sum: 12,
        },
        {
          type: 'd',
          bins: [
            [1.5, 3],
            [3, 1],
          ],
          sum: 12,
        },
        { type: 'd', bins: [], sum: 0 },
      ],
    ],
  ])('%s', (_, totals, expected) => {
    expect(deltas(totals)).toEqual(expected);
  });
});
