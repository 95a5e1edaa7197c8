import { labelOfField, parseMetricField, unitOfField } from '../metrics/index.ts';

/** What an aggregate is about, in words. */
export type Subject =
  | { readonly kind: 'count'; readonly singular: string; readonly plural: string }
  | { readonly kind: 'crash-free'; readonly plural: string }
  /** A number of something that has a label instead of a noun; its unit is `none` when it is no metric of ours. */
  | { readonly kind: 'value'; readonly plural: string; readonly unit: string };

const known: Readonly<Record<string, Subject>> = {
  'count()': { kind: 'count', singular: 'event', plural: 'events' },
  'count_unique(tags[sentry:user])': { kind: 'count', singular: 'user affected', plural: 'users affected' },
  'count_unique(user)': { kind: 'count', singular: 'user affected', plural: 'users affected' },
  'percentage(sessions_crashed, sessions)': { kind: 'crash-free', plural: 'crash-free sessions' },
  'percentage(users_crashed, users)': { kind: 'crash-free', plural: 'crash-free users' },
};

/** Whole names of metrics within an expression; people know them by what stands in the middle. */
const wholeNames = /\b[cdgs]:[a-z_]+\/([\w.-]+)@[\w%]+/gu;

/** What an aggregate is about. A metric is called by its operation and name alone: `sum(checkout.errors)`. */
export function readAggregate(aggregate: string): Subject {
  const [text = ''] = aggregate.split(' AS ', 1);
  const trimmed = text.trim();
  const words = Object.hasOwn(known, trimmed) ? known[trimmed] : undefined;
  if (words !== undefined) return words;
  const [, call = text, filter = ''] = /^(\w+\([^(){}]+\))(\{.*\})$/su.exec(trimmed) ?? [];
  const field = parseMetricField(call);
  const plural = field === undefined ? text.replace(wholeNames, '$1') : `${labelOfField(field)}${filter}`;
  return { kind: 'value', plural, unit: field === undefined ? 'none' : unitOfField(field) };
}

/** What values of the aggregate are counted in, as axes and numbers show it. */
export function unitOfAggregate(aggregate: string): string {
  const about = readAggregate(aggregate);
  if (about.kind === 'crash-free') return 'percent';
  return about.kind === 'value' ? about.unit : 'none';
}
