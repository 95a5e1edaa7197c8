import type { QueryingApp } from '../metrics/index.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { measureOf } from './measure.ts';
import { answerReadings, isRefusal, type ReadingQuery, readingQuery } from './reading-query.ts';
import type { Reading } from './weigh-reading.ts';

/** Which windows of a rule to read, by their ends. */
export interface WindowsOfRule {
  readonly rule: AlertRule;
  readonly endsMs: readonly number[];
}

interface Asked extends WindowsOfRule {
  /** Undefined when the rule's query makes no sense. */
  readonly queries: readonly ReadingQuery[] | undefined;
}

type Readings = ReadonlyMap<string, ReadonlyMap<number, Reading>>;

/**
 * The readings of windows of several rules, by rule and end. What several of them touch is read once. When the metrics refuse
 * one rule's query the others are answered all the same.
 */
export async function readWindows(app: QueryingApp, wanted: readonly WindowsOfRule[]): Promise<Readings> {
  const asked = wanted.map((one) => ({ ...one, queries: queriesOf(app, one) }));
  try {
    return await answer(app, asked);
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const answers = new Map<string, ReadonlyMap<number, Reading>>();
  for (const one of asked) {
    const readings = await answer(app, [one]).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
      return answer(app, [{ ...one, queries: undefined }]);
    });
    for (const [id, reading] of readings) answers.set(id, reading);
  }
  return answers;
}

async function answer(app: QueryingApp, asked: readonly Asked[]): Promise<Readings> {
  const answers = await answerReadings(
    app,
    asked.flatMap(({ queries = [] }) => queries),
  );
  const next = answers.values();
  const readings = asked.map(({ rule, endsMs, queries }) => {
    const refused: Reading = { kind: 'refused' };
    const ofRule = endsMs.map(
      (endMs) => [endMs, queries === undefined ? refused : (next.next().value ?? refused)] as const,
    );
    return [rule.id, new Map(ofRule)] as const;
  });
  return new Map(readings);
}

function queriesOf(app: QueryingApp, { rule, endsMs }: WindowsOfRule): readonly ReadingQuery[] | undefined {
  try {
    const measure = measureOf(rule);
    return endsMs.map((endMs) => {
      const endSeconds = endMs / 1_000;
      return readingQuery(app, rule, measure, { startSeconds: endSeconds - rule.windowSeconds, endSeconds });
    });
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}
