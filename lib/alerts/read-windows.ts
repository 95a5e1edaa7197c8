import { floorTo, type QueryingApp, QueryTooLargeError, type ReadLimits } from '../metrics/index.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { measureOf } from './measure.ts';
import { difficultyAfter, isTimeToTry, type ReadingDifficulty } from './reading-difficulty.ts';
import { answerReadings, isRefusal, type ReadingQuery, readingQuery } from './reading-query.ts';
import type { Reading } from './weigh-reading.ts';

/** Which windows of a rule to read, by their ends, at least one; and what was difficult about that the last time. */
export interface WindowsOfRule {
  readonly rule: AlertRule;
  readonly endsMs: readonly number[];
  readonly difficulty?: ReadingDifficulty | undefined;
}

/** The readings of the windows of a rule, by their ends. */
export interface RuleReadings {
  readonly readings: ReadonlyMap<number, Reading>;
  /** What is to be kept for the next look. */
  readonly difficulty: ReadingDifficulty | undefined;
}

/** What reading for evaluations needs. */
export type WindowsApp = QueryingApp & {
  /** What one read may come to; as much as takes about two seconds of one CPU unless told. */
  readonly evaluationLimits?: ReadLimits | undefined;
};

type Read = readonly [ruleId: string, RuleReadings];
/** `hours` also where the minutes are kept. */
type Fineness = 'minutes' | 'hours';

const usualLimits: ReadLimits = { partitions: 1_000, buckets: 50_000, numbers: 500_000 };
/** Then what is not read waits for the next message: ten messages share a function's minute. */
const longestMs = 15_000;
const hourSeconds = 3_600;

/**
 * The readings of windows of several rules, by rule. What several of them touch is read once. A rule that asks for too much is
 * read in whole hours if its window has them, else not at all; that is remembered, so that the next look reads it apart from the
 * others. Rules for which no time is left are missing: their windows stay due.
 */
export async function readWindows(
  app: WindowsApp,
  wanted: readonly WindowsOfRule[],
): Promise<ReadonlyMap<string, RuleReadings>> {
  const nowMs = app.clock.now();
  const isToTry = ({ difficulty }: WindowsOfRule) => difficulty !== undefined && isTimeToTry(difficulty, nowMs);
  const known = wanted.filter((one) => one.difficulty !== undefined && !isToTry(one));
  const isHourly = ({ difficulty }: WindowsOfRule) => difficulty?.reads === 'hours';
  const unread = known.filter((one) => !isHourly(one)).map((one) => refused(one, one.difficulty));
  const windows = new WindowsReader(app, nowMs);
  const reads = [
    ...unread,
    ...(await windows.read(
      wanted.filter(({ difficulty }) => difficulty === undefined),
      'minutes',
    )),
    ...(await windows.read(known.filter(isHourly), 'hours')),
  ];
  for (const one of wanted.filter(isToTry)) {
    const tried = await windows.read([one], 'minutes');
    // A try can wait: what was not read the last time is not read this time, either.
    reads.push(...(tried.length === 0 && !isHourly(one) ? [refused(one, one.difficulty)] : tried));
  }
  return new Map(reads);
}

/** Reads in smaller and smaller groups what is too much together, until its time is over and something is read. */
class WindowsReader {
  readonly #app: WindowsApp;
  readonly #nowMs: number;
  #found = 0;

  constructor(app: WindowsApp, nowMs: number) {
    this.#app = app;
    this.#nowMs = nowMs;
  }

  async read(asked: readonly WindowsOfRule[], fineness: Fineness): Promise<readonly Read[]> {
    const [one, ...others] = asked;
    if (one === undefined || (this.#found > 0 && this.#app.clock.now() - this.#nowMs >= longestMs)) return [];
    try {
      const reads = await this.#answer(asked, fineness);
      this.#found += 1;
      return reads;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (others.length === 0 && one.endsMs.length > 1) return this.#readApart(one, fineness);
      if (others.length === 0) return this.#readAlone(one, fineness, error);
    }
    // Their order is that of their metrics, so that those that share one stay together.
    const half = Math.ceil(asked.length / 2);
    const first = await this.read(asked.slice(0, half), fineness);
    return [...first, ...(await this.read(asked.slice(half), fineness))];
  }

  /** Windows that were missed may be too much together where each is not: the newest first, and for which no time is left is missed for good. */
  async #readApart(one: WindowsOfRule, fineness: Fineness): Promise<readonly Read[]> {
    const half = Math.ceil(one.endsMs.length / 2);
    const part = async (endsMs: readonly number[]): Promise<RuleReadings> => {
      const [read] = await this.read([{ ...one, endsMs }], fineness);
      return (read ?? refused({ ...one, endsMs }, one.difficulty))[1];
    };
    const newer = await part(one.endsMs.slice(half));
    const older = await part(one.endsMs.slice(0, half));
    const readings = new Map([...older.readings, ...newer.readings]);
    return [[one.rule.id, { readings, difficulty: newer.difficulty }]];
  }

  async #readAlone(one: WindowsOfRule, fineness: Fineness, cause: unknown): Promise<readonly Read[]> {
    const { windowSeconds, comparisonSeconds } = one.rule;
    const isTooMuch = cause instanceof QueryTooLargeError;
    const isOfHours = windowSeconds % hourSeconds === 0 && (comparisonSeconds ?? 0) % hourSeconds === 0;
    if (isTooMuch && fineness === 'minutes' && isOfHours) return this.read([one], 'hours');
    this.#found += 1;
    const because = isTooMuch ? 'too-much' : 'senseless';
    return [refused(one, this.#difficultyOf(one, { reads: 'nothing', because }))];
  }

  async #answer(asked: readonly WindowsOfRule[], fineness: Fineness): Promise<readonly Read[]> {
    const parts = asked.map((one) => {
      const difficulty = fineness === 'minutes' ? undefined : this.#inHours(one);
      const unjudgedSince = difficulty && (one.difficulty?.reads === 'nothing' ? one.difficulty : difficulty).since;
      return { one, difficulty, endsMs: one.endsMs.filter((endMs) => isReadable(endMs, unjudgedSince)) };
    });
    const queries = parts.flatMap(({ one, endsMs }) => queriesOf(this.#app, { ...one, endsMs }, fineness));
    const answers = await answerReadings(this.#app, queries, this.#app.evaluationLimits ?? usualLimits);
    const next = answers.values();
    return parts.map(({ one, difficulty, endsMs }): Read => {
      const read = new Map(endsMs.map((endMs) => [endMs, next.next().value] as const));
      const readings = one.endsMs.map((endMs) => [endMs, read.get(endMs) ?? { kind: 'refused' as const }] as const);
      return [one.rule.id, { readings: new Map<number, Reading>(readings), difficulty }];
    });
  }

  /** Who is only read as it was the last time keeps the time of the last try. */
  #inHours(one: WindowsOfRule): ReadingDifficulty {
    const { difficulty } = one;
    if (difficulty?.reads === 'hours' && !isTimeToTry(difficulty, this.#nowMs)) return difficulty;
    return this.#difficultyOf(one, { reads: 'hours', because: 'too-much' });
  }

  #difficultyOf(one: WindowsOfRule, found: Pick<ReadingDifficulty, 'reads' | 'because'>): ReadingDifficulty {
    return difficultyAfter(one.difficulty, found, { endMs: one.endsMs[0] ?? this.#nowMs, nowMs: this.#nowMs });
  }
}

/**
 * Whole hours end with the last full one: what was judged in minutes before is not judged again from what is older. Where nothing
 * was, they are read at every try: a try without a read would find out nothing.
 */
function isReadable(endMs: number, unjudgedSince: string | undefined): boolean {
  return unjudgedSince === undefined || floorTo(endMs, hourSeconds * 1_000) >= Date.parse(unjudgedSince);
}

function refused({ rule, endsMs }: WindowsOfRule, difficulty: ReadingDifficulty | undefined): Read {
  return [rule.id, { readings: new Map(endsMs.map((endMs) => [endMs, { kind: 'refused' }])), difficulty }];
}

/** @throws QuerySyntaxError, QueryRefusedError when the query of the rule makes no sense */
function queriesOf(app: QueryingApp, { rule, endsMs }: WindowsOfRule, fineness: Fineness): ReadingQuery[] {
  const measure = measureOf(rule);
  return endsMs.map((endMs) => {
    const endSeconds = endMs / 1_000;
    const span = { startSeconds: endSeconds - rule.windowSeconds, endSeconds, isHourly: fineness === 'hours' };
    return readingQuery(app, rule, measure, span);
  });
}
