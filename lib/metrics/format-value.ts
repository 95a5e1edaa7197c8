/** Numbers as people read them: thousands separators, at most two decimals, no zeros at their end. */
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** `5,000`, `1.23`; a minus sign where it belongs. */
export function formatNumber(value: number): string {
  return plain.format(Object.is(value, -0) ? 0 : value);
}

/** What one of a unit is in the unit that its family is counted in. */
const milliseconds: ReadonlyMap<string, number> = new Map(
  Object.entries({
    nanosecond: 1e-6,
    microsecond: 1e-3,
    millisecond: 1,
    second: 1_000,
    minute: 60_000,
    hour: 3_600_000,
    day: 86_400_000,
    week: 604_800_000,
  }),
);
/** A kilobyte is 1,000 bytes, a kibibyte 1,024. */
const bytes: ReadonlyMap<string, number> = new Map(
  Object.entries({
    bit: 1 / 8,
    byte: 1,
    ...powers(['kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte', 'exabyte'], 1_000),
    ...powers(['kibibyte', 'mebibyte', 'gibibyte', 'tebibyte', 'pebibyte', 'exbibyte'], 1_024),
  }),
);
/** What a value is shown in: the largest step that it reaches, the smallest when it reaches none. */
const durationSteps: readonly Step[] = [
  // A twelfth of 365.25 days.
  ['mo', 2_629_800_000],
  ['wk', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
];
const sizeSteps: readonly Step[] = [
  ['EB', 1e18],
  ['PB', 1e15],
  ['TB', 1e12],
  ['GB', 1e9],
  ['MB', 1e6],
  ['KB', 1e3],
  ['B', 1],
];

type Step = readonly [symbol: string, size: number];

/** What a unit counts, and how much of it one is: of milliseconds, of bytes, or just of itself. */
export interface UnitSize {
  readonly kind: 'duration' | 'size' | 'number';
  readonly size: number;
}

/** What a unit counts; axes choose their steps by it. */
export function unitSize(unit: string): UnitSize {
  const duration = milliseconds.get(unit);
  if (duration !== undefined) return { kind: 'duration', size: duration };
  const size = bytes.get(unit);
  return size === undefined ? { kind: 'number', size: 1 } : { kind: 'size', size };
}

/** A value of a metric with its unit: `1.23 s`, `1.5 KB`, `85%`; a number alone where the unit says nothing. */
export function formatValue(value: number, unit: string): string {
  const duration = milliseconds.get(unit);
  if (duration !== undefined) return inSteps(value * duration, durationSteps);
  const size = bytes.get(unit);
  if (size !== undefined) return inSteps(value * size, sizeSteps);
  return unit === 'percent' ? `${formatNumber(value)}%` : formatNumber(value);
}

function inSteps(value: number, steps: readonly Step[]): string {
  const [symbol, size] = steps.find(([, step]) => Math.abs(value) >= step) ?? steps.at(-1) ?? ['', 1];
  return `${formatNumber(value / size)} ${symbol}`;
}

function powers(units: readonly string[], base: number): Record<string, number> {
  return Object.fromEntries(units.map((unit, index) => [unit, base ** (index + 1)]));
}
