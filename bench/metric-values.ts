/** Values as they are drawn from a distribution, the same in every run. */
export type Draw = (index: number) => number;

/** By name, what values are drawn from: those of every day, and those that a sketch may find hard. */
export const distributions = {
  uniform: (random) => () => 1_000 * random(),
  'log-normal': (random) => () => Math.exp(4 + 1.5 * normal(random)),
  'at the edges of bins': (random) => () => (1.01 / 0.99) ** (Math.floor(800 * random()) - 400) * (1 + 1e-12),
  'two peaks far apart': (random) => () => (random() < 0.5 ? 1e-6 + 1e-7 * random() : 1e9 + 1e8 * random()),
  'of both signs over 20 decades': (random) => () => (random() < 0.5 ? -1 : 1) * 10 ** (20 * random() - 10),
  ascending: () => (index) => index + 1,
} satisfies Readonly<Record<string, (random: () => number) => Draw>>;

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
