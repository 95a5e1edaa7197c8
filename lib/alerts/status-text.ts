import { formatNumber, formatValue } from '../metrics/index.ts';
import { readAggregate, type Subject } from './aggregate.ts';
import { describeDistance, describeWindow } from './describe-duration.ts';

/** What the sentence is about. */
export interface StatusSubject {
  /** `count()`, `sum(c:custom/checkout.errors@none)` and the like. */
  readonly aggregate: string;
  readonly windowSeconds: number;
  /** How far back the value is compared; the value is then per cent of the earlier one. */
  readonly comparisonSeconds?: number | null | undefined;
}

/** One sentence that says what the number is: `12 events in the last hour`. Not escaped. */
export function statusText(subject: StatusSubject, value: number | null): string {
  const about = readAggregate(subject.aggregate);
  const window = describeWindow(subject.windowSeconds);
  if (subject.comparisonSeconds) return comparison(about, window, describeDistance(subject.comparisonSeconds), value);
  if (value === null) {
    return about.kind === 'crash-free'
      ? `No session data in the last ${window}`
      : `No data for ${about.plural} in the last ${window}`;
  }
  switch (about.kind) {
    case 'count':
    case 'crash-free':
      return `${valueText(subject, value)} in the last ${window}`;
    case 'value':
      return `${about.plural} is ${valueText(subject, value)} over the last ${window}`;
  }
}

/** A value with what it is a number of: `12 events`, `92.5% crash-free sessions`, `1.23 s`, `23% higher`. Not escaped. */
export function valueText(
  { aggregate, comparisonSeconds }: Omit<StatusSubject, 'windowSeconds'>,
  value: number,
): string {
  const about = readAggregate(aggregate);
  if (comparisonSeconds) return changeText(value);
  switch (about.kind) {
    case 'count':
      return `${formatNumber(value)} ${value === 1 ? about.singular : about.plural}`;
    case 'crash-free':
      return `${formatNumber(value)}% ${about.plural}`;
    case 'value':
      return formatValue(value, about.unit);
  }
}

/** What people want to know is the change: 123 % of the earlier value is 23 % more. */
function changeText(ratio: number): string {
  const change = Math.round(ratio - 100);
  if (change === 0) return 'unchanged';
  return `${formatNumber(Math.abs(change))}% ${change > 0 ? 'higher' : 'lower'}`;
}

function comparison(about: Subject, window: string, distance: string, ratio: number | null): string {
  if (ratio === null) return `No data to compare for ${about.plural} in the last ${window}`;
  const verb = about.kind === 'value' ? 'is' : 'are';
  const subject = about.kind === 'value' ? about.plural : about.plural.charAt(0).toUpperCase() + about.plural.slice(1);
  const change = changeText(ratio);
  return `${subject} ${verb} ${change} in the last ${window} ${change === 'unchanged' ? 'from' : 'than'} ${distance}`;
}
