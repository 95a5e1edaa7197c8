import { parseMri } from '../metrics/index.ts';

/** What an aggregate is about, in words. */
export type Subject =
  | { readonly kind: 'count'; readonly singular: string; readonly plural: string }
  | { readonly kind: 'crash-free'; readonly plural: string }
  /** A number of something that has a label instead of a noun; its unit is unknown when it is no metric of ours. */
  | { readonly kind: 'value'; readonly plural: string; readonly unit: string | undefined };

const known: Readonly<Record<string, Subject>> = {
  'count()': { kind: 'count', singular: 'event', plural: 'events' },
  'count_unique(tags[sentry:user])': { kind: 'count', singular: 'user affected', plural: 'users affected' },
  'count_unique(user)': { kind: 'count', singular: 'user affected', plural: 'users affected' },
  'percentage(sessions_crashed, sessions)': { kind: 'crash-free', plural: 'crash-free sessions' },
  'percentage(users_crashed, users)': { kind: 'crash-free', plural: 'crash-free users' },
};

/** Operations whose result is a number of points, whatever unit the points have. */
const counting = new Set(['count', 'count_unique']);

/** What an aggregate is about. A metric is called by its operation and name alone: `sum(checkout.errors)`. */
export function readAggregate(aggregate: string): Subject {
  const [text = ''] = aggregate.split(' AS ', 1);
  if (Object.hasOwn(known, text)) return known[text] ?? unknown(text);
  const [, operation = '', field = ''] = /^(\w+)\((.+)\)$/su.exec(text) ?? [];
  const metric = parseMri(field);
  if (metric === undefined) return unknown(text);
  return {
    kind: 'value',
    plural: `${operation}(${metric.name})`,
    unit: counting.has(operation) ? undefined : metric.unit,
  };
}

function unknown(text: string): Subject {
  return { kind: 'value', plural: text, unit: undefined };
}
