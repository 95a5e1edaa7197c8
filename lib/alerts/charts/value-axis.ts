import { formatNumber, formatValue, unitSize } from '../../metrics/index.ts';

/** The axis of values: where it begins and ends, and what is written at its ticks. */
export interface ValueAxis {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

const decimalSteps = [1, 2, 2.5, 5, 10];
/** Where things are counted, a tick at two and a half of them would be odd. */
const countingSteps = [1, 2, 5, 10];
/** Steps that people count time in, in milliseconds, from a minute on. */
const minute = 60_000;
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 7_200, 14_400].map((n) => n * minute);
/** At most this many distances between ticks: more would not be legible on a phone. */
const maxIntervals = 5;
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 });

/** An axis with even ticks that holds all values; zero is on it unless that would leave no room for them. */
export function valueAxis(values: readonly number[], unit: string): ValueAxis {
  const lowest = Math.min(0, ...values);
  const highest = Math.max(0, ...values);
  // Below this a double has hardly any digits left.
  const span = highest - lowest < 1e-200 ? 1 : highest - lowest;
  // Some air above the highest value, for the label of a line there.
  const step = niceStep((span * 1.08) / maxIntervals, unit);
  const first = Math.floor(lowest / step);
  const last = Math.max(first + 1, Math.ceil((highest + span * 0.08) / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => tidy((first + index) * step));
  const labels = tickLabels(ticks, step, unit);
  return {
    min: tidy(first * step),
    max: tidy(last * step),
    ticks: ticks.map((value, index) => ({ value, label: labels[index] ?? '' })),
  };
}

/** The smallest step that people like and that is at least this. */
function niceStep(atLeast: number, unit: string): number {
  const { kind, size } = unitSize(unit);
  const inBase = atLeast * size;
  if (kind === 'duration' && inBase > minute / 2) {
    const found = timeSteps.find((step) => step >= inBase);
    if (found !== undefined) return found / size;
  }
  // Sizes are shown in powers of a thousand, durations of less than a minute in seconds: both are decimal.
  const scale = kind === 'number' ? 1 : size;
  const power = 10 ** Math.floor(Math.log10(atLeast * scale));
  const digits = kind === 'number' && power <= 1 ? countingSteps : decimalSteps;
  const digit = digits.find((candidate) => candidate * power >= atLeast * scale * (1 - 1e-9)) ?? 10;
  return (digit * power) / scale;
}

/** A value where there is little room: huge numbers without a unit are shortened (`11.5T`), absurd ones written by their power. */
export function shortValue(value: number, unit: string): string {
  return Math.abs(value) >= 1e7 ? shortNumber(value, unit, Math.abs(value)) : formatValue(value, unit);
}

/** As `1,000,000 EB` and `-1,234,567.89 mo` have. */
const longestLabel = 17;

function shortNumber(value: number, unit: string, largest: number): string {
  const label = labelOf(value, unit, largest);
  return label.length > longestLabel ? value.toExponential(2) : label;
}

function labelOf(value: number, unit: string, largest: number): string {
  if (unitSize(unit).kind !== 'number') return formatValue(value, unit);
  const number =
    largest >= 1e15 ? value.toExponential(2) : largest >= 1e6 ? compact.format(value) : formatNumber(value);
  return unit === 'percent' ? `${number}%` : number;
}

function tickLabels(ticks: readonly number[], step: number, unit: string): string[] {
  const largest = Math.max(...ticks.map(Math.abs));
  const format = (value: number) => (value === 0 ? '0' : shortNumber(value, unit, largest));
  const labels = ticks.map(format);
  if (new Set(labels).size === ticks.length) return labels;
  // Values so small that two decimals do not tell them apart.
  return ticks.map((value) => (step < 1e-6 ? value.toExponential(2) : String(value)));
}

/** Without the tail that binary fractions leave. */
function tidy(value: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(12));
}
