import type { RefusalReason } from './refused-points.ts';

/** Every sentence of this domain that a person reads. */
export const messages = {
  notTaken: 'The points cannot be taken at the moment. Please send them again.',
  tooManyPoints: (seconds: number) =>
    `This project sends more points in a minute than it may. Send again in ${seconds} seconds, or put several values into one point.`,
  othersFold: 'Others work on the same points. They come again in a moment.',
  messageTooLarge: 'One message of points is more than a transaction takes: it was sent without being split.',
} as const;

/** Why something was left out, and what to do about it. */
export const refusalTexts: Readonly<Record<RefusalReason, string>> = {
  malformed: 'Not a metric in the form name@unit:value|type|#tag:value|T<seconds>.',
  malformed_metric: 'A metric has a name, a number as its value, and the type counter, gauge or distribution.',
  malformed_event: 'Not an event: a JSON object, as SDKs send it.',
  malformed_session: 'Not a session, or counted sessions, as SDKs send them in JSON.',
  item_not_stored: 'Items of this type are accepted and not stored.',
  value_out_of_range:
    'A value lies between -1e15 and 1e15, a member of a set has 200 characters at most, and a count is a whole number.',
  too_many_tags: 'A point has 32 tags at most.',
  tag_name: 'The name of a tag has 1 to 200 characters.',
  name: 'The name of a metric has 1 to 150 characters.',
  no_value: 'A point without a number as its value cannot be counted.',
  buckets: 'The buckets of a histogram do not fit their bounds, or are too many.',
  summary: 'Summaries cannot be added up; send a histogram instead.',
  temporality: 'A sum or a histogram says whether it is delta or cumulative.',
  too_old: 'Points are taken for a day.',
  in_future: 'The time lies ahead by more than a minute; check the clock of the sender.',
};

/** What senders of OTLP read. */
export const otlpMessages = {
  notReadable: (encoding: 'json' | 'protobuf') =>
    `The body is not an ExportMetricsServiceRequest in ${encoding === 'json' ? 'JSON' : 'protobuf'}, which its Content-Type says.`,
  tooManyPoints: (most: number) =>
    `A request holds at most ${most.toLocaleString('en-US')} points. Export smaller batches.`,
  tooMuchTogether: 'These are too many points with too many attributes for one request. Export smaller batches.',
  rejected: (count: number, reason: string) => `${count.toLocaleString('en-US')} left out: ${reason}`,
} as const;

const list = (names: readonly string[]) => names.join(', ');
const count = (number: number) => number.toLocaleString('en-US');

/** Every sentence about queries that a person reads. */
export const queryMessages = {
  syntax: (
    { line, column, found, expected }: { line: number; column: number; found: string; expected: string },
    hint?: string,
  ) =>
    `Line ${line}, column ${column}: there is ${found} where ${expected} should be.${hint === undefined ? '' : ` ${hint}`}`,
  /** What was found, as a part of the sentence above. */
  endOfQuery: 'the end of the query',
  /** What should have stood there, as a part of the sentence above. */
  expected: {
    conditionOrBrace: 'a condition or "}"',
    conditionOrEnd: 'a condition or the end of the filter',
    conditionOrParenthesis: 'a condition or ")"',
    tag: 'a tag',
    colon: '":" and a value',
    value: 'a value',
    commaOrBracket: '"," or "]"',
    commaOrParenthesis: '"," or ")"',
    tagToGroupBy: 'a tag to group by',
    metric: 'a metric',
    operand: 'a metric, a function or a number',
    operatorOrEnd: 'an operator or the end of the query',
    numberOrMetric: 'a number or a metric',
    number: 'a number',
    operatorOrParenthesis: 'an operator or ")"',
    parenthesis: '"("',
    operatorCommaOrParenthesis: 'an operator, "," or ")"',
    aggregate: 'an aggregate',
  },
  hints: {
    needsAggregate: 'Say how its values become one, for example sum(…) or p95(…).',
    manyArguments:
      'An aggregate takes one metric; write the other parameters in parentheses of their own before it: topK(5)(…).',
    onlyNumber: 'A number alone has no series; write an aggregate of a metric, for example sum(…).',
    onlyText: 'A text alone has no series; write an aggregate of a metric, for example sum(…).',
    touching: 'Remove the space: what belongs to a function follows it directly.',
    negateText: 'A text has no negative.',
    numberTooLarge: 'The number is too large.',
  },
  tooLong: (most: number) =>
    `A query has at most ${most.toLocaleString('en-US')} characters. Split it into several queries.`,
  tooDeep: (most: number) => `A query nests at most ${most} levels deep. Split it into several queries.`,
  /** More than a text may have, so that it is not read to its end. */
  tooMany: {
    nesting: (most: number) => `Brackets stand in each other at most ${most} times. Remove those that are not needed.`,
    operands: (most: number) => `A query has at most ${most} series and numbers. Split it into several queries.`,
    conditions: (most: number) =>
      `A query has at most ${most} conditions. Put values of one tag into a list: tag:[a, b].`,
  },
  noOperands: (name: string) => `${name} needs something to work on.`,
  noSeries: 'A formula needs at least one metric, for example sum(…) + 1.',
  textOperand: (name: string, text: string) =>
    `${name} cannot work on the text "${text}". A metric is written without quotation marks.`,
  differentGroups: (one: readonly string[], other: readonly string[]) =>
    `The parts of a formula group by the same tags in the same order, not by (${list(one)}) here and (${list(other)}) there.`,
  ownColumn: (tag: string) =>
    `Every row has a column ${tag} of its own, so that nothing can be grouped by a tag of that name. It can be a condition.`,
  unknownAggregate: (name: string, known: readonly string[]) =>
    `There is no aggregate "${name}". There are: ${list(known)}.`,
  unknownFunction: (name: string, known: readonly string[]) =>
    `There is no function "${name}". There are: ${list(known)}.`,
  aggregateOfType: (name: string, type: string, fitting: readonly string[]) =>
    `${name} cannot be told of a metric of type ${type}. It takes: ${list(fitting)}.`,
  quantileLevels: 'quantiles takes one or more numbers between 0 and 1: quantiles(0.5, 0.95)(…).',
  noParameters: (name: string) => `${name} takes no parameters.`,
  onePair: (name: string) => `${name} has one pair of parentheses where it works on an aggregate.`,
  severalLevels: 'A formula works on one quantile at a time; write quantiles(0.95)(…) or p95(…).',
  operandCount: (name: string, form: string) => `${name} is written ${form}.`,
  failureRateOf:
    'failure_rate is told of one metric with the tag transaction.status: failure_rate(…) or failure_rate(sum(…)).',
  apdexOf:
    'apdex is told of one distribution and a threshold above 0: apdex(300)(transaction.duration) or apdex(count(transaction.duration), 300).',
  rateSeconds: 'rate takes a number of seconds above 0.',
  noMri: (mri: string) =>
    `"${mri}" is not a metric id. An id reads type:namespace/name@unit, for example d:custom/load@second.`,
  unknownName: (name: string) =>
    `"${name}" is not the name of a well-known metric. Write its whole id, for example d:custom/${name}@none.`,
  unknownNamespace: (namespace: string, known: readonly string[]) =>
    `There is no namespace "${namespace}". There are: ${list(known)}.`,
  severalUseCases: (namespaces: readonly string[]) =>
    `A query asks metrics of one namespace, not of ${list(namespaces)}. Ask them one by one.`,
  oneOrganization: 'A query is about exactly one organization.',
  timeRange: 'The start has to lie before the end.',
  tooManyBuckets: (most: number) =>
    `These are more than ${count(most)} intervals. Ask for a shorter time or a longer interval.`,
  tooManyPartitions: (most: number) =>
    `This would be more than ${count(most)} reads: too many projects over too long a time. Ask for fewer projects, a shorter time, or a longer interval or granularity.`,
  tooManyStored: (most: number) =>
    `This metric has more than ${count(most)} stored values in that time, over all its tags. Ask for a shorter time, fewer projects, or a longer interval or granularity.`,
  tooManyNumbers: (most: number) =>
    `The distributions or sets in that time hold more than ${count(most)} numbers. Ask for a shorter time, fewer projects, or a longer interval or granularity.`,
  tooMuchToFill: (groups: number, most: number) =>
    `Zeros for all intervals of ${count(groups)} groups would be more than ${count(most)} values. Ask for a longer interval, fewer groups, or without fill.`,
  interval: 'An interval is a whole number of seconds, 10 or more.',
  intervalOrTotals: 'Ask for an interval, for totals, or for both.',
  orderWithInterval: 'Rows of intervals are in the order of time; orderby goes with totals alone.',
  granularity: 'The granularity is 10, 60, 3600 or 86400, and not longer than the interval.',
  orderby: 'orderby is ASC or DESC.',
  metricNeeded: 'Say of which metric, such as metric=d:custom/load@second.',
  oneOrSeveral: 'Send one query as query, or several as queries.',
  queries: (most: number) => `Send 1 to ${most} queries at once.`,
  /** Where several were sent. */
  inQuery: (number: number, text: string) => `Query ${number}: ${text}`,
  limit: 'limit is a whole number from 1 to 10,000.',
  offset: 'offset is a whole number, 0 or more.',
} as const;

const { expected, hints } = queryMessages;
const operators = [expected.operatorOrEnd, expected.operatorOrParenthesis, expected.operatorCommaOrParenthesis];
const conditions = [expected.conditionOrEnd, expected.conditionOrBrace, expected.conditionOrParenthesis];

/** What helps beside what is expected, when something that begins like this stands there instead. */
const hintsInstead: readonly (readonly [expected: readonly string[], instead: RegExp, hint: string])[] = [
  [operators, /^\{/, 'Braces follow without a space, once, and before "by".'],
  [operators, /^\(/, hints.touching],
  [operators, /^,/, 'Without parentheses "by" takes one tag; write by (a, b) for more.'],
  [[expected.operand], /^-/, 'A minus stands once, directly before what it is about.'],
  [
    [expected.operand],
    /^`/,
    'In backquotes stands an id, `type:namespace/name@unit`, or a name of lower-case letters.',
  ],
  [
    [expected.operand],
    /^[\p{L}_.]/u,
    'Metric names are lower-case letters, "_" and "."; write the whole id for others: `d:custom/name@unit`.',
  ],
  [[expected.operand, expected.tag], /^\$/, 'Variables are not replaced here; write the value itself.'],
  [
    [expected.tag],
    /^[!(]/,
    'An exclamation mark stands once, directly before a tag; put one before each tag inside of parentheses.',
  ],
  [[expected.tag], /^\}/, 'Braces end after a condition, or have nothing between them: {}.'],
  [
    [expected.value, expected.commaOrBracket, ...conditions],
    /^\*/,
    'Only one star at the end of a word stands for anything; in quotation marks a star elsewhere is a star.',
  ],
];

/** What to say beside what is expected, about what was found. */
export function hintFor(expectedThere: string, found: string): string | undefined {
  return hintsInstead.find(([those, instead]) => those.includes(expectedThere) && instead.test(found))?.[2];
}
