import type { MetricPoint, Sample } from '../../lib/metrics/metric-point.ts';
import { nowSeconds, pointOf } from './folding-app.ts';
import type { Dice } from './pseudo-random.ts';

/** Metrics of all types. */
export const randomMetrics = {
  c: ['c:custom/views@none'],
  d: ['d:custom/load@second'],
  g: ['g:custom/queue@none'],
  s: ['s:custom/user@none', 's:custom/device@none'],
} as const;

/** What points have as tags: few sets, so that points meet in buckets. */
const tagSets: readonly Readonly<Record<string, string>>[] = [
  {},
  { route: '/cart' },
  { environment: 'production' },
  { route: '/check "in"', environment: 'production' },
];

/** What these tags have as values; `''` stands for points without the tag. */
export const randomTags = { route: ['', '/cart', '/check "in"'], environment: ['', 'production'] } as const;

/** How long ago points come: some share ten seconds, a minute, an hour or a day. */
const moments = [0, 3, 31, 130, 3_605, 33_600, 86_000];

/** A point of one of the metrics, in the day before `nowSeconds`. */
export function randomPoint(dice: Dice): MetricPoint {
  const type = dice.oneOf(['c', 'd', 'g', 's'] as const);
  const id = dice.oneOf(randomMetrics[type]);
  const at = nowSeconds - dice.oneOf(moments);
  return pointOf(id, samples[type](dice, id), { tags: { ...dice.oneOf(tagSets) }, at });
}

const samples: Readonly<Record<'c' | 'd' | 'g' | 's', (dice: Dice, id: string) => Sample>> = {
  c: (dice) => ({ type: 'c', increment: thousandths(dice) }),
  d: (dice) => {
    if (dice.happens(0.1)) {
      return { type: 'd', bins: [thousandths(dice), 0, thousandths(dice)].map((value) => [value, dice.between(1, 3)]) };
    }
    return { type: 'd', values: Array.from({ length: dice.between(1, 4) }, () => spread(dice)) };
  },
  g: (dice) => {
    const [one, other, last] = [thousandths(dice), thousandths(dice), thousandths(dice)];
    const [min, max] = [Math.min(one, other, last), Math.max(one, other, last)];
    return { type: 'g', last, min, max, sum: thousandths(dice), count: dice.between(1, 5) };
  },
  // Of one of them there are so many that they are estimated.
  s: (dice, id) => {
    const members = id === randomMetrics.s[0] ? 300 : 30_000;
    return { type: 's', members: Array.from({ length: dice.between(1, 5) }, () => `m${dice.between(1, members)}`) };
  },
};

/** A decimal number, which binary fractions cannot hold exactly. */
function thousandths(dice: Dice): number {
  return dice.between(-1_000_000, 1_000_000) / 1_000;
}

/** Values of very different sizes and both signs, and zeros. */
function spread(dice: Dice): number {
  if (dice.happens(0.02)) return 0;
  const size = 10 ** dice.between(0, 6);
  return ((dice.happens(0.2) ? -1 : 1) * dice.between(1, 999)) / (1_000 / size);
}
